-- Classification: computed stages with their traces, break-glass, scope changes, decay forecast (domain.md sections 5 and 6).
-- The current result of a workload is named by workload.classification_id; rows here never change.

-- Trees by digest, as they were when they first decided something here: an old result can always be explained.
CREATE TABLE classification_tree (
  tenant_id     uuid NOT NULL REFERENCES organization (tenant_id),
  digest        text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  tree_id       text NOT NULL CHECK (char_length(tree_id) BETWEEN 1 AND 64),
  document      jsonb NOT NULL,
  first_used_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, digest)
);
CALL secure_tenant_table('classification_tree', 'SELECT, INSERT');
CALL forbid_change('classification_tree');

CREATE TABLE classification (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  id             uuid NOT NULL,
  workload_id    uuid NOT NULL,
  -- 1, 2, 3 … per workload: the order of results, also of two within one millisecond; nobody stores the same one twice.
  number         integer NOT NULL CHECK (number >= 1),
  tree_digest    text NOT NULL,
  edition        text NOT NULL CHECK (char_length(edition) BETWEEN 1 AND 64),
  -- Digest of edition, required sets and thresholds: another one means that the result is out of date.
  policy_digest  text NOT NULL CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
  stage          text NOT NULL CHECK (stage IN ('experiment', 'pilot', 'production', 'scaled')),
  hardening      boolean NOT NULL,
  undetermined   boolean NOT NULL,
  -- Whether the freeze blocks: the rule applies and no break-glass lifts it.
  frozen         boolean NOT NULL,
  -- Facts read, answers, path, gaps, freeze, context. Requirements missing for the same reason in the same domain stand together.
  trace          jsonb NOT NULL CHECK (jsonb_typeof(trace) = 'object'),
  trace_digest   text NOT NULL CHECK (trace_digest ~ '^[0-9a-f]{64}$'),
  triggers       text[] NOT NULL CHECK (cardinality(triggers) BETWEEN 1 AND 50),
  decided_at     timestamptz(3) NOT NULL,
  decided_by     jsonb NOT NULL DEFAULT app_actor(),
  previous_id    uuid,
  -- When a fact changes by itself, as known when it was stored.
  next_change_at timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, workload_id, number),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, tree_digest) REFERENCES classification_tree (tenant_id, digest),
  FOREIGN KEY (tenant_id, previous_id) REFERENCES classification (tenant_id, id)
);
CREATE INDEX classification_timeline_idx ON classification (tenant_id, workload_id, decided_at DESC, number DESC);
CALL secure_tenant_table('classification', 'SELECT, INSERT');
CALL forbid_change('classification');

-- A freeze lifted for a limited time (at most 14 days) with a reason. The row closes when it runs out or when the freeze ends by itself.
CREATE TABLE break_glass (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  id          uuid NOT NULL,
  workload_id uuid NOT NULL,
  reason      text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 4000),
  granted_at  timestamptz(3) NOT NULL,
  granted_by  jsonb NOT NULL DEFAULT app_actor(),
  ends_at     timestamptz(3) NOT NULL,
  closed_at   timestamptz(3),
  closed_why  text CHECK (closed_why IN ('ran_out', 'gaps_closed', 'replaced')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  CHECK (ends_at > granted_at AND ends_at <= granted_at + interval '14 days'),
  CHECK ((closed_at IS NULL) = (closed_why IS NULL))
);
CREATE UNIQUE INDEX break_glass_one_open ON break_glass (tenant_id, workload_id) WHERE closed_at IS NULL;
CREATE INDEX break_glass_workload_idx ON break_glass (tenant_id, workload_id, granted_at DESC);
CALL secure_tenant_table('break_glass', 'SELECT, INSERT, UPDATE');
CALL keep_history('break_glass');

CREATE FUNCTION break_glass_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_for_reevaluation(NEW.tenant_id, NEW.workload_id, 'break_glass');
  RETURN NULL;
END $$;
CREATE TRIGGER break_glass_after_insert AFTER INSERT ON break_glass FOR EACH ROW EXECUTE FUNCTION break_glass_after_insert();

-- Scope changes that were let through; a refused one changes nothing and leaves nothing.
CREATE TABLE scope_change (
  tenant_id         uuid NOT NULL REFERENCES organization (tenant_id),
  id                uuid NOT NULL,
  workload_id       uuid NOT NULL,
  kind              text NOT NULL CHECK (kind IN ('more_traffic', 'new_user_group', 'new_data_class', 'new_tool_grant', 'new_region', 'autonomy_raised')),
  detail            text NOT NULL CHECK (char_length(detail) BETWEEN 1 AND 4000),
  classification_id uuid NOT NULL,
  -- Set when only a break-glass let it through.
  break_glass_id    uuid,
  recorded_at       timestamptz(3) NOT NULL,
  recorded_by       jsonb NOT NULL DEFAULT app_actor(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, classification_id) REFERENCES classification (tenant_id, id),
  FOREIGN KEY (tenant_id, break_glass_id) REFERENCES break_glass (tenant_id, id)
);
CREATE INDEX scope_change_workload_idx ON scope_change (tenant_id, workload_id, recorded_at DESC, id DESC);
CALL secure_tenant_table('scope_change', 'SELECT, INSERT');
CALL forbid_change('scope_change');

-- The next fall of stage that will happen if nobody does anything. Rewritten at every evaluation.
CREATE TABLE classification_forecast (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id  uuid NOT NULL,
  falls_at     timestamptz(3) NOT NULL,
  from_stage   text NOT NULL CHECK (from_stage IN ('experiment', 'pilot', 'production', 'scaled')),
  to_stage     text NOT NULL CHECK (to_stage IN ('experiment', 'pilot', 'production', 'scaled')),
  hardening    boolean NOT NULL,
  because      jsonb NOT NULL CHECK (jsonb_typeof(because) = 'array'),
  computed_at  timestamptz(3) NOT NULL,
  -- When the fall was announced; cleared when it moves.
  announced_at timestamptz(3),
  PRIMARY KEY (tenant_id, workload_id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);
CREATE INDEX classification_forecast_falls_idx ON classification_forecast (tenant_id, falls_at, workload_id);
CREATE INDEX classification_forecast_announce_idx ON classification_forecast (tenant_id, falls_at) WHERE announced_at IS NULL;
CALL secure_tenant_table('classification_forecast', 'SELECT, INSERT, UPDATE, DELETE');
CALL allow_scheduler('classification_forecast', 'tenant_id, workload_id, falls_at, announced_at');

-- When an organization was last evaluated as a whole (nightly sweep).
CREATE TABLE classification_sweep (
  tenant_id    uuid PRIMARY KEY REFERENCES organization (tenant_id),
  last_full_at timestamptz(3) NOT NULL
);
CALL secure_tenant_table('classification_sweep', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('classification_sweep', 'tenant_id, last_full_at');

-- What a change of edition would do, workload by workload; belongs to one operation.
CREATE TABLE impact_preview_row (
  tenant_id         uuid NOT NULL REFERENCES organization (tenant_id),
  operation_id      uuid NOT NULL,
  workload_id       uuid NOT NULL,
  from_stage        text NOT NULL CHECK (from_stage IN ('experiment', 'pilot', 'production', 'scaled')),
  to_stage          text NOT NULL CHECK (to_stage IN ('experiment', 'pilot', 'production', 'scaled')),
  from_hardening    boolean NOT NULL,
  to_hardening      boolean NOT NULL,
  from_frozen       boolean NOT NULL,
  to_frozen         boolean NOT NULL,
  gap_count         integer NOT NULL CHECK (gap_count >= 0),
  PRIMARY KEY (tenant_id, operation_id, workload_id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);
CALL secure_tenant_table('impact_preview_row', 'SELECT, INSERT, DELETE');

-- Leads with the instant: the sweep reads across tenants which workloads have an expiry behind them (schema allow-list: sweep index).
CREATE INDEX workload_reevaluate_sweep_idx ON workload (reevaluate_at, id) WHERE reevaluate_at IS NOT NULL;
