-- A preview that nobody commits is kept for a day; what was asked for stays, and stands in the trail.
-- The counts are kept when work ends, so that a list of edits counts no rows; an undo does not widen what is frozen.
ALTER TABLE workload_bulk_edit
  ADD COLUMN expires_at timestamptz(3),
  ADD COLUMN counts jsonb CHECK (jsonb_typeof(counts) = 'object'),
  DROP CONSTRAINT workload_bulk_edit_state_check,
  ADD CONSTRAINT workload_bulk_edit_state_check CHECK (state IN ('previewed', 'committing', 'committed', 'undoing', 'undone', 'stopped', 'expired'));
ALTER TABLE workload_bulk_edit_row
  DROP CONSTRAINT workload_bulk_edit_row_undo_check,
  ADD CONSTRAINT workload_bulk_edit_row_undo_check CHECK (undo IN ('restored', 'kept_changed_since', 'kept_frozen'));
-- Edits from before count from when they were asked for.
CREATE INDEX workload_bulk_edit_sweep_idx ON workload_bulk_edit ((coalesce(expires_at, created_at)), id) WHERE state = 'previewed';
GRANT DELETE ON workload_bulk_edit_row TO roster_app;
CALL allow_scheduler('workload_bulk_edit', 'tenant_id, id, state, expires_at, created_at');
