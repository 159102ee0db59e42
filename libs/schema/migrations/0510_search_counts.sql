-- Counting and paging what a search finds in a large organization, from the texts alone (architecture.md section 4).

-- Texts of listed workloads only: what was withdrawn or merged away is never found, so that it neither fills the first matches nor is counted.
GRANT DELETE ON workload_search TO roster_app;
ALTER TABLE workload NO FORCE ROW LEVEL SECURITY;
ALTER TABLE workload_search NO FORCE ROW LEVEL SECURITY;
DELETE FROM workload_search s USING workload w WHERE w.tenant_id = s.tenant_id AND w.id = s.workload_id AND NOT w.listed;
ALTER TABLE workload FORCE ROW LEVEL SECURITY;
ALTER TABLE workload_search FORCE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION workload_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO workload_facet (tenant_id, field, value, workload_id)
    SELECT w.tenant_id, f.field, f.value, w.id FROM new_rows n JOIN workload w ON w.tenant_id = n.tenant_id AND w.id = n.id, facets_of_workload(w) f;
  INSERT INTO workload_search (tenant_id, workload_id, name, words)
    SELECT w.tenant_id, w.id, search_text_of_workload(w), search_words_of_workload(w) FROM new_rows n JOIN workload w ON w.tenant_id = n.tenant_id AND w.id = n.id WHERE w.listed;
  INSERT INTO reevaluation_mark AS m (tenant_id, workload_id, reasons, marked_at)
    SELECT n.tenant_id, n.id, ARRAY['registered'], app_now() FROM new_rows n ORDER BY n.id
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION workload_relist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.listed THEN
    INSERT INTO workload_search (tenant_id, workload_id, name, words) VALUES (NEW.tenant_id, NEW.id, search_text_of_workload(NEW), search_words_of_workload(NEW));
  ELSE
    DELETE FROM workload_search s WHERE s.tenant_id = NEW.tenant_id AND s.workload_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_relist AFTER UPDATE ON workload FOR EACH ROW WHEN (OLD.listed IS DISTINCT FROM NEW.listed) EXECUTE FUNCTION workload_relist();

-- What search_workloads tests a text with, for its siblings. NULL for a query without words.
CREATE FUNCTION search_condition(p_query text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF char_length(p_query) > 200 THEN
    RAISE EXCEPTION 'a search has at most 200 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN (SELECT string_agg(format('(s.name LIKE %L OR s.words @@ %L::tsquery)', t.pattern, t.query::text), ' AND ') FROM search_terms(p_query) t);
END $$;

-- Every match, in no order, for a statement that looks rows up among them. The planner is told that there are many: whoever has few names them.
CREATE FUNCTION search_every_workload(p_query text) RETURNS TABLE (workload_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20000 SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  condition text := search_condition(p_query);
BEGIN
  IF condition IS NOT NULL THEN
    RETURN QUERY EXECUTE 'SELECT s.workload_id FROM workload_search s WHERE s.tenant_id = $1 AND ' || condition USING tenant;
  END IF;
END $$;

-- How many listed workloads match: read from the texts alone.
CREATE FUNCTION count_searched_workloads(p_query text) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  condition text := search_condition(p_query);
  total integer := 0;
BEGIN
  IF condition IS NOT NULL THEN
    EXECUTE 'SELECT count(*)::int FROM workload_search s WHERE s.tenant_id = $1 AND ' || condition INTO total USING tenant;
  END IF;
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION search_condition(text), search_every_workload(text), count_searched_workloads(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_every_workload(text), count_searched_workloads(text) TO roster_app;
