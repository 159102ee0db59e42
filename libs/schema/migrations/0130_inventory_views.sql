-- What the views of the inventory filter by, and the views that people keep (domain.md sections 3 and 5).

-- Columns that a table got after `keep_history`: the history gets them too and its triggers fill them. A column that the history table
-- computes itself (generated) is not copied.
CREATE PROCEDURE extend_history(target regclass) LANGUAGE plpgsql AS $$
DECLARE
  name text := (SELECT relname FROM pg_class WHERE oid = target);
  hist text := name || '_history';
  added record;
  cols text; inserted text; changed text; is_open text;
  pk text[] := (SELECT array_agg(a.attname::text ORDER BY k.ord) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, ord), pg_attribute a
                WHERE i.indrelid = target AND i.indisprimary AND a.attrelid = target AND a.attnum = k.attnum);
BEGIN
  FOR added IN SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
                WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
                  AND NOT EXISTS (SELECT FROM pg_attribute h WHERE h.attrelid = hist::regclass AND h.attname = a.attname AND NOT h.attisdropped) ORDER BY a.attnum
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I %s', hist, added.attname, added.type);
  END LOOP;
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), string_agg('n.' || quote_ident(a.attname), ', ' ORDER BY a.attnum), string_agg('NEW.' || quote_ident(a.attname), ', ' ORDER BY a.attnum)
    INTO cols, inserted, changed
    FROM pg_attribute a JOIN pg_attribute h ON h.attrelid = hist::regclass AND h.attname = a.attname AND h.attgenerated = ''
   WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped;
  is_open := (SELECT string_agg(format('h.%1$I = OLD.%1$I', c), ' AND ') FROM unnest(pk) c) || ' AND upper_inf(h.valid)';
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
      INSERT INTO %2$I (%3$s, valid, changed_by) SELECT %4$s, tstzrange(app_now(), NULL), app_actor() FROM new_rows n;
      RETURN NULL;
    END $body$ $f$, name || '_history_of_insert', hist, cols, inserted);
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    DECLARE instant CONSTANT timestamptz := app_now();
    BEGIN
      UPDATE %2$I h SET valid = tstzrange(lower(h.valid), instant) WHERE %5$s AND lower(h.valid) < instant;
      IF NOT FOUND THEN DELETE FROM %2$I h WHERE %5$s; END IF;
      IF TG_OP = 'UPDATE' THEN INSERT INTO %2$I (%3$s, valid, changed_by) VALUES (%4$s, tstzrange(instant, NULL), app_actor()); END IF;
      RETURN NULL;
    END $body$ $f$, name || '_history_of_change', hist, cols, changed, is_open);
END $$;

-- Projections of an evaluation, written by WorkloadProjection only, and what a list needs as index conditions.
ALTER TABLE workload
  -- Requirements that the required set of the risk tier still asks for; NULL until classified.
  ADD COLUMN missing_evidence integer CHECK (missing_evidence >= 0),
  -- When the stage falls if nobody does anything (decay forecast); NULL = no fall ahead.
  ADD COLUMN falls_at timestamptz(3),
  ADD COLUMN falls_sort timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(falls_at, 'infinity'::timestamptz)) STORED,
  -- Handles personal data or executes tools: yes when either does, no when neither does, otherwise not known.
  ADD COLUMN pii_or_tools text NOT NULL GENERATED ALWAYS AS (CASE WHEN handles_pii = 'yes' OR executes_tools = 'yes' THEN 'yes' WHEN handles_pii = 'no' AND executes_tools = 'no' THEN 'no' ELSE 'unknown' END) STORED,
  -- The member who registered it, or whose API key did.
  ADD COLUMN registrant_member_id uuid GENERATED ALWAYS AS (CASE registered_by ->> 'type' WHEN 'member' THEN (registered_by ->> 'id')::uuid WHEN 'api_key' THEN (registered_by ->> 'onBehalfOf')::uuid END) STORED;
ALTER TABLE workload_history
  ADD COLUMN falls_at timestamptz(3),
  ADD COLUMN falls_sort timestamptz(3) GENERATED ALWAYS AS (coalesce(falls_at, 'infinity'::timestamptz)) STORED,
  ADD COLUMN pii_or_tools text GENERATED ALWAYS AS (CASE WHEN handles_pii = 'yes' OR executes_tools = 'yes' THEN 'yes' WHEN handles_pii = 'no' AND executes_tools = 'no' THEN 'no' ELSE 'unknown' END) STORED,
  ADD COLUMN registrant_member_id uuid GENERATED ALWAYS AS (CASE registered_by ->> 'type' WHEN 'member' THEN (registered_by ->> 'id')::uuid WHEN 'api_key' THEN (registered_by ->> 'onBehalfOf')::uuid END) STORED;
CALL extend_history('workload');

CREATE INDEX workload_falls_idx     ON workload (tenant_id, falls_sort, id)             WHERE listed;
CREATE INDEX workload_evidence_idx  ON workload (tenant_id, updated_at, id)             WHERE listed AND missing_evidence > 0;
CREATE INDEX workload_sensitive_idx ON workload (tenant_id, stage_rank, updated_at, id) WHERE listed AND pii_or_tools <> 'no';
CREATE INDEX workload_registrant_idx ON workload (tenant_id, registrant_member_id, id)  WHERE listed AND registrant_member_id IS NOT NULL;

-- Views that people keep: the query of a list with how it is shown. Personal, or shared with the organization.
CREATE TABLE saved_view (
  tenant_id       uuid NOT NULL REFERENCES organization (tenant_id),
  id              uuid NOT NULL,
  owner_member_id uuid NOT NULL,
  shared          boolean NOT NULL DEFAULT false,
  name            text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  description     text CHECK (char_length(description) BETWEEN 1 AND 1000),
  -- Query string of GET /workloads without page, sort and instant: `filter[stage]=pilot&q=claims`.
  query           text NOT NULL DEFAULT '' CHECK (char_length(query) <= 4000),
  sort            text NOT NULL CHECK (char_length(sort) BETWEEN 1 AND 60),
  -- [{id, width, pinned}] in the order shown; empty = what the reader is used to.
  columns         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(columns) = 'array'),
  density         text NOT NULL DEFAULT 'compact' CHECK (density IN ('compact', 'roomy')),
  created_at      timestamptz(3) NOT NULL,
  updated_at      timestamptz(3) NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_member_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX saved_view_owner_idx ON saved_view (tenant_id, owner_member_id, name, id);
CREATE INDEX saved_view_shared_idx ON saved_view (tenant_id, name, id) WHERE shared;
CALL secure_tenant_table('saved_view', 'SELECT, INSERT, UPDATE, DELETE');
