-- Evidence that was withdrawn supports nothing: no door of the application may give it another version or another link, and no search finds it.

-- The item is held until the transaction ends, so that a withdrawal under way either sees the new row or refuses it.
CREATE FUNCTION refuse_withdrawn_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  withdrawn timestamptz := (SELECT i.withdrawn_at FROM evidence_item i WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.item_id FOR SHARE);
BEGIN
  IF withdrawn IS NOT NULL THEN
    RAISE EXCEPTION 'evidence % was withdrawn at %', NEW.item_id, withdrawn USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_version_withdrawn BEFORE INSERT ON evidence_version FOR EACH ROW EXECUTE FUNCTION refuse_withdrawn_evidence();
CREATE TRIGGER evidence_link_withdrawn BEFORE INSERT ON evidence_link FOR EACH ROW EXECUTE FUNCTION refuse_withdrawn_evidence();

CREATE OR REPLACE FUNCTION search_evidence(p_query text, p_limit integer) RETURNS TABLE (item_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  condition text := (SELECT string_agg(format('i.search LIKE %L', t.pattern), ' AND ') FROM search_terms(p_query) t);
BEGIN
  IF char_length(p_query) > 200 THEN
    RAISE EXCEPTION 'a search has at most 200 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF condition IS NOT NULL THEN
    RETURN QUERY EXECUTE 'SELECT i.id FROM evidence_item i WHERE i.tenant_id = $1 AND i.withdrawn_at IS NULL AND ' || condition || ' LIMIT $2' USING tenant, p_limit;
  END IF;
END $$;
