import { useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import { ChartLink, ChartWithTable, Panel, TrendLine, useFormat, useStageName, type Navigate, type TrendSeries } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loaded } from './loaded.js';
import { trendQuery } from './portfolio.queries.js';

const TONES = { experiment: 'neutral', pilot: 'pilot', production: 'met', scaled: 'scaled' } as const;

/** The inventory as it was known at the end of a week: the rows behind a point. @param stage only those of it */
const inventoryThen = (at: string, stage?: string): string => `/inventory?asOf=${encodeURIComponent(at)}&filter[lifecycle][ne]=retired&${stage === undefined ? 'sort=-stage' : `filter[stage]=${stage}`}`;
const overdueThen = (at: string): string => `/reviews?asOf=${encodeURIComponent(at)}&filter[overdue]=true`;

/** Stages week by week; each point opens the inventory as it was then. */
export function StageTrendPanel({ onNavigate }: { onNavigate: Navigate }) {
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
            table={{ columns: [{ id: 'at', header: t`Week to` }, ...series.map(({ id, name: header }) => ({ id, header, align: 'end' as const }))], rows: [...points].reverse().map((point) => ({ id: point.at, cells: [format.day(point.at), ...STAGES.map((stage) => <ChartLink key={stage} href={inventoryThen(point.at, stage)} onNavigate={onNavigate}>{format.number(point[stage])}</ChartLink>)] })) }}
          >
            <TrendLine label={t`Workloads by stage over time`} series={series} points={points.map((point) => ({ at: point.at, values: STAGES.map((stage) => point[stage]) }))} hrefOf={({ at }) => inventoryThen(at)} onNavigate={onNavigate} />
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}

/** Overdue reviews week by week; each point opens the reviews that were overdue then. */
export function OverdueTrendPanel({ onNavigate }: { onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const trend = useQuery(trendQuery);
  return (
    <Panel title={t`Do reviews pile up?`} description={t`Reviews open past their due day, week by week.`} actions={<Link to="/reviews" search={{ 'filter[overdue]': 'true' } as never}>{t`Overdue reviews`}</Link>}>
      <Loaded query={trend}>
        {({ points }) => (
          <ChartWithTable
            label={t`Overdue reviews over time`}
            table={{ columns: [{ id: 'at', header: t`Week to` }, { id: 'overdue', header: t`Overdue`, align: 'end' }], rows: [...points].reverse().map((point) => ({ id: point.at, cells: [format.day(point.at), <ChartLink key="overdue" href={overdueThen(point.at)} onNavigate={onNavigate}>{format.number(point.overdue)}</ChartLink>] })) }}
          >
            <TrendLine label={t`Overdue reviews over time`} series={[{ id: 'overdue', name: t`Overdue`, tone: 'broken' }]} points={points.map((point) => ({ at: point.at, values: [point.overdue] }))} hrefOf={({ at }) => overdueThen(at)} onNavigate={onNavigate} />
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}
