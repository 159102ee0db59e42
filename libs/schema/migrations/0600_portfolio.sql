-- What the portfolio reads over a whole organization (domain.md section 13).

-- The order "worst first" of inventory list and heatmap; -1 = not classified yet, so nobody knows what is missing.
ALTER TABLE workload ADD COLUMN missing_sort integer NOT NULL GENERATED ALWAYS AS (coalesce(missing_evidence, -1)) STORED;
ALTER TABLE workload_history ADD COLUMN missing_sort integer GENERATED ALWAYS AS (coalesce(missing_evidence, -1)) STORED;
CALL extend_history('workload');
CREATE INDEX workload_missing_idx ON workload (tenant_id, missing_sort, updated_at, id) WHERE listed;

-- Movement between stages, newest first.
CREATE INDEX classification_decided_idx ON classification (tenant_id, decided_at DESC, id DESC);
-- Accepted evidence by the instant at which it stops counting.
CREATE INDEX evidence_version_expires_idx ON evidence_version (tenant_id, expires_at, item_id, version) WHERE status = 'accepted' AND expires_at IS NOT NULL;
