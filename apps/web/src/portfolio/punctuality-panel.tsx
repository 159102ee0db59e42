import { Trans, useLingui } from '@lingui/react/macro';
import { ChartLink, ChartWithTable, Panel, TrendLine, useFormat, type Navigate } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rowsHref } from '../shell/rows-address.js';
import { Loaded } from './loaded.js';
import { punctualityQuery, type Portfolio } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** The reviews that fell due in a month (YYYY-MM), in the zone of the organization. */
const calendarOf = (month: string): string => `/reviews/calendar?month=${month}`;

/** Reviews done on time, against the published figure. */
export function PunctualityPanel({ portfolio, onNavigate }: { portfolio: Portfolio; onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const trend = useQuery(punctualityQuery);
  const { due, onTime, late, notDone, missedPeriods, rows, rate, reference } = portfolio.punctuality;
  const monthName = (month: string): string => new Intl.DateTimeFormat(format.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`));
  const [dueText, onTimeText] = [format.number(due), format.number(onTime)];
  /** A number that opens what it counts; nothing is behind a nought. */
  const figure = (of: string, count: number, text = format.number(count)): ReactNode => <ChartLink href={count > 0 ? rowsHref(of) : null} onNavigate={onNavigate}>{text}</ChartLink>;
  const otherwise = [{ name: t`late`, count: late, of: rows.late }, { name: t`not done`, count: notDone, of: rows.notDone }, { name: t`missed periods`, count: missedPeriods, of: rows.missedPeriods }].filter(({ count }) => count > 0);
  return (
    <Panel title={t`Are reviews done on time?`} description={t`Reviews due in the last 365 days, completed by the end of their due day.`} actions={<Link to="/reviews/punctuality">{t`Punctuality`}</Link>}>
      {rate === null ? <p className={classes.dim}>{t`No review has been due yet, so there is nothing to be on time with.`}</p> : (
        <p className={classes.big}><strong>{format.percent(rate)}</strong> <span className={classes.dim}><Trans><ChartLink href={onTime > 0 ? rowsHref(rows.onTime) : null} onNavigate={onNavigate}>{onTimeText}</ChartLink> of <ChartLink href={rowsHref(rows.due)} onNavigate={onNavigate}>{dueText}</ChartLink> on time. Published for firms in general: fewer than two in five.</Trans></span></p>
      )}
      {otherwise.length > 0 ? <ul className={classes.otherwise}>{otherwise.map(({ name, count, of }) => <li key={name}>{figure(of, count, `${format.number(count)} ${name}`)}</li>)}</ul> : null}
      <Loaded query={trend}>
        {({ months }) => {
          const known = months.filter(({ ratio }) => ratio !== null);
          if (known.length === 0) return null;
          return (
            <ChartWithTable
              label={t`Reviews on time by month`}
              table={{ columns: [{ id: 'month', header: t`Month` }, { id: 'due', header: t`Due`, align: 'end' }, { id: 'onTime', header: t`On time`, align: 'end' }, { id: 'ratio', header: t`Share`, align: 'end' }],
                rows: months.map(({ month, due: each, onTime: good, ratio, rows: behind }) => ({ id: month, cells: [<ChartLink key="month" href={calendarOf(month)} onNavigate={onNavigate}>{monthName(month)}</ChartLink>, figure(behind.due, each), figure(behind.onTime, good), ratio === null ? '–' : format.percent(ratio)] })) }}
            >
              <TrendLine
                label={t`Reviews on time by month`} max={1} formatValue={(value) => format.percent(value)} reference={{ value: reference, name: t`fewer than two in five` }}
                series={[{ id: 'on-time', name: t`On time`, tone: 'accent' }]} points={months.map(({ month, ratio }) => ({ at: `${month}-15T00:00:00Z`, values: [ratio] }))} hrefOf={({ at }) => calendarOf(at.slice(0, 7))} onNavigate={onNavigate}
              />
            </ChartWithTable>
          );
        }}
      </Loaded>
    </Panel>
  );
}
