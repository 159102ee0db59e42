import { OWNER_ROLES } from '@roster/contracts';
import type { WorkloadItemDto } from '../workload/workload.dto.js';
import { FACT_COLUMNS, WORKLOAD_FIELDS } from '../workload/workload-field.js';

export type ExportFormat = 'csv' | 'xlsx';
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type CellValue = string | number | null;

const NAMED: ReadonlySet<string> = new Set<string>([
  'key', 'id', ...WORKLOAD_FIELDS.map(([field]) => field), ...Object.keys(FACT_COLUMNS), 'stage', 'hardening', 'undetermined', 'frozen', 'classifiedAt', 'nextReviewDueAt', 'fallsAt', 'missingEvidence',
  'incomplete', 'unowned', 'missing', 'riskOwner', ...OWNER_ROLES.map((role) => `owners.${role}`), 'registeredAt', 'registeredBy', 'updatedAt', 'retiredAt', 'retireReason', 'import', 'version',
]);

/** Columns of an export in which nobody chose any. */
export const USUAL_EXPORT_COLUMNS = ['key', 'name', 'kind', 'team', 'stage', 'riskTier', 'riskOwner', 'processesRealData', 'handlesPii', 'executesTools', 'lifecycle', 'nextReviewDueAt', 'missingEvidence', 'updatedAt'] as const;

/** Names of the columns that an export can have; `custom.<key>` besides. */
export const EXPORT_COLUMNS: readonly string[] = [...NAMED];
export const isExportColumn = (name: string): boolean => NAMED.has(name) || /^custom\.[a-z][a-zA-Z0-9_]{0,59}$/.test(name);

/** What stands in a cell: lists with semicolons, yes and no for flags, instants in RFC 3339, nothing for what is not set; `unknown` is written. */
export function exportCell(item: WorkloadItemDto, column: string): CellValue {
  if (column.startsWith('custom.')) return cell((item.custom as Record<string, unknown>)[column.slice('custom.'.length)]);
  if (column.startsWith('owners.')) return person(item.owners.filter(({ role, position }) => role === column.slice('owners.'.length) && position === 'owner'));
  if (column === 'riskOwner') return person(item.owners.filter(({ role, position }) => role === 'risk_owner' && position === 'owner'));
  if (column === 'registeredBy') return item.registeredBy.name;
  return cell((item as unknown as Record<string, unknown>)[column]);
}

/** Whoever answers; with the one who is asked when they are others. */
const person = (owners: WorkloadItemDto['owners']): string | null =>
  owners.length === 0 ? null : owners.map(({ email, status }) => (status === 'proposed' ? `${email} (proposed)` : email)).join('; ');

function cell(value: unknown): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' || typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(String).join('; ') : JSON.stringify(value);
}
