import { Button } from '@mantine/core';
import { ColumnMenu, DataTable, EmptyState, FilterBar, NO_ROWS_SELECTED, presetLayout, RiskTierMark, SavedViewBar, SearchBox, StageBadge, TriStateMark, type ColumnLayout, type DataColumn, type Density, type Filter, type FilterField, type RowSelection, type SavedView } from '@roster/ui';
import { useState, type ReactNode } from 'react';

interface Sample { readonly id: string; readonly key: string; readonly name: string; readonly stage: 'experiment' | 'pilot' | 'production'; readonly tier: 'low' | 'high' | null; readonly pii: 'yes' | 'no' | 'unknown'; readonly calls: number }

const STAGES = ['experiment', 'pilot', 'production'] as const;
const samples = (count: number): Sample[] => Array.from({ length: count }, (_row, index) => ({
  id: `row-${index}`, key: `SAMPLE-${index}`, name: `Assistant ${index} with a name that is longer than its column`, stage: STAGES[index % 3] ?? 'pilot', tier: ([null, 'low', 'high'] as const)[index % 3] ?? null,
  pii: (['yes', 'no', 'unknown'] as const)[index % 3] ?? 'unknown', calls: (index * 37) % 1_000,
}));
const FEW = samples(12);
const MANY = samples(100_000);
const later = (act: () => void): Promise<void> => new Promise((resolve) => { setTimeout(() => { act(); resolve(); }, 600); });
const rowId = (row: Sample): string => row.id;
const COLUMNS: readonly DataColumn<Sample>[] = [
  { id: 'key', header: 'Key', width: 150, sortKey: 'key', hideable: false, cell: (row) => <code>{row.key}</code> },
  { id: 'name', header: 'Name', width: 240, sortKey: 'name', cell: (row) => row.name, editor: { kind: 'text', required: true, value: (row) => row.name, onSave: (_row, value) => (value.includes('refuse') ? later(() => { throw new Error('Somebody else changed it meanwhile'); }) : later(() => undefined)) } },
  { id: 'stage', header: 'Stage', width: 140, sortKey: 'stage', cell: (row) => <StageBadge stage={row.stage} /> },
  { id: 'tier', header: 'Risk tier', width: 120, cell: (row) => <RiskTierMark tier={row.tier} /> },
  { id: 'pii', header: 'Personal data', width: 130, cell: (row) => <TriStateMark value={row.pii} />, editor: { kind: 'choice', value: (row) => row.pii, choices: [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }, { value: 'unknown', label: 'Unknown' }], refusal: (row) => (row.stage === 'production' ? 'Needs the permission inventory:workload:update' : undefined), onSave: () => later(() => undefined) } },
  { id: 'calls', header: 'Calls', width: 90, align: 'end', cell: (row) => row.calls },
  { id: 'note', header: 'Note', hiddenAtFirst: true, cell: (row) => row.name },
];
const FIELDS: readonly FilterField[] = [
  { id: 'stage', label: 'Stage', group: 'Standing', kind: 'choice', ordered: true, choices: STAGES.map((stage) => ({ value: stage, label: stage })) },
  { id: 'team', label: 'Owning team', group: 'Ownership', kind: 'text', mayBeUnknown: true }, { id: 'frozen', label: 'Frozen', group: 'Standing', kind: 'flag' },
  { id: 'nextReviewDueAt', label: 'Next review', group: 'Time', kind: 'time', mayBeUnknown: true }, { id: 'missing', label: 'Missing evidence', group: 'Standing', kind: 'count' },
];
const VIEWS: readonly SavedView[] = [
  { id: 'all', name: 'All', description: 'Everything', kind: 'built_in', mayChange: false, madeBy: null, mine: false }, { id: 'mine', name: 'My claims', description: null, kind: 'personal', mayChange: true, madeBy: 'Ada Lovelace', mine: true }, { id: 'shared', name: 'Quarterly look', description: null, kind: 'shared', mayChange: true, madeBy: 'Grace Hopper', mine: false },
];

function Interactive({ rows, density = 'compact' }: { rows: readonly Sample[]; density?: Density }) {
  const [selection, setSelection] = useState<RowSelection>(NO_ROWS_SELECTED);
  const [sort, setSort] = useState('key');
  const [layout, setLayout] = useState<ColumnLayout>(presetLayout(COLUMNS));
  const [height, setHeight] = useState<Density>(density);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      <div><ColumnMenu columns={COLUMNS} layout={layout} onLayoutChange={setLayout} density={height} onDensityChange={setHeight} /></div>
      <div style={{ display: 'flex', blockSize: 420 }}>
        <DataTable label="Samples" height="fill" rows={rows} columns={COLUMNS} rowId={rowId} sort={sort} onSortChange={setSort} total={rows.length} selection={selection} onSelectionChange={setSelection} canSelectMatching selectionActions={<Button size="compact-sm">Change selected</Button>}
          density={height} columnLayout={layout} onColumnLayoutChange={setLayout} rowTone={(row) => (row.calls > 950 ? 'broken' : row.stage === 'experiment' ? 'muted' : undefined)} />
      </div>
    </div>
  );
}

function Filters() {
  const [filters, setFilters] = useState<readonly Filter[]>([{ field: 'stage', operator: 'is', values: ['pilot', 'production'] }, { field: 'nextReviewDueAt', operator: 'lte', values: ['now+30d'] }, { field: 'team', operator: 'unknown', values: [] }]);
  const [text, setText] = useState('');
  return <FilterBar fields={FIELDS} filters={filters} onChange={setFilters} searchBox={<SearchBox label="Search" text={text} onType={setText} />} facetOf={(field) => (field === 'stage' ? { more: false, capped: true, values: [{ value: 'pilot', label: null, count: 40 }, { value: 'production', label: null, count: 12 }] } : undefined)} />;
}

function Views({ dirty }: { dirty: boolean }) {
  const [active, setActive] = useState('mine');
  const [last, setLast] = useState('Nothing done yet');
  return (
    <>
      <SavedViewBar views={VIEWS} active={active} dirty={dirty} whyNoShare="Needs the permission inventory:view:share" onSelect={setActive} onSave={(id) => setLast(`Saved ${id}`)} onSaveAs={({ name }) => setLast(`Saved as ${name}`)} onReset={() => setLast('Reset')} onRename={(id, name) => setLast(`Renamed ${id} to ${name}`)} onShare={(id, shared) => setLast(`${shared ? 'Shared' : 'Made personal'}: ${id}`)} onDelete={(id) => setLast(`Deleted ${id}`)} />
      <p>{last}</p>
    </>
  );
}

/** The data table, the filter chips and the saved views in their states. */
export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Data table', render: () => <Interactive rows={FEW} /> },
  { name: 'Data table, roomy', render: () => <Interactive rows={FEW} density="roomy" /> },
  { name: 'Data table, 100,000 rows', render: () => <Interactive rows={MANY} /> },
  { name: 'Data table, loading', render: () => <DataTable label="Loading samples" rows={[]} columns={COLUMNS} rowId={rowId} loading /> },
  { name: 'Data table, more to come', render: () => <DataTable label="First samples" rows={FEW} columns={COLUMNS} rowId={rowId} hasMore total={2_130} error={{ kind: 'problem', title: 'The rest did not come.', detail: 'Nothing was lost.' }} onRetry={() => undefined} /> },
  { name: 'Data table, empty', render: () => <DataTable label="No samples" rows={[]} columns={COLUMNS} rowId={rowId} empty={<EmptyState title="No workloads yet" action={<Button>Register a workload</Button>}>Register the first one with six answers.</EmptyState>} /> },
  { name: 'Data table, failed', render: () => <DataTable label="Failed samples" rows={[]} columns={COLUMNS} rowId={rowId} error={{ kind: 'unreachable', title: 'Roster does not answer', detail: 'Nothing was changed. Check the connection and try again.' }} onRetry={() => undefined} /> },
  { name: 'Filter bar', render: () => <Filters /> },
  { name: 'Saved views', render: () => <Views dirty={false} /> },
  { name: 'Saved views, changed', render: () => <Views dirty /> },
];
