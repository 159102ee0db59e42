-- Drills: timed rehearsals of the kill switch, rollback, paging and fallback (domain.md section 9). Append-only: a drill that went wrong
-- is followed by another one, never corrected.
CREATE TABLE drill (
  tenant_id        uuid NOT NULL REFERENCES organization (tenant_id),
  id               uuid NOT NULL,
  workload_id      uuid NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('kill_switch', 'rollback', 'page_owner', 'fallback')),
  started_at       timestamptz(3) NOT NULL,
  ended_at         timestamptz(3) NOT NULL,
  duration_seconds double precision NOT NULL GENERATED ALWAYS AS (extract(epoch FROM ended_at - started_at)::double precision) STORED,
  result           text NOT NULL CHECK (result IN ('passed', 'failed', 'aborted')),
  method           text NOT NULL CHECK (char_length(method) BETWEEN 1 AND 4000),
  participants     text[] NOT NULL DEFAULT '{}' CHECK (cardinality(participants) <= 50),
  notes            text CHECK (char_length(notes) BETWEEN 1 AND 10000),
  -- The record of the drill as evidence, and what the person who recorded it attached besides.
  evidence_item_id uuid NOT NULL,
  evidence_version integer NOT NULL CHECK (evidence_version >= 1),
  attached_evidence_item_id uuid,
  recorded_at      timestamptz(3) NOT NULL,
  recorded_by      jsonb NOT NULL DEFAULT app_actor(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, evidence_item_id) REFERENCES evidence_item (tenant_id, id),
  FOREIGN KEY (tenant_id, attached_evidence_item_id) REFERENCES evidence_item (tenant_id, id),
  CHECK (ended_at > started_at),
  CHECK (ended_at - started_at <= interval '24 hours')
);
CREATE INDEX drill_workload_idx ON drill (tenant_id, workload_id, ended_at DESC, id DESC);
CREATE INDEX drill_passed_idx   ON drill (tenant_id, workload_id, kind, ended_at DESC) WHERE result = 'passed';

CREATE INDEX drill_evidence_idx ON drill (tenant_id, evidence_item_id);
CREATE INDEX drill_attached_idx ON drill (tenant_id, attached_evidence_item_id) WHERE attached_evidence_item_id IS NOT NULL;

CREATE FUNCTION drill_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_many_for_reevaluation(x.tenant_id, x.ids, 'drill')
     FROM (SELECT tenant_id, array_agg(workload_id) AS ids FROM new_rows GROUP BY tenant_id) x;
  RETURN NULL;
END $$;
CREATE TRIGGER drill_after_insert AFTER INSERT ON drill REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION drill_after_insert();

CALL secure_tenant_table('drill', 'SELECT, INSERT');
CALL forbid_change('drill');
