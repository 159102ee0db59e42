import { Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { CardSkeleton, ChartWithTable, MeaningBadge, Panel, ProblemAlert, useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shownProblem } from '../api/problem.js';
import { Page } from '../shell/page.js';
import { RowsLink } from '../shell/rows-link.js';
import { PunctualityTrend } from './punctuality-trend.js';
import { ReviewRooms } from './review-rooms.js';
import { punctualityQuery, trendQuery } from './reviews.queries.js';
import classes from './punctuality.module.css';

/** A number that opens what it counts; nothing is behind a nought. */
const figure = (rows: string, count: number, text: string): ReactNode => <RowsLink rows={count > 0 ? rows : null}>{text}</RowsLink>;

const SPANS = ['6', '12', '24', '36'];

/** Are reviews done on time? A year in one figure, and month by month, against the published two in five. */
export function PunctualityPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { months: asked } = useSearch({ strict: false }) as { months?: string };
  const months = asked !== undefined && SPANS.includes(asked) ? asked : '12';
  const summary = useQuery(punctualityQuery);
  const trend = useQuery(trendQuery(Number(months)));
  const monthName = (month: string): string => new Intl.DateTimeFormat(format.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`));
  const rows = trend.data?.months ?? [];
  const zone = trend.data?.timeZone ?? format.timeZone;
  return (
    <Page title={t`Are reviews done on time?`} name={t`Punctuality`} to="/reviews/punctuality" crumbs={[{ label: t`Reviews`, to: '/reviews' }]}>
      <ReviewRooms />
      <div className={classes.page}>
        {summary.error ? <ProblemAlert problem={shownProblem(summary.error)} onRetry={() => void summary.refetch()} /> : null}
        {summary.data ? <Year {...summary.data} /> : summary.error ? null : <CardSkeleton lines={3} />}
        <Panel
          title={t`Month by month`} description={<Trans>A review counts in the month it fell due, in {zone}. Periods that passed while an earlier review stayed open count as due and not done.</Trans>}
          actions={<Select size="xs" aria-label={t`Span`} w={140} allowDeselect={false} value={months} data={[{ value: '6', label: t`6 months` }, { value: '12', label: t`12 months` }, { value: '24', label: t`24 months` }, { value: '36', label: t`36 months` }]}
            onChange={(value) => void navigate({ to: '/reviews/punctuality', search: (value === '12' || !value ? {} : { months: value }) as never, replace: true })} />}
        >
          {trend.error ? <ProblemAlert problem={shownProblem(trend.error)} onRetry={() => void trend.refetch()} compact /> : null}
          {!trend.data && !trend.error ? <CardSkeleton lines={6} /> : null}
          {trend.data ? (
            <ChartWithTable
              label={t`Punctuality month by month`}
              table={{
                columns: [{ id: 'month', header: t`Month` }, { id: 'due', header: t`Due`, align: 'end' }, { id: 'onTime', header: t`On time`, align: 'end' }, { id: 'late', header: t`Late`, align: 'end' }, { id: 'notDone', header: t`Not done`, align: 'end' },
                  { id: 'missed', header: t`Missed periods`, align: 'end' }, { id: 'share', header: t`Share on time`, align: 'end' }],
                rows: rows.map((row) => ({ id: row.month, cells: [<Link key="month" to="/reviews/calendar" search={{ month: row.month } as never}>{monthName(row.month)}</Link>, figure(row.rows.due, row.due, format.number(row.due)), figure(row.rows.onTime, row.onTime, format.number(row.onTime)), figure(row.rows.late, row.late, format.number(row.late)),
                  figure(row.rows.notDone, row.notDone, format.number(row.notDone)), figure(row.rows.missedPeriods, row.missedPeriods, format.number(row.missedPeriods)), row.ratio === null ? t`nothing due` : format.percent(row.ratio)] })),
              }}
            >
              <PunctualityTrend onOpen={(month) => void navigate({ to: '/reviews/calendar', search: { month } as never })} months={rows} monthName={monthName} published={trend.data.published.ratioBelow} />
            </ChartWithTable>
          ) : null}
        </Panel>
      </div>
    </Page>
  );
}

function Year({ due, onTime, late, notDone, missedPeriods, ratio, rows, published, open }: Schemas['PunctualityDto']) {
  const { t } = useLingui();
  const format = useFormat();
  const share = ratio === null ? null : format.percent(ratio);
  const [onTimeText, dueText] = [format.number(onTime), format.number(due)];
  const figures = [
    { name: t`Late`, value: late, of: rows.late }, { name: t`Not done`, value: notDone, of: rows.notDone }, { name: t`Missed periods`, value: missedPeriods, of: rows.missedPeriods },
    { name: t`Overdue now`, value: open.overdue, of: '/api/v1/reviews?filter[overdue]=true' }, { name: t`Awaiting sign-off now`, value: open.awaitingSignOff, of: '/api/v1/reviews?filter[status]=awaiting_sign_off' },
    ...(open.deadLetters > 0 ? [{ name: t`Stuck`, value: open.deadLetters, of: '/api/v1/reviews?filter[deadLetter]=true' }] : []),
  ];
  return (
    <Panel title={t`The last 365 days`}>
      <div className={classes.year}>
        <div className={classes.big}>
          {share === null ? <MeaningBadge meaning="unknown">{t`Nothing was due yet`}</MeaningBadge> : <span className={classes.share}>{share}</span>}
          <span className={classes.words}>{share === null ? t`The figure begins with the first review that falls due.` : <Trans><RowsLink inText rows={onTime > 0 ? rows.onTime : null}>{onTimeText}</RowsLink> of <RowsLink inText rows={rows.due}>{dueText}</RowsLink> reviews were completed by the end of their due day.</Trans>}</span>
          {ratio === null ? null : <MeaningBadge meaning={ratio >= published.ratioBelow ? 'met' : 'broken'} plain>{ratio >= published.ratioBelow ? t`At or above what fewer than two in five firms reach` : t`Below two in five, as most firms are`}</MeaningBadge>}
        </div>
        <dl className={classes.figures}>
          {figures.map(({ name, value, of }) => <div key={name}><dt>{name}</dt><dd>{figure(of, value, format.number(value))}</dd></div>)}
        </dl>
      </div>
    </Panel>
  );
}
