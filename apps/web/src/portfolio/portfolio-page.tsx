import { useLingui } from '@lingui/react/macro';
import { STAGES, type Stage } from '@roster/contracts';
import { ProblemAlert, useStageName, type HeatmapDomain, type HeatmapRow } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { shownProblem } from '../api/problem.js';
import { useAsOf, useOpen } from '../shell/as-of.js';
import { Page } from '../shell/page.js';
import { PeekPanel } from '../shell/peek-panel.js';
import { CellPeek } from './cell-peek.js';
import { ConcentrationPanel } from './concentration-panel.js';
import { DecayPanel } from './decay-panel.js';
import { FigureStrip } from './figure-strip.js';
import { HeatmapPanel, type HeatmapFilter } from './heatmap-panel.js';
import { Loaded } from './loaded.js';
import { MovementPeek } from './movement-peek.js';
import { summaryQuery } from './portfolio.queries.js';
import { PunctualityPanel } from './punctuality-panel.js';
import { StagePanel } from './stage-panel.js';
import { OverdueTrendPanel, StageTrendPanel } from './trend-panel.js';
import classes from './portfolio-page.module.css';

const route = getRouteApi('/_app/portfolio');
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const stageIn = (value: string | undefined): Stage | null => STAGES.find((stage) => stage === value) ?? null;

/** The whole inventory at a glance, for who answers for all of it (domain.md section 13). Every figure opens its rows. */
export function PortfolioPage() {
  const { t } = useLingui();
  const stageName = useStageName();
  const open = useOpen();
  const navigate = useNavigate();
  const asOf = useAsOf();
  const search = route.useSearch();
  const summary = useQuery(summaryQuery);
  const [cell, setCell] = useState<{ row: HeatmapRow; domain: HeatmapDomain } | null>(null);
  const onNavigate = useCallback((href: string) => { setCell(null); open(href); }, [open]);
  const filter = useMemo((): HeatmapFilter => ({ stage: text(search.stage), riskTier: text(search.riskTier), q: text(search.q), sort: text(search.sort) }), [search]);
  const onFilter = (next: HeatmapFilter): void => void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, ...Object.fromEntries(Object.entries(next).map(([name, value]) => [name, value === '' ? undefined : value])) })) as never });
  const [from = '', to = ''] = (text(search.moved) ?? '').split('.');
  const movedTo = stageIn(to);
  const movedFrom = stageIn(from);
  const closeMoved = useCallback(() => void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, moved: undefined })) as never }), [navigate]);
  const closeCell = useCallback(() => setCell(null), []);
  const fromName = movedFrom ? stageName(movedFrom) : '';
  const toName = movedTo ? stageName(movedTo) : '';
  // Said once for all panels that show the figures.
  const unread = summary.data ? null : summary.error;
  return (
    <Page title={t`How well is our AI governed?`} name={t`Portfolio`} to="/portfolio" description={asOf ? t`Figures and trends show now; the heatmap shows the instant you look at.` : t`Figures and marks open the rows behind them; shares open the months they are made of. Retired workloads are left out.`}>
      {unread ? <ProblemAlert problem={shownProblem(unread)} onRetry={() => void summary.refetch()} /> : null}
      {summary.data ? <FigureStrip portfolio={summary.data} onNavigate={onNavigate} /> : null}
      <div className={classes.columns}>
        {unread ? null : <div className={`${classes.seven} ${classes.stretch}`}><Loaded query={summary}>{(portfolio) => <StagePanel portfolio={portfolio} onNavigate={onNavigate} />}</Loaded></div>}
        {unread ? null : <div className={`${classes.five} ${classes.stretch}`}><Loaded query={summary}>{(portfolio) => <PunctualityPanel portfolio={portfolio} onNavigate={onNavigate} />}</Loaded></div>}
        <div><DecayPanel /></div>
        <div><HeatmapPanel filter={filter} onFilter={onFilter} onOpen={(row, domain) => setCell({ row, domain })} onNavigate={onNavigate} /></div>
        <div className={`${classes.six} ${classes.stretch}`}><StageTrendPanel onNavigate={onNavigate} /></div>
        <div className={`${classes.six} ${classes.stretch}`}><OverdueTrendPanel onNavigate={onNavigate} /></div>
        {unread ? null : <div><Loaded query={summary}>{(portfolio) => <ConcentrationPanel portfolio={portfolio} onNavigate={onNavigate} />}</Loaded></div>}
      </div>
      <PeekPanel opened={cell !== null} title={cell ? `${cell.row.name}: ${cell.domain.id} ${cell.domain.name}` : ''} {...(cell ? { href: `/workloads/${encodeURIComponent(cell.row.key)}` } : {})} onClose={closeCell}>
        {cell ? <CellPeek workload={cell.row.key} domain={cell.domain} /> : null}
      </PeekPanel>
      <PeekPanel opened={cell === null && movedTo !== null} title={movedFrom ? t`From ${fromName} to ${toName}, last 30 days` : t`New in ${toName}, last 30 days`} onClose={closeMoved}>
        {movedTo ? <MovementPeek from={movedFrom ?? 'none'} to={movedTo} /> : null}
      </PeekPanel>
    </Page>
  );
}
