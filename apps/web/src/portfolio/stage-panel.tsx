import { useLingui } from '@lingui/react/macro';
import { ChartLink, ChartWithTable, Funnel, Panel, useFormat, useStageName, type FunnelMove, type Navigate } from '@roster/ui';
import { rowsHref } from '../shell/rows-address.js';
import type { Portfolio } from './portfolio.queries.js';

/** Address of the changes behind one movement: a look beside the same page. */
export const movementHref = (from: string | null, to: string): string => `/portfolio?moved=${from ?? 'none'}.${to}`;

/** How far workloads are, and who moved in the last 30 days. */
export function StagePanel({ portfolio, onNavigate }: { portfolio: Portfolio; onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const steps = portfolio.funnel.map(({ stage, hardening, count, rows }) => ({ stage, hardening, count, href: rowsHref(rows) }));
  const moves: FunnelMove[] = portfolio.movement.map(({ from, to, count }) => ({ from, to, count, href: movementHref(from, to) }));
  const nameOf = (stage: FunnelMove['from'], hardening = false): string => (stage === null ? t`Not classified` : name(stage, hardening));
  const table = {
    columns: [{ id: 'what', header: t`Stage or movement` }, { id: 'count', header: t`Workloads`, align: 'end' as const }],
    rows: [
      ...steps.map(({ stage, hardening, count, href }) => ({ id: `${stage ?? 'none'}${String(hardening)}`, cells: [<ChartLink key="a" href={href} onNavigate={onNavigate}>{nameOf(stage, hardening)}</ChartLink>, format.number(count)] })),
      ...moves.map(({ from, to, count, href }) => {
        const [before, after] = [nameOf(from), nameOf(to)];
        return { id: `${from ?? 'none'}-${to}`, cells: [<ChartLink key="a" href={href} onNavigate={onNavigate}>{t`${before} to ${after}, in the last 30 days`}</ChartLink>, format.number(count)] };
      }),
    ],
  };
  return (
    <Panel title={t`How far are our workloads?`} description={t`Stages are computed from facts and evidence; nobody picks them.`}>
      <ChartWithTable label={t`Workloads by stage`} note={t`Movement: the last 30 days`} table={table}>
        <Funnel label={t`Workloads by stage`} steps={steps} moves={moves} onNavigate={onNavigate} />
      </ChartWithTable>
    </Panel>
  );
}
