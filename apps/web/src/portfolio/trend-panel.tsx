import { useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import { ChartWithTable, Panel, TrendLine, useFormat, useStageName, type TrendSeries } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loaded } from './loaded.js';
import { trendQuery } from './portfolio.queries.js';

const TONES = { experiment: 'neutral', pilot: 'pilot', production: 'met', scaled: 'scaled' } as const;

/** Stages week by week. */
export function StageTrendPanel() {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const trend = useQuery(trendQuery);
  const series: TrendSeries[] = STAGES.map((stage) => ({ id: stage, name: name(stage), tone: TONES[stage] }));
  return (
    <Panel title={t`Where do workloads move to?`} description={t`Workloads by stage, week by week.`}>
      <Loaded query={trend}>
        {({ points }) => (
          <ChartWithTable
            label={t`Workloads by stage over time`}
            table={{ columns: [{ id: 'at', header: t`Week to` }, ...series.map(({ id, name: header }) => ({ id, header, align: 'end' as const }))], rows: [...points].reverse().map((point) => ({ id: point.at, cells: [format.day(point.at), ...STAGES.map((stage) => format.number(point[stage]))] })) }}
          >
            <TrendLine label={t`Workloads by stage over time`} series={series} points={points.map((point) => ({ at: point.at, values: STAGES.map((stage) => point[stage]) }))} />
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}

/** Overdue reviews week by week. */
export function OverdueTrendPanel() {
  const { t } = useLingui();
  const format = useFormat();
  const trend = useQuery(trendQuery);
  return (
    <Panel title={t`Do reviews pile up?`} description={t`Reviews open past their due day, week by week.`} actions={<Link to="/reviews" search={{ 'filter[overdue]': 'true' } as never}>{t`Overdue reviews`}</Link>}>
      <Loaded query={trend}>
        {({ points }) => (
          <ChartWithTable
            label={t`Overdue reviews over time`}
            table={{ columns: [{ id: 'at', header: t`Week to` }, { id: 'overdue', header: t`Overdue`, align: 'end' }], rows: [...points].reverse().map((point) => ({ id: point.at, cells: [format.day(point.at), format.number(point.overdue)] })) }}
          >
            <TrendLine label={t`Overdue reviews over time`} series={[{ id: 'overdue', name: t`Overdue`, tone: 'broken' }]} points={points.map((point) => ({ at: point.at, values: [point.overdue] }))} />
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}
