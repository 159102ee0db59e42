-- Exports of what a list shows: a file in storage for a day, for whoever asked.
CREATE TABLE workload_export (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  id           uuid NOT NULL,
  member_id    uuid NOT NULL,
  format       text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  query        text NOT NULL CHECK (char_length(query) <= 4000),
  sort         text NOT NULL CHECK (char_length(sort) BETWEEN 1 AND 60),
  columns      text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 200),
  as_of        timestamptz(3),
  operation_id uuid NOT NULL,
  -- Set when the file is there.
  file_key     text CHECK (char_length(file_key) BETWEEN 1 AND 500),
  file_bytes   bigint CHECK (file_bytes >= 0),
  file_sha256  text CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
  row_count    integer CHECK (row_count >= 0),
  created_by   jsonb NOT NULL DEFAULT app_actor(),
  created_at   timestamptz(3) NOT NULL,
  expires_at   timestamptz(3) NOT NULL,
  -- When the file was removed.
  removed_at   timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
  CHECK ((file_key IS NULL) = (row_count IS NULL))
);
CREATE INDEX workload_export_member_idx ON workload_export (tenant_id, member_id, created_at, id);
CREATE INDEX workload_export_sweep_idx ON workload_export (expires_at, id) WHERE removed_at IS NULL;
CALL secure_tenant_table('workload_export', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('workload_export', 'tenant_id, id, expires_at, removed_at');
