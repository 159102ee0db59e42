import { useLingui } from '@lingui/react/macro';
import { ChartLink, useFormat, type Navigate } from '@roster/ui';
import { IconAlertTriangle, IconHelpHexagon, IconLock, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { rowsHref } from '../shell/rows-address.js';
import type { Portfolio } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** The figures that somebody asks first, each a door to its rows. */
export function FigureStrip({ portfolio, onNavigate }: { portfolio: Portfolio; onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures: readonly { name: string; count: number; href: string | null; tone?: 'attention' | 'broken'; icon?: ReactNode }[] = [
    { name: t`workloads`, count: portfolio.total.count, href: rowsHref(portfolio.total.rows) },
    { name: t`without a risk owner`, count: portfolio.unowned.count, href: rowsHref(portfolio.unowned.rows), tone: 'attention', icon: <IconUserQuestion size={13} aria-hidden /> },
    { name: t`frozen`, count: portfolio.frozen.count, href: rowsHref(portfolio.frozen.rows), icon: <IconLock size={13} aria-hidden /> },
    { name: t`stage undetermined`, count: portfolio.undetermined.count, href: rowsHref(portfolio.undetermined.rows), icon: <IconHelpHexagon size={13} aria-hidden /> },
    { name: t`lacking a required field`, count: portfolio.incomplete.count, href: rowsHref(portfolio.incomplete.rows) },
    { name: t`evidence expiring in 30 days`, count: portfolio.evidenceExpiring.count, href: rowsHref(portfolio.evidenceExpiring.rows), tone: 'attention' },
    { name: t`reviews overdue`, count: portfolio.punctuality.overdue, href: rowsHref(portfolio.punctuality.overdueRows), tone: 'broken', icon: <IconAlertTriangle size={13} aria-hidden /> },
  ];
  return (
    <ul className={classes.figures} aria-label={t`Figures`}>
      {figures.map(({ name, count, href, tone, icon }) => (
        <li key={name}>
          <ChartLink href={href} onNavigate={onNavigate} className={`${classes.figure} ${tone && count > 0 ? classes[tone] : ''}`}>
            <span className={classes.value}>{format.number(count)}</span>
            <span className={classes.name}>{icon}{name}</span>
          </ChartLink>
        </li>
      ))}
    </ul>
  );
}
