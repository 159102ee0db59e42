-- Changing many workloads at once: what was asked for, and row by row what it would do, what it did, and whether it was undone.
CREATE TABLE workload_bulk_edit (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  id           uuid NOT NULL,
  -- previewed -> committing -> committed -> undoing -> undone; stopped when the work broke off: what was done stays and can be undone.
  state        text NOT NULL CHECK (state IN ('previewed', 'committing', 'committed', 'undoing', 'undone', 'stopped')),
  selection    jsonb NOT NULL CHECK (jsonb_typeof(selection) = 'object'),
  changes      jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'object'),
  reason       text CHECK (char_length(reason) BETWEEN 1 AND 4000),
  total        integer NOT NULL CHECK (total > 0),
  -- The work that runs or ran last: preview, commit or undo.
  operation_id uuid NOT NULL,
  created_by   jsonb NOT NULL DEFAULT app_actor(),
  created_at   timestamptz(3) NOT NULL,
  updated_at   timestamptz(3) NOT NULL,
  committed_at timestamptz(3),
  undone_at    timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id)
);
CREATE INDEX workload_bulk_edit_created_idx ON workload_bulk_edit (tenant_id, created_at, id);

CREATE TABLE workload_bulk_edit_row (
  tenant_id     uuid NOT NULL REFERENCES organization (tenant_id),
  bulk_edit_id  uuid NOT NULL,
  ordinal       integer NOT NULL CHECK (ordinal > 0),
  workload_id   uuid NOT NULL,
  -- will_change until committed; then changed, or conflict when the workload no longer is what the preview showed.
  outcome       text NOT NULL CHECK (outcome IN ('will_change', 'unchanged', 'refused', 'changed', 'conflict')),
  reason        text CHECK (char_length(reason) BETWEEN 1 AND 60),
  -- [{field, from, to}]
  changes       jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(changes) = 'array'),
  -- What stood there before, and the version after, so that an undo restores exactly what is untouched since.
  before        jsonb,
  version_after integer,
  undo          text CHECK (undo IN ('restored', 'kept_changed_since')),
  PRIMARY KEY (tenant_id, bulk_edit_id, ordinal),
  UNIQUE (tenant_id, bulk_edit_id, workload_id),
  FOREIGN KEY (tenant_id, bulk_edit_id) REFERENCES workload_bulk_edit (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  CHECK ((outcome = 'changed') = (before IS NOT NULL))
);
CREATE INDEX workload_bulk_edit_row_outcome_idx ON workload_bulk_edit_row (tenant_id, bulk_edit_id, outcome, ordinal);

CALL secure_tenant_table('workload_bulk_edit', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('workload_bulk_edit_row', 'SELECT, INSERT, UPDATE');

-- Ending a thousand proposals is one statement: the workloads and marks that follow are one operation each too, not a thousand.
DROP TRIGGER owner_assignment_after_update ON owner_assignment;
CREATE OR REPLACE FUNCTION owner_assignment_after_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tenant uuid := (SELECT tenant_id FROM new_rows LIMIT 1); all_ids uuid[]; risk_ids uuid[];
BEGIN
  IF tenant IS NULL THEN RETURN NULL; END IF;
  SELECT array_agg(n.workload_id), array_agg(n.workload_id) FILTER (WHERE n.role = 'risk_owner') INTO all_ids, risk_ids
    FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE (o.status, o.member_id) IS DISTINCT FROM (n.status, n.member_id);
  IF all_ids IS NOT NULL THEN PERFORM owner_assignment_project(tenant, all_ids, risk_ids); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER owner_assignment_after_update AFTER UPDATE ON owner_assignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION owner_assignment_after_update();
