-- Mechanisms that every table uses. No business table lives here.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO roster_app, roster_scheduler;

-- The tenant of the transaction; NULL when none is set, so that every policy then hides every row.
CREATE FUNCTION app_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- The instant of the unit of work, taken from the process clock. Triggers and functions use this and never now().
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp())::timestamptz(3) $$;

CREATE FUNCTION app_actor() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('app.actor', true), '')::jsonb, '{"type":"system","id":"system","name":"database"}'::jsonb) $$;

-- Row security for a tenant table: enabled, forced, one policy for reading and writing, and exactly the named grants.
CREATE PROCEDURE secure_tenant_table(target regclass, app_grants text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant_isolation ON %s FOR ALL TO PUBLIC'
    ' USING (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))'
    ' WITH CHECK (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', target);
  EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', target);
  EXECUTE format('GRANT %s ON %s TO roster_app', app_grants, target);
END $$;

-- Lets the cross-tenant sweeps read the named columns (ids, due times, status) and nothing else.
CREATE PROCEDURE allow_scheduler(target regclass, columns text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY scheduler_reads ON %s FOR SELECT TO roster_scheduler USING (true)', target);
  EXECUTE format('GRANT SELECT (%s) ON %s TO roster_scheduler', columns, target);
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Append-only: UPDATE, DELETE and TRUNCATE are refused for everybody, the owner included.
CREATE PROCEDURE forbid_change(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
  EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
END $$;

-- As-of: a history table `<table>_history` with the same columns plus `valid` and `changed_by`, maintained by triggers in the same
-- transaction. Rows whose content did not change make no history. Times come from app_now(). Inserts are one set operation; changes go
-- row by row through the primary key, because joining the transition tables has no reliable plan (100,000 rows were joined pair by pair).
CREATE PROCEDURE keep_history(target regclass) LANGUAGE plpgsql AS $$
DECLARE
  name text := (SELECT relname FROM pg_class WHERE oid = target);
  hist text := name || '_history';
  cols text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped);
  inserted text := (SELECT string_agg('n.' || quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped);
  changed text := (SELECT string_agg('NEW.' || quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped);
  pk text[] := (SELECT array_agg(a.attname::text ORDER BY k.ord) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, ord), pg_attribute a
                WHERE i.indrelid = target AND i.indisprimary AND a.attrelid = target AND a.attnum = k.attnum);
  is_open text := (SELECT string_agg(format('h.%1$I = OLD.%1$I', c), ' AND ') FROM unnest(pk) c) || ' AND upper_inf(h.valid)';
BEGIN
  EXECUTE format('CREATE TABLE %I AS SELECT * FROM %s WITH NO DATA', hist, target);
  EXECUTE format('ALTER TABLE %I ADD COLUMN valid tstzrange NOT NULL, ADD COLUMN changed_by jsonb NOT NULL', hist);
  EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET NOT NULL', hist);
  EXECUTE format('CREATE INDEX %I ON %I (%s, lower(valid) DESC)', hist || '_key_idx', hist, (SELECT string_agg(quote_ident(c), ', ') FROM unnest(pk) c));
  EXECUTE format('CREATE INDEX %I ON %I (%s) WHERE upper_inf(valid)', hist || '_open_idx', hist, (SELECT string_agg(quote_ident(c), ', ') FROM unnest(pk) c));
  CALL secure_tenant_table(hist::regclass, 'SELECT');
  EXECUTE format($f$
    CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
      INSERT INTO %2$I (%3$s, valid, changed_by) SELECT %4$s, tstzrange(app_now(), NULL), app_actor() FROM new_rows n;
      RETURN NULL;
    END $body$ $f$, name || '_history_of_insert', hist, cols, inserted);
  -- Two changes at one instant leave one row: nobody could have known what stood in between.
  EXECUTE format($f$
    CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    DECLARE instant CONSTANT timestamptz := app_now();
    BEGIN
      UPDATE %2$I h SET valid = tstzrange(lower(h.valid), instant) WHERE %5$s AND lower(h.valid) < instant;
      IF NOT FOUND THEN DELETE FROM %2$I h WHERE %5$s; END IF;
      IF TG_OP = 'UPDATE' THEN INSERT INTO %2$I (%3$s, valid, changed_by) VALUES (%4$s, tstzrange(instant, NULL), app_actor()); END IF;
      RETURN NULL;
    END $body$ $f$, name || '_history_of_change', hist, cols, changed, is_open);
  EXECUTE format('CREATE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()', target, name || '_history_of_insert');
  EXECUTE format('CREATE TRIGGER history_update AFTER UPDATE ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION %I()', target, name || '_history_of_change');
  EXECUTE format('CREATE TRIGGER history_delete AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %I()', target, name || '_history_of_change');
END $$;
