-- What an import keeps to undo it, and until when; likely duplicates of its rows (domain.md section 3).

ALTER TABLE workload_import
  -- The product itself takes this import back one day (sample data): what that needs stays.
  ADD COLUMN undo_stays boolean NOT NULL DEFAULT false,
  -- When its file and rows were removed. Counts, columns and who did it stay, in the trail too.
  ADD COLUMN removed_at timestamptz(3),
  -- New rows whose names were not compared with others, because the file has too many that are alike.
  ADD COLUMN duplicates_unchecked integer NOT NULL DEFAULT 0 CHECK (duplicates_unchecked >= 0);
CREATE INDEX workload_import_sweep_idx ON workload_import (updated_at, id)
  WHERE removed_at IS NULL AND NOT undo_stays AND state IN ('previewed', 'committed', 'rolled_back', 'failed', 'canceled');
CALL allow_scheduler('workload_import', 'tenant_id, id, state, updated_at, undo_stays, removed_at');

ALTER TABLE workload_import_outcome
  DROP CONSTRAINT workload_import_outcome_reason_check,
  ADD CONSTRAINT workload_import_outcome_reason_check CHECK (reason IN (
    'new', 'reinstated', 'says_something_else', 'says_the_same', 'same_as_other_row', 'workload_was_merged', 'left_out_as_duplicate', 'errors', 'workload_retired', 'match_ambiguous'));

-- For each new row what it is most likely the same as: a workload of the inventory, or an earlier row of the file.
CREATE TABLE workload_import_duplicate (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  import_id    uuid NOT NULL,
  line         integer NOT NULL,
  workload_id  uuid,
  other_line   integer CHECK (other_line < line),
  other_name   text NOT NULL,
  score        real NOT NULL CHECK (score BETWEEN 0 AND 1),
  reasons      text[] NOT NULL CHECK (cardinality(reasons) > 0),
  -- How many more it may be the same as.
  others       integer NOT NULL CHECK (others >= 0),
  PRIMARY KEY (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, import_id, line) REFERENCES workload_import_row (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  CHECK ((workload_id IS NULL) = (other_line IS NOT NULL))
);
CREATE INDEX workload_import_duplicate_score_idx ON workload_import_duplicate (tenant_id, import_id, score DESC, line);
CREATE INDEX workload_import_duplicate_workload_idx ON workload_import_duplicate (tenant_id, workload_id) WHERE workload_id IS NOT NULL;
CALL secure_tenant_table('workload_import_duplicate', 'SELECT, INSERT, DELETE');
