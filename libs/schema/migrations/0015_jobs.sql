-- Outbox, consumer fence, long-running operations and idempotency keys (architecture.md section 5).

-- Written in the business transaction; the relay turns rows into queue jobs. kind 'event' fans out to listeners, 'job' is one job.
-- `done_at` is set when the job has succeeded: what was relayed and is not done for long is relayed again, so a lost queue loses nothing.
CREATE TABLE outbox (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('event', 'job')),
  name text NOT NULL CHECK (length(name) BETWEEN 3 AND 120),
  payload jsonb NOT NULL,
  actor jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  relayed_at timestamptz(3),
  done_at timestamptz(3),
  PRIMARY KEY (tenant_id, id)
);
-- Leads with created_at: the relay reads ids across tenants in order (schema allow-list: sweep index).
CREATE INDEX outbox_pending_sweep_idx ON outbox (created_at, id) WHERE done_at IS NULL;
CREATE INDEX outbox_done_idx ON outbox (tenant_id, done_at);
CALL secure_tenant_table('outbox', 'SELECT, INSERT, UPDATE, DELETE');
CALL allow_scheduler('outbox', 'tenant_id, id, created_at, relayed_at, done_at');

-- Wakes the relay at commit; a lost notification only costs the time to the next tick.
CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('roster_outbox', ''); RETURN NULL; END $$;
CREATE TRIGGER outbox_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();

-- One row per (listener, event) that has taken effect, in the same transaction as the effect: delivery may repeat, effects do not.
CREATE TABLE processed_event (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  consumer text NOT NULL CHECK (length(consumer) BETWEEN 3 AND 120),
  outbox_id uuid NOT NULL,
  processed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, consumer, outbox_id)
);
CALL secure_tenant_table('processed_event', 'SELECT, INSERT, DELETE');

-- Long work answered with 202: what GET href and GET href/events show.
CREATE TABLE operation (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (length(kind) BETWEEN 3 AND 80),
  status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'canceled')),
  done bigint NOT NULL DEFAULT 0 CHECK (done >= 0),
  total bigint CHECK (total >= 0),
  unit text NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  result jsonb,
  problem jsonb,
  cancel_requested boolean NOT NULL DEFAULT false,
  created_by jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX operation_kind_idx ON operation (tenant_id, kind, created_at DESC);
CALL secure_tenant_table('operation', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION operation_notify() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('roster_operation', NEW.tenant_id || ':' || NEW.id); RETURN NULL; END $$;
CREATE TRIGGER operation_notify AFTER INSERT OR UPDATE ON operation FOR EACH ROW EXECUTE FUNCTION operation_notify();

-- Idempotency-Key of POST requests, kept for 24 hours, per actor: two callers may use the same key.
CREATE TABLE idempotency_key (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  actor_id text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_digest text NOT NULL,
  status integer,
  headers jsonb,
  body text,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, actor_id, key)
);
CREATE INDEX idempotency_key_age_idx ON idempotency_key (tenant_id, created_at);
CALL secure_tenant_table('idempotency_key', 'SELECT, INSERT, UPDATE, DELETE');
