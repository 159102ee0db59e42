-- Imports of workloads (domain.md section 3): one row per upload, one per row of the file with what became of it, and which workload
-- a row of a source means, so that importing twice changes nothing.

CREATE TABLE workload_import (
  tenant_id        uuid NOT NULL REFERENCES organization (tenant_id),
  id               uuid NOT NULL,
  file_name        text NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 500),
  file_key         text NOT NULL CHECK (char_length(file_key) BETWEEN 1 AND 500),
  file_bytes       bigint NOT NULL CHECK (file_bytes >= 0),
  file_sha256      text NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
  options          jsonb NOT NULL CHECK (jsonb_typeof(options) = 'object'),
  -- pending -> previewed (dry run) | committed | failed | canceled; previewed -> committing -> committed; committed -> rolling_back -> rolled_back.
  state            text NOT NULL CHECK (state IN ('pending', 'previewed', 'committing', 'committed', 'rolling_back', 'rolled_back', 'failed', 'canceled')),
  -- The long work that is running or ran last: reading, committing or rolling back.
  operation_id     uuid NOT NULL,
  format           text CHECK (format IN ('csv', 'xlsx', 'json', 'ndjson')),
  encoding         text CHECK (char_length(encoding) BETWEEN 1 AND 60),
  encoding_source  text CHECK (encoding_source IN ('stated', 'byte_order_mark', 'valid', 'assumed')),
  delimiter        text CHECK (char_length(delimiter) = 1),
  sheet            text CHECK (char_length(sheet) BETWEEN 1 AND 200),
  upsert_by        text[] NOT NULL DEFAULT '{}',
  identity_stated  boolean NOT NULL DEFAULT false,
  -- Where each column goes, with confidence and samples; what the file as a whole gives reason to say.
  columns          jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(columns) = 'array'),
  warnings         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(warnings) = 'array'),
  result           jsonb,
  rollback_result  jsonb,
  created_by       jsonb NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  updated_at       timestamptz(3) NOT NULL,
  committed_at     timestamptz(3),
  rolled_back_at   timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id)
);
CREATE INDEX workload_import_created_idx ON workload_import (tenant_id, created_at, id);
CREATE INDEX workload_import_state_idx ON workload_import (tenant_id, state, created_at, id);

-- One row of the file. `raw` is what the file says, `data` what it means; both are written once by COPY and never change.
CREATE TABLE workload_import_row (
  tenant_id        uuid NOT NULL REFERENCES organization (tenant_id),
  import_id        uuid NOT NULL,
  line             integer NOT NULL CHECK (line > 0),
  status           text NOT NULL CHECK (status IN ('valid', 'merged', 'rejected')),
  merged_into_line integer,
  raw              json NOT NULL,
  data             jsonb NOT NULL,
  identity         bytea CHECK (octet_length(identity) = 32),
  digest           bytea NOT NULL CHECK (octet_length(digest) = 32),
  -- Id and beginning of the key if the row becomes a new workload.
  candidate_id     uuid NOT NULL,
  key_base         text NOT NULL CHECK (char_length(key_base) BETWEEN 1 AND 60),
  -- Owners named in the row: [{id, role, email}], the id being the one of the assignment to make.
  owners           jsonb NOT NULL DEFAULT '[]',
  issues           jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, import_id) REFERENCES workload_import (tenant_id, id),
  CHECK ((status = 'merged') = (merged_into_line IS NOT NULL)),
  CHECK (status = 'rejected' OR identity IS NOT NULL)
);

-- What becomes of each row, every row exactly once. Planned again at commit, because the inventory may have changed since the dry run.
CREATE TABLE workload_import_outcome (
  tenant_id     uuid NOT NULL REFERENCES organization (tenant_id),
  import_id     uuid NOT NULL,
  line          integer NOT NULL,
  outcome       text NOT NULL CHECK (outcome IN ('created', 'updated', 'unchanged', 'merged', 'rejected')),
  reason        text NOT NULL CHECK (reason IN ('new', 'reinstated', 'says_something_else', 'says_the_same', 'same_as_other_row', 'workload_was_merged', 'errors', 'workload_retired', 'match_ambiguous')),
  workload_id   uuid,
  workload_key  text,
  -- For an updated workload: what it was, and its version after, so that a rollback restores exactly what is untouched since.
  before        jsonb,
  version_after integer,
  rollback      text CHECK (rollback IN ('withdrawn', 'restored', 'kept_changed_since')),
  PRIMARY KEY (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, import_id, line) REFERENCES workload_import_row (tenant_id, import_id, line)
);
CREATE INDEX workload_import_outcome_idx ON workload_import_outcome (tenant_id, import_id, outcome, line);
CREATE INDEX workload_import_outcome_workload_idx ON workload_import_outcome (tenant_id, workload_id, import_id) WHERE workload_id IS NOT NULL;

-- Issues of the rows, grouped: equal ones once, with how many rows and which.
CREATE TABLE workload_import_issue (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  import_id    uuid NOT NULL,
  ordinal      integer NOT NULL,
  severity     text NOT NULL CHECK (severity IN ('error', 'warning')),
  code         text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 60),
  column_name  text,
  field        text,
  value        text,
  message      text NOT NULL,
  remedy       text NOT NULL,
  did_you_mean text,
  row_count    integer NOT NULL CHECK (row_count > 0),
  -- The first lines only; all of them are in the rows.
  lines        integer[] NOT NULL,
  PRIMARY KEY (tenant_id, import_id, ordinal),
  FOREIGN KEY (tenant_id, import_id) REFERENCES workload_import (tenant_id, id)
);

-- Which workload a row of a source means. `identity` is the hash of the values that identify it, `digest` of everything it last said.
CREATE TABLE workload_import_link (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  identity    bytea NOT NULL CHECK (octet_length(identity) = 32),
  workload_id uuid NOT NULL,
  digest      bytea NOT NULL CHECK (octet_length(digest) = 32),
  PRIMARY KEY (tenant_id, identity, workload_id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);
CREATE INDEX workload_import_link_workload_idx ON workload_import_link (tenant_id, workload_id);

CALL secure_tenant_table('workload_import', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('workload_import_row', 'SELECT, INSERT, DELETE');
CALL secure_tenant_table('workload_import_outcome', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('workload_import_issue', 'SELECT, INSERT, DELETE');
CALL secure_tenant_table('workload_import_link', 'SELECT, INSERT, UPDATE');
