import { useLingui } from '@lingui/react/macro';
import { CONCENTRATION_DIMENSIONS, type ConcentrationDimension } from '@roster/contracts';
import { Bars, ChartLink, ChartWithTable, Panel, useFormat, type Navigate } from '@roster/ui';
import { rowsHref } from '../shell/rows-address.js';
import type { Portfolio } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** What most workloads in production lean on together. */
export function ConcentrationPanel({ portfolio, onNavigate }: { portfolio: Portfolio; onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const names: Record<ConcentrationDimension, string> = { model: t`Model`, component: t`Other component`, provider: t`Provider`, risk_owner: t`Risk owner`, region: t`Region` };
  const live = portfolio.funnel.reduce((sum, { stage, count }) => (stage === 'production' || stage === 'scaled' ? sum + count : sum), 0);
  const groups = CONCENTRATION_DIMENSIONS.map((dimension) => ({ dimension, items: portfolio.concentration.filter((row) => row.dimension === dimension) })).filter(({ items }) => items.length > 0);
  const liveText = format.number(live);
  return (
    <Panel title={t`Where is risk concentrated?`} description={t`What the ${liveText} workloads in production or scaled lean on together. A failure there is a failure of all of them.`}>
      {groups.length === 0 ? <p className={classes.dim}>{live === 0 ? t`No workload is in production yet.` : t`The workloads in production name no components, owners or regions yet.`}</p> : (
        <ChartWithTable
          label={t`Concentration of workloads in production`}
          table={{ columns: [{ id: 'dimension', header: t`What` }, { id: 'name', header: t`Name` }, { id: 'workloads', header: t`Workloads`, align: 'end' }],
            rows: groups.flatMap(({ dimension, items }) => items.map((row) => ({ id: `${dimension}/${row.id}`, cells: [names[dimension], <ChartLink key="a" href={rowsHref(row.rows)} onNavigate={onNavigate}>{row.name}</ChartLink>, format.number(row.workloads)] }))) }}
        >
          <div className={classes.dimensions}>
            {groups.map(({ dimension, items }) => (
              <div key={dimension}>
                <h3>{names[dimension]}</h3>
                <Bars label={names[dimension]} of={live} onNavigate={onNavigate} items={items.slice(0, 6).map((row) => ({ id: row.id, name: row.name, value: row.workloads, href: rowsHref(row.rows) }))} />
              </div>
            ))}
          </div>
        </ChartWithTable>
      )}
    </Panel>
  );
}
