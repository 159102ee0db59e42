-- The values of facet_values_then one by one. As a set it becomes part of the statement that asks, which an array does not: counting 100,000 rows of then takes a tenth of the time.
CREATE FUNCTION facets_then(w workload_history, wanted text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT f.value FROM (
    SELECT lower(x) AS value FROM unnest(CASE wanted WHEN 'tags' THEN w.tags WHEN 'environments' THEN w.environments WHEN 'specialCategories' THEN w.special_categories WHEN 'jurisdictions' THEN w.jurisdictions END) x
    UNION ALL SELECT x FROM unnest(CASE wanted WHEN 'usersAffected' THEN w.users_affected WHEN 'dataClasses' THEN w.data_classes END) x
    UNION ALL SELECT normal_reference(x) FROM unnest(CASE wanted WHEN 'repositories' THEN w.repositories WHEN 'interfaces' THEN w.interfaces END) x
    UNION ALL SELECT CASE wanted
      WHEN 'exposure' THEN w.exposure WHEN 'operation' THEN w.operation WHEN 'autonomyLevel' THEN w.autonomy_level WHEN 'euAiActRole' THEN w.eu_ai_act_role WHEN 'euAiActClass' THEN w.eu_ai_act_class
      WHEN 'statedStage' THEN lower(w.stated_stage) WHEN 'maintained' THEN nullif(w.maintained, 'unknown') WHEN 'downstreamChange' THEN nullif(w.downstream_change, 'unknown') END
    UNION ALL SELECT lower(v.value)
      FROM custom_field c
      CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(w.custom -> c.key) WHEN 'array' THEN w.custom -> c.key ELSE jsonb_build_array(w.custom -> c.key) END) v(value)
     WHERE wanted LIKE 'custom.%' AND c.tenant_id = w.tenant_id AND c.key = substr(wanted, 8) AND c.filterable AND w.custom ? c.key
  ) f WHERE f.value IS NOT NULL AND f.value <> '' AND char_length(f.value) <= 200
$$;
GRANT EXECUTE ON FUNCTION facets_then(workload_history, text) TO roster_app;
-- One place says what a field holds.
CREATE OR REPLACE FUNCTION facet_values_then(w workload_history, wanted text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(f.value), '{}') FROM facets_then(w, wanted) f(value)
$$;
