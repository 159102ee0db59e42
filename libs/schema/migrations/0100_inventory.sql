-- The production-AI inventory: workloads, facts with provenance, components, relations, tool grants, owners, custom fields
-- (domain.md sections 2, 3 and 4). Nothing here is ever deleted except by erasing an organization, so a key is never reused.

-- One way to spell a repository or an endpoint: duplicates are found however somebody typed the address.
CREATE FUNCTION normal_reference(reference text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT regexp_replace(regexp_replace(lower(btrim(reference)), '^([a-z][a-z0-9+.-]*://|git@)(www\.)?', ''), '(\.git)?/*$', '') $$;

CREATE TABLE workload (
  tenant_id            uuid NOT NULL REFERENCES organization (tenant_id),
  id                   uuid NOT NULL,
  -- Human key, unique in the organization for ever. It may not look like an id, because both address a workload.
  key                  text NOT NULL CHECK (char_length(key) <= 60 AND key ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$'
                                            AND key !~ '^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$'),
  name                 text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 500),
  -- The other required fields are NULL only for an imported workload that lacks them; it is then `incomplete`.
  kind                 text CHECK (kind IN ('model', 'agent', 'rag_pipeline', 'classical_ml', 'vision', 'ranking', 'embedded_feature')),
  purpose              text CHECK (char_length(purpose) BETWEEN 1 AND 10000),
  team                 text CHECK (char_length(team) BETWEEN 1 AND 200),
  -- Effective tri-state facts; who said so is in workload_fact. `unknown` is a value and never passes.
  processes_real_data  text NOT NULL DEFAULT 'unknown' CHECK (processes_real_data IN ('yes', 'no', 'unknown')),
  handles_pii          text NOT NULL DEFAULT 'unknown' CHECK (handles_pii IN ('yes', 'no', 'unknown')),
  executes_tools       text NOT NULL DEFAULT 'unknown' CHECK (executes_tools IN ('yes', 'no', 'unknown')),
  downstream_change    text NOT NULL DEFAULT 'unknown' CHECK (downstream_change IN ('yes', 'no', 'unknown')),
  maintained           text NOT NULL DEFAULT 'unknown' CHECK (maintained IN ('yes', 'no', 'unknown')),
  -- Somebody answered the sixth required question, be it with `unknown`; an import that lacks the column leaves it false.
  processes_real_data_answered boolean NOT NULL DEFAULT false,

  description          text CHECK (char_length(description) BETWEEN 1 AND 20000),
  business_unit        text CHECK (char_length(business_unit) BETWEEN 1 AND 200),
  environments         text[] NOT NULL DEFAULT '{}' CHECK (cardinality(environments) <= 50),
  runs_on              text CHECK (char_length(runs_on) BETWEEN 1 AND 2000),
  repositories         text[] NOT NULL DEFAULT '{}' CHECK (cardinality(repositories) <= 50),
  catalogue_refs       text[] NOT NULL DEFAULT '{}' CHECK (cardinality(catalogue_refs) <= 50),
  interfaces           text[] NOT NULL DEFAULT '{}' CHECK (cardinality(interfaces) <= 100),
  users_affected       text[] NOT NULL DEFAULT '{}' CHECK (users_affected <@ ARRAY['public', 'customers', 'employees', 'none']),
  downstream_consequence text CHECK (char_length(downstream_consequence) BETWEEN 1 AND 10000),
  exposure             text CHECK (exposure IN ('none', 'internal', 'shadow_traffic', 'limited_real_users', 'general')),
  operation            text CHECK (operation IN ('on_demand', 'continuous', 'batch')),
  data_classes         text[] NOT NULL DEFAULT '{}' CHECK (data_classes <@ ARRAY['public', 'internal', 'confidential', 'restricted']),
  special_categories   text[] NOT NULL DEFAULT '{}' CHECK (cardinality(special_categories) <= 50),
  jurisdictions        text[] NOT NULL DEFAULT '{}' CHECK (cardinality(jurisdictions) <= 250),
  autonomy_level       text CHECK (autonomy_level IN ('L0', 'L1', 'L2', 'L3', 'L4')),
  risk_tier            text CHECK (risk_tier IN ('low', 'medium', 'high', 'critical')),
  risk_tier_rationale  text CHECK (char_length(risk_tier_rationale) BETWEEN 1 AND 10000),
  eu_ai_act_role       text CHECK (eu_ai_act_role IN ('provider', 'deployer', 'importer', 'distributor', 'product_manufacturer', 'authorised_representative')),
  eu_ai_act_class      text CHECK (eu_ai_act_class IN ('prohibited', 'high_risk', 'transparency', 'minimal', 'gpai', 'gpai_systemic')),
  monitoring_links     text[] NOT NULL DEFAULT '{}' CHECK (cardinality(monitoring_links) <= 50),
  runbook_link         text CHECK (char_length(runbook_link) BETWEEN 1 AND 2000),
  escalation_path      text CHECK (char_length(escalation_path) BETWEEN 1 AND 4000),
  tags                 text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 100),
  custom               jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom) = 'object'),

  lifecycle            text NOT NULL DEFAULT 'active' CHECK (lifecycle IN ('proposed', 'active', 'paused', 'retired')),
  retired_at           timestamptz(3),
  retire_reason        text CHECK (char_length(retire_reason) BETWEEN 1 AND 10000),
  decommission_record  jsonb,

  -- What a source says the stage is. A statement beside the computed stage, never the stage itself.
  stated_stage         text CHECK (char_length(stated_stage) BETWEEN 1 AND 200),
  import_id            uuid,
  -- Set when the import that created it was rolled back: hidden, its key stays taken.
  withdrawn_at         timestamptz(3),
  -- Set when it was merged into another workload: hidden from lists, its key leads to the survivor, both histories stay.
  merged_into_id       uuid,

  -- Projections, written by WorkloadProjection only. NULL stage = not yet classified.
  stage                text CHECK (stage IN ('experiment', 'pilot', 'production', 'scaled')),
  hardening            boolean NOT NULL DEFAULT false,
  undetermined         boolean NOT NULL DEFAULT false,
  frozen               boolean NOT NULL DEFAULT false,
  classification_id    uuid,
  classified_at        timestamptz(3),
  reevaluate_at        timestamptz(3),
  next_review_due_at   timestamptz(3),

  -- Kept by the trigger on owner_assignment: the risk owner who is named now, accepted or still to answer.
  risk_owner_member_id uuid,
  risk_owner_status    text NOT NULL DEFAULT 'none' CHECK (risk_owner_status IN ('none', 'proposed', 'accepted')),

  registered_at        timestamptz(3) NOT NULL,
  registered_by        jsonb NOT NULL DEFAULT app_actor(),
  updated_at           timestamptz(3) NOT NULL,
  version              integer NOT NULL DEFAULT 1,

  -- Generated, so that they can be index conditions under row security (functions such as lower() cannot).
  incomplete           boolean NOT NULL GENERATED ALWAYS AS (kind IS NULL OR purpose IS NULL OR team IS NULL OR risk_owner_status = 'none'
                                                             OR NOT processes_real_data_answered) STORED,
  unowned              boolean NOT NULL GENERATED ALWAYS AS (risk_owner_status = 'none') STORED,
  listed               boolean NOT NULL GENERATED ALWAYS AS (withdrawn_at IS NULL AND merged_into_id IS NULL) STORED,
  name_sort            text NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
  team_sort            text NOT NULL GENERATED ALWAYS AS (lower(coalesce(team, ''))) STORED,
  business_unit_sort   text NOT NULL GENERATED ALWAYS AS (lower(coalesce(business_unit, ''))) STORED,
  stage_rank           smallint NOT NULL GENERATED ALWAYS AS (CASE stage WHEN 'experiment' THEN 1 WHEN 'pilot' THEN 2 WHEN 'production' THEN 3 WHEN 'scaled' THEN 4 ELSE 0 END) STORED,
  risk_rank            smallint NOT NULL GENERATED ALWAYS AS (CASE risk_tier WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 WHEN 'critical' THEN 4 ELSE 0 END) STORED,
  kind_sort            text NOT NULL GENERATED ALWAYS AS (coalesce(kind, '')) STORED,
  next_review_sort     timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(next_review_due_at, 'infinity'::timestamptz)) STORED,

  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key),
  FOREIGN KEY (tenant_id, merged_into_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, risk_owner_member_id) REFERENCES member (tenant_id, id),
  CHECK ((lifecycle = 'retired') = (retired_at IS NOT NULL)),
  CHECK (lifecycle <> 'retired' OR (retire_reason IS NOT NULL AND decommission_record IS NOT NULL)),
  CHECK (merged_into_id IS DISTINCT FROM id),
  CHECK (risk_owner_status <> 'none' OR risk_owner_member_id IS NULL)
) WITH (fillfactor = 85);

-- Orders of the list. Each index also answers the filter on its leading column and returns the default order within it.
CREATE INDEX workload_name_idx       ON workload (tenant_id, name_sort, id)                            WHERE listed;
CREATE INDEX workload_updated_idx    ON workload (tenant_id, updated_at, id)                           WHERE listed;
CREATE INDEX workload_registered_idx ON workload (tenant_id, registered_at, id)                        WHERE listed;
CREATE INDEX workload_review_idx     ON workload (tenant_id, next_review_sort, id)                     WHERE listed;
CREATE INDEX workload_stage_idx      ON workload (tenant_id, stage_rank, updated_at, id)               WHERE listed;
CREATE INDEX workload_risk_idx       ON workload (tenant_id, risk_rank, updated_at, id)                WHERE listed;
CREATE INDEX workload_kind_idx       ON workload (tenant_id, kind_sort, updated_at, id)                WHERE listed;
CREATE INDEX workload_team_idx       ON workload (tenant_id, team_sort, updated_at, id)                WHERE listed;
CREATE INDEX workload_unit_idx       ON workload (tenant_id, business_unit_sort, updated_at, id)       WHERE listed;
CREATE INDEX workload_real_data_idx  ON workload (tenant_id, processes_real_data, updated_at, id)      WHERE listed;
CREATE INDEX workload_pii_idx        ON workload (tenant_id, handles_pii, updated_at, id)              WHERE listed;
CREATE INDEX workload_tools_idx      ON workload (tenant_id, executes_tools, updated_at, id)           WHERE listed;
CREATE INDEX workload_owner_idx      ON workload (tenant_id, risk_owner_member_id, updated_at, id)     WHERE listed AND risk_owner_member_id IS NOT NULL;
CREATE INDEX workload_import_idx     ON workload (tenant_id, import_id, updated_at, id)                WHERE import_id IS NOT NULL;
CREATE INDEX workload_merged_idx     ON workload (tenant_id, merged_into_id)                           WHERE merged_into_id IS NOT NULL;
-- What few rows have is indexed for those rows only: each full index costs every change of a workload.
CREATE INDEX workload_lifecycle_idx  ON workload (tenant_id, lifecycle, updated_at, id)                WHERE listed AND lifecycle <> 'active';
CREATE INDEX workload_hardening_idx  ON workload (tenant_id, updated_at, id)                           WHERE listed AND hardening;
CREATE INDEX workload_undeterm_idx   ON workload (tenant_id, updated_at, id)                           WHERE listed AND undetermined;
CREATE INDEX workload_frozen_idx     ON workload (tenant_id, updated_at, id)                           WHERE listed AND frozen;
CREATE INDEX workload_incomplete_idx ON workload (tenant_id, updated_at, id)                           WHERE listed AND incomplete;
CREATE INDEX workload_unowned_idx    ON workload (tenant_id, updated_at, id)                           WHERE listed AND unowned;
CREATE INDEX workload_reeval_idx     ON workload (tenant_id, reevaluate_at)                            WHERE reevaluate_at IS NOT NULL;

-- Retired is terminal (domain.md section 3), and a key never changes hands.
CREATE FUNCTION workload_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifecycle = 'retired' AND NEW.lifecycle <> 'retired' THEN
    RAISE EXCEPTION 'workload % is retired, which is terminal', OLD.key USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.key <> OLD.key OR NEW.registered_at <> OLD.registered_at THEN
    RAISE EXCEPTION 'the key and the registration time of workload % never change', OLD.key USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workload_guard BEFORE UPDATE OF lifecycle, key, registered_at ON workload FOR EACH ROW EXECUTE FUNCTION workload_guard();

-- What was said about a fact, one row per strength: declared, observed, attested and verified stand side by side, the effective
-- value is the column of `workload`. A fact about which nobody said anything has no row and is `unknown`.
CREATE TABLE workload_fact (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id  uuid NOT NULL,
  fact         text NOT NULL CHECK (fact IN ('processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained')),
  provenance   text NOT NULL CHECK (provenance IN ('declared', 'observed', 'attested', 'verified')),
  value        text NOT NULL CHECK (value IN ('yes', 'no', 'unknown')),
  source       text CHECK (char_length(source) BETWEEN 1 AND 2000),
  stated_at    timestamptz(3) NOT NULL,
  stated_by    text CHECK (char_length(stated_by) BETWEEN 1 AND 300),
  PRIMARY KEY (tenant_id, workload_id, fact, provenance),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);

-- The AI bill of materials. Shared: the same component of two workloads is one row. '' = not stated.
CREATE TABLE component (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  id             uuid NOT NULL,
  type           text NOT NULL CHECK (type IN ('model', 'dataset', 'index', 'prompt', 'tool', 'mcp_server', 'framework', 'service')),
  provider       text NOT NULL DEFAULT '' CHECK (char_length(provider) <= 200),
  name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 300),
  pinned_version text NOT NULL DEFAULT '' CHECK (char_length(pinned_version) <= 200),
  hosting        text CHECK (char_length(hosting) BETWEEN 1 AND 300),
  lock_in        text NOT NULL DEFAULT 'unknown' CHECK (lock_in IN ('none', 'low', 'medium', 'high', 'unknown')),
  reference      text CHECK (char_length(reference) BETWEEN 1 AND 2000),
  created_at     timestamptz(3) NOT NULL,
  updated_at     timestamptz(3) NOT NULL,
  version        integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, type, provider, name, pinned_version)
);

CREATE TABLE workload_component (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id  uuid NOT NULL,
  component_id uuid NOT NULL,
  usage        text CHECK (char_length(usage) BETWEEN 1 AND 2000),
  added_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, workload_id, component_id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, component_id) REFERENCES component (tenant_id, id)
);
CREATE INDEX workload_component_shared_idx ON workload_component (tenant_id, component_id, workload_id);

CREATE TABLE workload_relation (
  tenant_id        uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id      uuid NOT NULL,
  type             text NOT NULL CHECK (type IN ('calls', 'feeds', 'shares_component', 'replaces')),
  other_workload_id uuid NOT NULL,
  note             text CHECK (char_length(note) BETWEEN 1 AND 2000),
  added_at         timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, workload_id, type, other_workload_id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, other_workload_id) REFERENCES workload (tenant_id, id),
  CHECK (workload_id <> other_workload_id)
);
CREATE INDEX workload_relation_inverse_idx ON workload_relation (tenant_id, other_workload_id, type, workload_id);

CREATE TABLE tool_grant (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id uuid NOT NULL,
  name        text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 300),
  access      text NOT NULL CHECK (access IN ('read', 'write', 'read_write')),
  scope       text NOT NULL DEFAULT '' CHECK (char_length(scope) <= 2000),
  granted_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, workload_id, name, scope),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);

-- Who answers for what. role 'domain_owner' carries the domain as `<edition>/<id>`; every slot may have a deputy.
CREATE TABLE owner_assignment (
  tenant_id       uuid NOT NULL REFERENCES organization (tenant_id),
  id              uuid NOT NULL,
  workload_id     uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('risk_owner', 'accountable_executive', 'on_call', 'engineering_lead', 'data_steward', 'domain_owner')),
  domain_key      text NOT NULL DEFAULT '' CHECK (char_length(domain_key) <= 200),
  position        text NOT NULL DEFAULT 'owner' CHECK (position IN ('owner', 'deputy')),
  member_id       uuid,
  -- Set for somebody who was named by e-mail and is not a member yet.
  invited_email   text CHECK (char_length(invited_email) BETWEEN 3 AND 254),
  status          text NOT NULL CHECK (status IN ('proposed', 'accepted', 'declined', 'orphaned', 'ended')),
  proposed_at     timestamptz(3) NOT NULL,
  proposed_by     jsonb NOT NULL DEFAULT app_actor(),
  effective_from  timestamptz(3),
  effective_to    timestamptz(3),
  responded_at    timestamptz(3),
  response_note   text CHECK (char_length(response_note) BETWEEN 1 AND 4000),
  reaffirmed_at   timestamptz(3),
  reaffirm_due_at timestamptz(3),
  -- The instant the owner was last asked to re-affirm, so that the sweep asks once per period.
  reaffirm_asked_at timestamptz(3),
  -- The assignment this one took over from (a deputy who stepped in).
  succeeds_id     uuid,
  version         integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, succeeds_id) REFERENCES owner_assignment (tenant_id, id),
  CHECK ((role = 'domain_owner') = (domain_key <> '')),
  CHECK (member_id IS NOT NULL OR invited_email IS NOT NULL),
  CHECK (status <> 'accepted' OR (member_id IS NOT NULL AND effective_from IS NOT NULL AND effective_to IS NULL AND reaffirm_due_at IS NOT NULL)),
  CHECK (status <> 'proposed' OR (effective_from IS NULL AND effective_to IS NULL)),
  CHECK (effective_to IS NULL OR effective_from IS NULL OR effective_to >= effective_from)
);
-- One who answers, and at most one who is asked to; the one who answers stays until the successor accepts.
CREATE UNIQUE INDEX owner_assignment_accepted_idx ON owner_assignment (tenant_id, workload_id, role, domain_key, position) WHERE status = 'accepted';
CREATE UNIQUE INDEX owner_assignment_proposed_idx ON owner_assignment (tenant_id, workload_id, role, domain_key, position) WHERE status = 'proposed';
CREATE INDEX owner_assignment_workload_idx ON owner_assignment (tenant_id, workload_id, status);
CREATE INDEX owner_assignment_member_idx ON owner_assignment (tenant_id, member_id, status) WHERE member_id IS NOT NULL;
CREATE INDEX owner_assignment_email_idx ON owner_assignment (tenant_id, invited_email) WHERE status = 'proposed' AND invited_email IS NOT NULL;
CREATE INDEX owner_assignment_reaffirm_idx ON owner_assignment (tenant_id, reaffirm_due_at) WHERE status = 'accepted';

CREATE TABLE custom_field (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  id          uuid NOT NULL,
  key         text NOT NULL CHECK (key ~ '^[a-z][a-zA-Z0-9_]{0,59}$'),
  label       text NOT NULL CHECK (char_length(label) BETWEEN 1 AND 300),
  description text CHECK (char_length(description) BETWEEN 1 AND 4000),
  type        text NOT NULL CHECK (type IN ('text', 'number', 'boolean', 'tri_state', 'date', 'url', 'choice', 'choices')),
  choices     text[] NOT NULL DEFAULT '{}' CHECK (cardinality(choices) <= 500),
  -- Only filterable fields are indexed; values longer than 200 characters never are.
  filterable  boolean NOT NULL DEFAULT true,
  archived_at timestamptz(3),
  created_at  timestamptz(3) NOT NULL,
  updated_at  timestamptz(3) NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key),
  CHECK ((type IN ('choice', 'choices')) = (cardinality(choices) > 0))
);

-- Index of everything multi-valued or tenant-defined, kept by trigger: operators on arrays and jsonb are not leakproof, so that
-- row security would keep them out of index conditions. Without foreign keys, because only the triggers of workload write it, from rows
-- that exist and are never deleted (checking them costs 10 of 13 seconds for 100,000 workloads).
CREATE TABLE workload_facet (
  tenant_id   uuid NOT NULL,
  field       text NOT NULL,
  value       text NOT NULL CHECK (char_length(value) <= 200),
  workload_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, field, value, workload_id)
);
CREATE INDEX workload_facet_workload_idx ON workload_facet (tenant_id, workload_id);

-- Text to search in, apart from workload so that a new stage does not rewrite the text indexes. Kept like workload_facet.
CREATE TABLE workload_search (
  tenant_id   uuid NOT NULL,
  workload_id uuid NOT NULL,
  name        text NOT NULL,
  words       tsvector NOT NULL,
  PRIMARY KEY (tenant_id, workload_id)
);
CREATE INDEX workload_search_idx ON workload_search USING gin (tenant_id, name gin_trgm_ops, words);

-- Set by triggers wherever something changed that the tree reads; emptied by classification.
CREATE TABLE reevaluation_mark (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  workload_id uuid NOT NULL,
  reasons     text[] NOT NULL,
  marked_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, workload_id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);

-- Marks one workload. `p_reason` is a short stable word, such as 'fact' or 'evidence'.
CREATE FUNCTION mark_for_reevaluation(p_tenant uuid, p_workload uuid, p_reason text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO reevaluation_mark AS m (tenant_id, workload_id, reasons, marked_at) VALUES (p_tenant, p_workload, ARRAY[p_reason], app_now())
  ON CONFLICT (tenant_id, workload_id) DO UPDATE
     SET reasons = CASE WHEN m.reasons @> excluded.reasons THEN m.reasons ELSE m.reasons || excluded.reasons END, marked_at = excluded.marked_at
$$;

-- Marks many at once, in id order so that two writers cannot wait for each other.
CREATE FUNCTION mark_many_for_reevaluation(p_tenant uuid, p_workloads uuid[], p_reason text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO reevaluation_mark AS m (tenant_id, workload_id, reasons, marked_at)
  SELECT p_tenant, w, ARRAY[p_reason], app_now() FROM (SELECT DISTINCT unnest(p_workloads) AS w) x ORDER BY w
  ON CONFLICT (tenant_id, workload_id) DO UPDATE
     SET reasons = CASE WHEN m.reasons @> excluded.reasons THEN m.reasons ELSE m.reasons || excluded.reasons END, marked_at = excluded.marked_at
$$;

-- ---------------------------------------------------------------------------------------------------------------- triggers
-- Inserts are handled as sets, so that an import of 100,000 rows costs one operation each.

CREATE FUNCTION facets_of_workload(w workload) RETURNS TABLE (field text, value text) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT f.field, f.value FROM (
    SELECT 'tags' AS field, lower(x) AS value FROM unnest(w.tags) x
    UNION ALL SELECT 'environments', lower(x) FROM unnest(w.environments) x
    UNION ALL SELECT 'usersAffected', x FROM unnest(w.users_affected) x
    UNION ALL SELECT 'dataClasses', x FROM unnest(w.data_classes) x
    UNION ALL SELECT 'specialCategories', lower(x) FROM unnest(w.special_categories) x
    UNION ALL SELECT 'jurisdictions', lower(x) FROM unnest(w.jurisdictions) x
    UNION ALL SELECT 'repositories', normal_reference(x) FROM unnest(w.repositories) x
    UNION ALL SELECT 'interfaces', normal_reference(x) FROM unnest(w.interfaces) x
    UNION ALL SELECT x.field, x.value FROM (VALUES
        ('exposure', w.exposure), ('operation', w.operation), ('autonomyLevel', w.autonomy_level), ('euAiActRole', w.eu_ai_act_role),
        ('euAiActClass', w.eu_ai_act_class), ('statedStage', lower(w.stated_stage)),
        ('maintained', nullif(w.maintained, 'unknown')), ('downstreamChange', nullif(w.downstream_change, 'unknown'))) x(field, value)
    UNION ALL SELECT 'custom.' || c.key, lower(v.value)
      FROM custom_field c
      CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(w.custom -> c.key) WHEN 'array' THEN w.custom -> c.key ELSE jsonb_build_array(w.custom -> c.key) END) v(value)
     WHERE c.tenant_id = w.tenant_id AND c.filterable AND w.custom <> '{}' AND w.custom ? c.key
  ) f WHERE f.value IS NOT NULL AND f.value <> '' AND char_length(f.value) <= 200
$$;

CREATE FUNCTION search_text_of_workload(w workload) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT lower(w.name || ' ' || w.key || coalesce(' ' || w.team, '') || coalesce(' ' || w.business_unit, '')) $$;

CREATE FUNCTION search_words_of_workload(w workload) RETURNS tsvector LANGUAGE sql IMMUTABLE AS
$$ SELECT to_tsvector('simple'::regconfig, left(coalesce(w.purpose, '') || ' ' || coalesce(w.description, ''), 30000)) $$;

CREATE FUNCTION workload_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO workload_facet (tenant_id, field, value, workload_id)
    SELECT w.tenant_id, f.field, f.value, w.id FROM new_rows n JOIN workload w ON w.tenant_id = n.tenant_id AND w.id = n.id, facets_of_workload(w) f;
  INSERT INTO workload_search (tenant_id, workload_id, name, words)
    SELECT w.tenant_id, w.id, search_text_of_workload(w), search_words_of_workload(w) FROM new_rows n JOIN workload w ON w.tenant_id = n.tenant_id AND w.id = n.id;
  INSERT INTO reevaluation_mark AS m (tenant_id, workload_id, reasons, marked_at)
    SELECT n.tenant_id, n.id, ARRAY['registered'], app_now() FROM new_rows n ORDER BY n.id
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_after_insert AFTER INSERT ON workload REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION workload_after_insert();

-- Changes go row by row, each only when it concerns them: joining transition tables has no reliable plan, and a new stage concerns none.
CREATE FUNCTION workload_refacet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM workload_facet f WHERE f.tenant_id = NEW.tenant_id AND f.workload_id = NEW.id;
  INSERT INTO workload_facet (tenant_id, field, value, workload_id) SELECT NEW.tenant_id, f.field, f.value, NEW.id FROM facets_of_workload(NEW) f;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_refacet AFTER UPDATE ON workload FOR EACH ROW
  WHEN ((OLD.tags, OLD.environments, OLD.users_affected, OLD.data_classes, OLD.special_categories, OLD.jurisdictions, OLD.repositories, OLD.interfaces,
         OLD.exposure, OLD.operation, OLD.autonomy_level, OLD.eu_ai_act_role, OLD.eu_ai_act_class, OLD.stated_stage, OLD.maintained, OLD.downstream_change, OLD.custom)
        IS DISTINCT FROM
        (NEW.tags, NEW.environments, NEW.users_affected, NEW.data_classes, NEW.special_categories, NEW.jurisdictions, NEW.repositories, NEW.interfaces,
         NEW.exposure, NEW.operation, NEW.autonomy_level, NEW.eu_ai_act_role, NEW.eu_ai_act_class, NEW.stated_stage, NEW.maintained, NEW.downstream_change, NEW.custom))
  EXECUTE FUNCTION workload_refacet();

CREATE FUNCTION workload_retext() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE workload_search s SET name = search_text_of_workload(NEW), words = search_words_of_workload(NEW) WHERE s.tenant_id = NEW.tenant_id AND s.workload_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_retext AFTER UPDATE ON workload FOR EACH ROW
  WHEN ((OLD.name, OLD.team, OLD.business_unit, OLD.purpose, OLD.description) IS DISTINCT FROM (NEW.name, NEW.team, NEW.business_unit, NEW.purpose, NEW.description))
  EXECUTE FUNCTION workload_retext();

CREATE FUNCTION workload_remark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_for_reevaluation(NEW.tenant_id, NEW.id, 'fact');
  RETURN NULL;
END $$;
CREATE TRIGGER workload_remark AFTER UPDATE ON workload FOR EACH ROW
  WHEN ((OLD.processes_real_data, OLD.handles_pii, OLD.executes_tools, OLD.downstream_change, OLD.risk_tier, OLD.lifecycle, OLD.withdrawn_at, OLD.merged_into_id)
        IS DISTINCT FROM
        (NEW.processes_real_data, NEW.handles_pii, NEW.executes_tools, NEW.downstream_change, NEW.risk_tier, NEW.lifecycle, NEW.withdrawn_at, NEW.merged_into_id))
  EXECUTE FUNCTION workload_remark();

-- A custom field that becomes filterable (or stops) is indexed (or not) in the same transaction.
CREATE FUNCTION custom_field_after_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM workload_facet WHERE tenant_id = NEW.tenant_id AND field = 'custom.' || NEW.key;
  IF NEW.filterable THEN
    INSERT INTO workload_facet (tenant_id, field, value, workload_id)
      SELECT w.tenant_id, f.field, f.value, w.id FROM workload w, facets_of_workload(w) f
       WHERE w.tenant_id = NEW.tenant_id AND w.custom ? NEW.key AND f.field = 'custom.' || NEW.key;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER custom_field_after_update AFTER UPDATE ON custom_field FOR EACH ROW
  WHEN (OLD.filterable IS DISTINCT FROM NEW.filterable) EXECUTE FUNCTION custom_field_after_update();

-- The risk owner who is named now stands on the workload itself; any change of an owner is a reason to evaluate again.
-- The workload row is written before the mark: evaluation takes both in that order.
CREATE FUNCTION owner_assignment_project(p_tenant uuid, p_workloads uuid[], p_risk_owner_of uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_risk_owner_of IS NOT NULL THEN
    UPDATE workload w SET risk_owner_status = x.status, risk_owner_member_id = x.member_id
      FROM (SELECT i.id, coalesce(a.status, 'none') AS status, a.member_id
              FROM (SELECT DISTINCT unnest(p_risk_owner_of) AS id) i
              LEFT JOIN LATERAL (SELECT oa.status, oa.member_id FROM owner_assignment oa
                                  WHERE oa.tenant_id = p_tenant AND oa.workload_id = i.id AND oa.role = 'risk_owner' AND oa.position = 'owner'
                                    AND oa.status IN ('accepted', 'proposed')
                                  ORDER BY oa.status LIMIT 1) a ON true) x
     WHERE w.tenant_id = p_tenant AND w.id = x.id
       AND (w.risk_owner_status, w.risk_owner_member_id) IS DISTINCT FROM (x.status, x.member_id);
  END IF;
  PERFORM mark_many_for_reevaluation(p_tenant, p_workloads, 'owner');
END $$;

CREATE FUNCTION owner_assignment_after_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tenant uuid := (SELECT tenant_id FROM new_rows LIMIT 1); all_ids uuid[]; risk_ids uuid[];
BEGIN
  IF tenant IS NULL THEN RETURN NULL; END IF;
  SELECT array_agg(workload_id), array_agg(workload_id) FILTER (WHERE role = 'risk_owner') INTO all_ids, risk_ids FROM new_rows;
  PERFORM owner_assignment_project(tenant, all_ids, risk_ids);
  RETURN NULL;
END $$;
CREATE TRIGGER owner_assignment_after_insert AFTER INSERT ON owner_assignment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION owner_assignment_after_insert();

CREATE FUNCTION owner_assignment_after_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM owner_assignment_project(NEW.tenant_id, ARRAY[NEW.workload_id], CASE WHEN NEW.role = 'risk_owner' THEN ARRAY[NEW.workload_id] END);
  RETURN NULL;
END $$;
CREATE TRIGGER owner_assignment_after_update AFTER UPDATE ON owner_assignment FOR EACH ROW
  WHEN ((OLD.status, OLD.member_id) IS DISTINCT FROM (NEW.status, NEW.member_id)) EXECUTE FUNCTION owner_assignment_after_update();

CREATE FUNCTION workload_fact_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_many_for_reevaluation(x.tenant_id, x.ids, 'fact') FROM (SELECT tenant_id, array_agg(workload_id) AS ids FROM changed_rows GROUP BY tenant_id) x;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_fact_mark_insert AFTER INSERT ON workload_fact REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_fact_changed();
CREATE TRIGGER workload_fact_mark_update AFTER UPDATE ON workload_fact REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_fact_changed();
CREATE TRIGGER workload_fact_mark_delete AFTER DELETE ON workload_fact REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_fact_changed();

-- A component may be what makes another workload a reuse pattern: everybody who shares it is marked too.
CREATE FUNCTION workload_component_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_many_for_reevaluation(x.tenant_id, x.ids, 'component')
     FROM (SELECT c.tenant_id, array_agg(s.workload_id) AS ids FROM changed_rows c
             JOIN LATERAL (SELECT c.workload_id UNION SELECT wc.workload_id FROM workload_component wc
                            WHERE wc.tenant_id = c.tenant_id AND wc.component_id = c.component_id) s(workload_id) ON true
            GROUP BY c.tenant_id) x;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_component_mark_insert AFTER INSERT ON workload_component REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_component_changed();
CREATE TRIGGER workload_component_mark_delete AFTER DELETE ON workload_component REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_component_changed();

CREATE FUNCTION workload_relation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_many_for_reevaluation(x.tenant_id, x.ids, 'relation')
     FROM (SELECT tenant_id, array_agg(id) AS ids FROM (SELECT tenant_id, workload_id AS id FROM changed_rows
                                                   UNION SELECT tenant_id, other_workload_id FROM changed_rows) e GROUP BY tenant_id) x;
  RETURN NULL;
END $$;
CREATE TRIGGER workload_relation_mark_insert AFTER INSERT ON workload_relation REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_relation_changed();
CREATE TRIGGER workload_relation_mark_delete AFTER DELETE ON workload_relation REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION workload_relation_changed();

-- ---------------------------------------------------------------------------------------------------------------- security
CALL secure_tenant_table('workload', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('workload_fact', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('component', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('workload_component', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('workload_relation', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('tool_grant', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('owner_assignment', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('custom_field', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('workload_facet', 'SELECT, INSERT, DELETE');
CALL secure_tenant_table('workload_search', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('reevaluation_mark', 'SELECT, INSERT, UPDATE, DELETE');

CALL allow_scheduler('workload', 'tenant_id, id, reevaluate_at, next_review_due_at');
CALL allow_scheduler('reevaluation_mark', 'tenant_id, workload_id, marked_at');
CALL allow_scheduler('owner_assignment', 'tenant_id, id, reaffirm_due_at, reaffirm_asked_at, status');

CALL keep_history('workload');
CALL keep_history('workload_fact');
CALL keep_history('owner_assignment');
CALL keep_history('workload_component');
CALL keep_history('workload_relation');
CALL keep_history('tool_grant');

-- What a search asks for: one row per word, as a pattern for names and as a beginning of a word for purpose and description.
CREATE FUNCTION search_terms(p_query text) RETURNS TABLE (pattern text, query tsquery) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '%' || replace(replace(replace(term, '\', '\\'), '%', '\%'), '_', '\_') || '%',
         to_tsquery('simple'::regconfig, '''' || replace(replace(term, '\', '\\'), '''', '''''') || ''':*')
    FROM regexp_split_to_table(lower(btrim(p_query)), '\s+') AS term WHERE term <> ''
$$;

-- The one door for text search (architecture.md section 4): trigram and full-text operators are not leakproof, so that under row
-- security they are never index conditions. Runs as the owner with the tenant predicate written in; returns ids only.
-- Every word of `p_query` must be found: as a part of name, key, team or business unit, or as the beginning of a word of purpose or description.
-- At most `p_limit` ids, in no order: with more matches than that the caller walks its own order and tests each row instead.
CREATE POLICY workload_search_door ON workload_search FOR SELECT TO roster_migrator USING (true);
CREATE FUNCTION search_workloads(p_query text, p_limit integer) RETURNS TABLE (workload_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  condition text := (SELECT string_agg(format('(s.name LIKE %L OR s.words @@ %L::tsquery)', t.pattern, t.query::text), ' AND ') FROM search_terms(p_query) t);
BEGIN
  IF char_length(p_query) > 200 THEN
    RAISE EXCEPTION 'a search has at most 200 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF condition IS NOT NULL THEN
    RETURN QUERY EXECUTE 'SELECT s.workload_id FROM workload_search s WHERE s.tenant_id = $1 AND ' || condition || ' LIMIT $2' USING tenant, p_limit;
  END IF;
END $$;
REVOKE ALL ON FUNCTION search_workloads(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_workloads(text, integer) TO roster_app;
