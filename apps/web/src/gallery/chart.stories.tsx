import { COVERAGE_STATUSES, type CoverageStatus } from '@roster/contracts';
import { Bars, ChartWithTable, DecayLine, Funnel, Heatmap, TrendLine, useFormat, type DecayWeek, type HeatmapRow } from '@roster/ui';
import { useState } from 'react';
import type { Story } from './gallery.js';

const DAY = 86_400_000;
const START = Date.parse('2026-06-01T09:00:00Z');
const DOMAINS = ['Input Governance', 'Output Validation', 'Data Protection', 'Observability', 'Deployment Safety', 'Human Oversight', 'Security', 'Vendor Resilience'].map((name, index) => ({ id: `D-${index + 1}`, name, freeze: index === 2 || index === 6 }));
const statusAt = (seed: number): CoverageStatus => COVERAGE_STATUSES[seed % COVERAGE_STATUSES.length] ?? 'missing';
const ROWS: readonly HeatmapRow[] = Array.from({ length: 14 }, (_unused, row) => ({
  key: `WORKLOAD-${row + 1}`, name: row === 3 ? 'Claims triage with a name that is long enough to need a second line' : `Workload ${row + 1}`, href: `/workloads/WORKLOAD-${row + 1}`,
  stage: (['pilot', 'experiment', 'production', null, 'scaled'] as const)[row % 5] ?? null, hardening: row % 5 === 0, undetermined: row % 7 === 1, frozen: false,
  cells: DOMAINS.map((_domain, column) => { const status = statusAt(row * 3 + column * 5); return { status, total: status === 'not_applicable' ? 0 : 3, met: status === 'satisfied' || status === 'waived' ? 3 : (row + column) % 3 }; }),
}));
const WEEKS = Array.from({ length: 27 }, (_unused, week) => ({ at: new Date(START - (26 - week) * 7 * DAY).toISOString(), values: [20 - Math.floor(week / 3), 14 + Math.round(4 * Math.sin(week / 4)), 2 + Math.floor(week / 4), Math.floor(week / 13)] }));
const SERIES = [{ id: 'experiment', name: 'Experiment', tone: 'neutral' }, { id: 'pilot', name: 'Pilot', tone: 'pilot' }, { id: 'production', name: 'Production', tone: 'met' }, { id: 'scaled', name: 'Scaled', tone: 'scaled' }] as const;
const DAYS = Array.from({ length: 90 }, (_unused, day) => ({ date: new Date(START + day * DAY).toISOString().slice(0, 10), expiring: day % 11 === 3 ? 1 + (day % 5) : 0, falls: day % 17 === 8 ? 1 + (day % 3) : 0 })).filter(({ expiring, falls }) => expiring + falls > 0);

function Decay({ days }: { days: typeof DAYS }) {
  const [chosen, choose] = useState<DecayWeek | null>(null);
  return <DecayLine label="Next 90 days" from={new Date(START).toISOString()} to={new Date(START + 90 * DAY).toISOString()} days={days} chosen={chosen} onChoose={choose} />;
}
function Trend() {
  const format = useFormat();
  return (
    <ChartWithTable label="Stages over time" note="Weeks" table={{ columns: [{ id: 'at', header: 'Week' }, ...SERIES.map(({ id, name }) => ({ id, header: name, align: 'end' as const }))], rows: WEEKS.map(({ at, values }) => ({ id: at, cells: [format.day(at), ...values.map((value) => format.number(value))] })) }}>
      <TrendLine label="Stages over time" series={SERIES} points={WEEKS} />
    </ChartWithTable>
  );
}

export const stories: readonly Story[] = [
  {
    name: 'Funnel',
    render: () => (
      <Funnel
        label="Workloads by stage" moves={[{ from: 'experiment', to: 'pilot', count: 7, href: '#' }, { from: null, to: 'experiment', count: 22, href: '#' }, { from: 'production', to: 'pilot', count: 1, href: '#' }, { from: 'pilot', to: 'production', count: 3, href: '#' }]}
        steps={[{ stage: null, hardening: false, count: 4, href: '#' }, { stage: 'experiment', hardening: false, count: 31, href: '#' }, { stage: 'pilot', hardening: false, count: 18, href: '#' }, { stage: 'pilot', hardening: true, count: 6, href: '#' }, { stage: 'production', hardening: false, count: 9, href: '#' }, { stage: 'scaled', hardening: false, count: 0, href: '#' }]}
      />
    ),
  },
  { name: 'Heatmap', render: () => <Heatmap label="Coverage by workload and domain" domains={DOMAINS} rows={ROWS} total={2_130} hasMore onLoadMore={() => undefined} onOpen={() => undefined} /> },
  { name: 'Decay line', render: () => <Decay days={DAYS} /> },
  { name: 'Decay line, nothing expires', render: () => <Decay days={[]} /> },
  { name: 'Trend with table', render: () => <Trend /> },
  { name: 'Trend against a reference', render: () => <TrendLine label="Reviews on time" max={1} formatValue={(value) => `${Math.round(value * 100)} %`} reference={{ value: 0.4, name: 'fewer than two in five' }} series={[{ id: 'on-time', name: 'On time', tone: 'accent' }]} points={WEEKS.map(({ at }, week) => ({ at, values: [week === 9 ? null : 0.3 + (week % 6) / 12] }))} /> },
  { name: 'Bars', render: () => <Bars label="Models" of={40} items={[{ id: 'a', name: 'gpt-large', hint: 'OpenAI', value: 24, href: '#' }, { id: 'b', name: 'claude', value: 9, href: '#' }, { id: 'c', name: 'A component with no list of its own', value: 1, href: null }]} /> },
];
