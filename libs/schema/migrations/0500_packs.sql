-- Evidence packs (domain.md section 10). A row is what was asked for, frozen at that moment, so that building it again gives the same bytes;
-- `id` is also the id of the operation that builds it.
CREATE TABLE pack (
  tenant_id         uuid NOT NULL REFERENCES organization (tenant_id),
  id                uuid NOT NULL,
  -- Digest over everything the bytes depend on besides the recorded data itself.
  pack_key          text NOT NULL CHECK (pack_key ~ '^[0-9a-f]{64}$'),
  organization_name text NOT NULL CHECK (char_length(organization_name) BETWEEN 1 AND 200),
  -- {"kind":"all"} | {"kind":"workloads","ids":[…]} | {"kind":"filter","filter":{…}}
  scope             jsonb NOT NULL CHECK (jsonb_typeof(scope) = 'object'),
  period_from       timestamptz(3),
  period_to         timestamptz(3),
  as_of             timestamptz(3) NOT NULL,
  edition           text NOT NULL CHECK (char_length(edition) BETWEEN 1 AND 64),
  formats           text[] NOT NULL CHECK (cardinality(formats) > 0 AND formats <@ ARRAY['csv', 'json']),
  -- The required sets that coverage was computed with; settings have no history of their own.
  tier_policy       jsonb NOT NULL CHECK (jsonb_typeof(tier_policy) = 'object'),
  requested_at      timestamptz(3) NOT NULL,
  requested_by      jsonb NOT NULL DEFAULT app_actor(),
  -- Set once, together, when the pack is finished.
  file_name         text CHECK (char_length(file_name) BETWEEN 1 AND 255),
  storage_key       text CHECK (char_length(storage_key) BETWEEN 1 AND 500),
  size              bigint CHECK (size > 0),
  sha256            text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  counts            jsonb,
  checkpoint        text,
  built_at          timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, id) REFERENCES operation (tenant_id, id),
  CHECK (period_from IS NULL OR period_to IS NULL OR period_from <= period_to),
  CHECK (num_nulls(file_name, storage_key, size, sha256, counts, checkpoint, built_at) IN (0, 7))
);
CREATE INDEX pack_requested_idx ON pack (tenant_id, requested_at DESC, id DESC);
CREATE INDEX pack_built_idx ON pack (tenant_id, built_at DESC) WHERE built_at IS NOT NULL;

-- What was asked for never changes, and a finished pack is finished.
CREATE FUNCTION pack_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.built_at IS NOT NULL
     OR (NEW.pack_key, NEW.organization_name, NEW.scope, NEW.period_from, NEW.period_to, NEW.as_of, NEW.edition, NEW.formats, NEW.tier_policy, NEW.requested_at, NEW.requested_by)
        IS DISTINCT FROM
        (OLD.pack_key, OLD.organization_name, OLD.scope, OLD.period_from, OLD.period_to, OLD.as_of, OLD.edition, OLD.formats, OLD.tier_policy, OLD.requested_at, OLD.requested_by) THEN
    RAISE EXCEPTION 'a pack is built once and what was asked for never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pack_guard BEFORE UPDATE ON pack FOR EACH ROW EXECUTE FUNCTION pack_guard();

CALL secure_tenant_table('pack', 'SELECT, INSERT, UPDATE');
