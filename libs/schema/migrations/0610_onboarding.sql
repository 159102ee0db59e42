-- The first run (ui.md, first run): who has put the checklist away, and the sample data an organization asked for.

CREATE TABLE onboarding_dismissal (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  member_id    uuid NOT NULL,
  dismissed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);

-- What was brought is found by the import and by who submitted it (the system, named "Sample data"); nothing of it is ever deleted, only withdrawn.
CREATE TABLE sample_data (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  id           uuid NOT NULL,
  -- adding -> present | failed; present, failed -> removing -> removed | present.
  state        text NOT NULL CHECK (state IN ('adding', 'present', 'failed', 'removing', 'removed')),
  -- The long work that runs or ran last.
  operation_id uuid NOT NULL,
  import_id    uuid,
  asked_by     uuid NOT NULL,
  asked_at     timestamptz(3) NOT NULL,
  -- From here on, what people do to the sample workloads is their own work.
  added_at     timestamptz(3),
  removed_by   uuid,
  removed_at   timestamptz(3),
  -- What a removal does with workloads that people have changed: keep them as the organization's own, or take them away too.
  changed      text CHECK (changed IN ('keep', 'remove')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id),
  FOREIGN KEY (tenant_id, import_id) REFERENCES workload_import (tenant_id, id),
  FOREIGN KEY (tenant_id, asked_by) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, removed_by) REFERENCES member (tenant_id, id),
  CHECK ((state = 'removed') = (removed_at IS NOT NULL))
);
-- One set of sample data at a time.
CREATE UNIQUE INDEX sample_data_one_idx ON sample_data (tenant_id) WHERE state <> 'removed';

CALL secure_tenant_table('onboarding_dismissal', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('sample_data', 'SELECT, INSERT, UPDATE');

-- How sure the encoding is, what else it might be with a sample of each, and which earlier import of the same columns the mapping comes from.
ALTER TABLE workload_import
  ADD COLUMN encoding_confidence double precision CHECK (encoding_confidence BETWEEN 0 AND 1),
  ADD COLUMN encoding_guesses jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(encoding_guesses) = 'array'),
  ADD COLUMN columns_digest bytea CHECK (octet_length(columns_digest) = 32),
  ADD COLUMN remembered_from uuid,
  ADD FOREIGN KEY (tenant_id, remembered_from) REFERENCES workload_import (tenant_id, id);
CREATE INDEX workload_import_columns_idx ON workload_import (tenant_id, columns_digest, committed_at) WHERE columns_digest IS NOT NULL;

-- Evidence that was sample data and was taken back: it supports nothing and is listed nowhere, but stays readable for the trail.
ALTER TABLE evidence_item ADD COLUMN withdrawn_at timestamptz(3);
