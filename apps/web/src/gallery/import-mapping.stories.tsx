import { ImportMapping, type ColumnChanges, type ImportTarget, type MappedFileColumn } from '@roster/ui';
import { useState, type ReactNode } from 'react';

const TARGETS: readonly ImportTarget[] = [
  { name: 'name', label: 'Name', kind: 'text', values: [] }, { name: 'team', label: 'Owning team', kind: 'text', values: [] }, { name: 'businessUnit', label: 'Business unit', kind: 'text', values: [] },
  { name: 'riskTier', label: 'Risk tier', kind: 'choice', values: ['low', 'medium', 'high', 'critical'] }, { name: 'custom.cost', label: 'Cost centre', kind: 'custom', values: [] },
];
const column = (position: number, name: string, field: string | null, source: string, confidence: number, samples: readonly string[], alternatives: MappedFileColumn['alternatives'] = []): MappedFileColumn =>
  ({ position, column: name, field, createsCustomField: field?.startsWith('custom.') ?? false, source, confidence, alternatives, filled: samples.length === 0 ? 0 : 40, blank: samples.length === 0 ? 42 : 2, samples });
const COLUMNS: readonly MappedFileColumn[] = [
  column(1, 'Use case', 'name', 'guessed', 0.96, ['Support answers', 'Parcel routes', 'A name that is so long that it has to be cut and shown whole on hover and focus']),
  column(2, 'Office', 'team', 'guessed', 0.67, ['Support', 'Logistics'], [{ field: 'businessUnit', confidence: 0.52 }]),
  column(3, 'Risk', 'riskTier', 'remembered', 1, ['high', 'low']),
  column(4, 'Centre', 'custom.cost', 'stated', 1, ['4711', '4712']),
  column(5, 'Vendor contract', 'custom.vendorContract', 'fallback', 1, ['C-1001']),
  column(6, 'Remarks', null, 'fallback', 1, []),
];

function Live({ readOnly = null }: { readOnly?: string | null }) {
  const [changes, setChanges] = useState<ColumnChanges>({});
  return <ImportMapping columns={COLUMNS} targets={TARGETS} changes={changes} onChange={setChanges} readOnly={readOnly} />;
}

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Mapping of an import', render: () => <Live /> },
  { name: 'Mapping of an import, for reading only', render: () => <Live readOnly="Needs the permission inventory:import:run." /> },
];
