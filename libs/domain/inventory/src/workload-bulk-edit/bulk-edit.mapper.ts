import type { BulkEditDto, BulkEditRowDto } from './bulk-edit.dto.js';
import type { ShownRow, WatchedBulkEditRow } from './bulk-edit.repository.js';

export const toBulkEdit = (row: WatchedBulkEditRow): BulkEditDto => ({
  id: row.id, state: row.state, status: row.status, progress: { done: row.done, total: row.operationTotal, unit: row.unit }, ...(row.problem ? { problem: row.problem } : {}),
  total: row.total, counts: { ...row.counts }, selection: row.selection, changes: row.changes, reason: row.reason, createdBy: row.createdBy, createdAt: row.createdAt, committedAt: row.committedAt, undoneAt: row.undoneAt, expiresAt: row.expiresAt,
});

export const toBulkEditRow = ({ changes, ...row }: ShownRow): BulkEditRowDto => ({ ...row, changes: changes.map(({ field, from, to }) => ({ field, from, to })) });
