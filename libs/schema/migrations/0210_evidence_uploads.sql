-- Files that arrive in pieces (docs/adr, resumable uploads), and what the library and the decision queue of evidence ask for.

-- One file on its way. Its bytes lie in storage under `<tenant>/uploads/<id>/`; they become evidence only when a submission names the upload.
CREATE TABLE evidence_upload (
  tenant_id       uuid NOT NULL REFERENCES organization (tenant_id),
  id              uuid NOT NULL,
  -- The only member who may go on with it and submit it: the creator, when an API key sends it.
  member_id       uuid NOT NULL,
  file_name       text NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 255),
  declared_type   text NOT NULL CHECK (char_length(declared_type) <= 200),
  size            bigint NOT NULL CHECK (size > 0),
  received        bigint NOT NULL DEFAULT 0,
  -- What the sender says it hashes to; what it does hash to, once it is complete and has passed the checks.
  expected_sha256 text CHECK (expected_sha256 ~ '^[0-9a-f]{64}$'),
  sha256          text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  created_at      timestamptz(3) NOT NULL,
  -- From here on it is as good as gone and the sweep removes it: a while after the last piece, or at once when it was used, refused or given up.
  expires_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
  CHECK (received BETWEEN 0 AND size),
  CHECK (sha256 IS NULL OR received = size)
);
CREATE INDEX evidence_upload_member_idx ON evidence_upload (tenant_id, member_id, expires_at);
-- Leads with expires_at: the sweep reads ids across tenants (schema allow-list: sweep index).
CREATE INDEX evidence_upload_expiry_sweep_idx ON evidence_upload (expires_at);

CREATE TABLE evidence_upload_part (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  upload_id   uuid NOT NULL,
  start       bigint NOT NULL CHECK (start >= 0),
  size        bigint NOT NULL CHECK (size > 0),
  storage_key text NOT NULL CHECK (char_length(storage_key) BETWEEN 1 AND 500),
  PRIMARY KEY (tenant_id, upload_id, start),
  FOREIGN KEY (tenant_id, upload_id) REFERENCES evidence_upload (tenant_id, id) ON DELETE CASCADE
);

CALL secure_tenant_table('evidence_upload', 'SELECT, INSERT, UPDATE, DELETE');
CALL secure_tenant_table('evidence_upload_part', 'SELECT, INSERT, DELETE');
CALL allow_scheduler('evidence_upload', 'tenant_id, id, expires_at');

-- ------------------------------------------------------------------------------------------------------------------------ lists
-- Projections of the latest version, like the others kept by the trigger: who submitted it, and the words people search by.
ALTER TABLE evidence_item ADD COLUMN latest_submitter_member_id uuid;
ALTER TABLE evidence_item ADD COLUMN search text NOT NULL DEFAULT '';

CREATE OR REPLACE FUNCTION evidence_item_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- EXECUTE: a cached plan would keep the row count of its first call and join many rows pair by pair.
  EXECUTE $q$
  UPDATE evidence_item i
     SET latest_version = x.latest, latest_status = x.status, accepted_version = x.accepted, expires_at = x.expires, latest_submitter_member_id = x.submitter,
         search = lower(concat_ws(' ', i.title, x.file_name, x.url)), updated_at = app_now()
    FROM (SELECT v.tenant_id, v.item_id, max(v.version) AS latest, (array_agg(v.status ORDER BY v.version DESC))[1] AS status,
                 max(v.version) FILTER (WHERE v.status = 'accepted') AS accepted,
                 (array_agg(v.expires_at ORDER BY v.version DESC) FILTER (WHERE v.status = 'accepted'))[1] AS expires,
                 (array_agg(v.submitter_member_id ORDER BY v.version DESC))[1] AS submitter, (array_agg(v.file_name ORDER BY v.version DESC))[1] AS file_name,
                 (array_agg(v.url ORDER BY v.version DESC))[1] AS url
            FROM evidence_version v
           WHERE (v.tenant_id, v.item_id) IN (SELECT n.tenant_id, n.item_id FROM new_rows n)
           GROUP BY v.tenant_id, v.item_id) x
   WHERE i.tenant_id = x.tenant_id AND i.id = x.item_id
     AND (i.latest_version, i.latest_status, i.accepted_version, i.expires_at) IS DISTINCT FROM (x.latest, x.status, x.accepted, x.expires) $q$;
  RETURN NULL;
END $$;

-- The rows that are there. Their owner may see them only while row security is not forced on the owner; one transaction, so nobody else notices.
ALTER TABLE evidence_item NO FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence_version NO FORCE ROW LEVEL SECURITY;
UPDATE evidence_item i SET latest_submitter_member_id = v.submitter_member_id, search = lower(concat_ws(' ', i.title, v.file_name, v.url))
  FROM evidence_version v WHERE v.tenant_id = i.tenant_id AND v.item_id = i.id AND v.version = i.latest_version;
ALTER TABLE evidence_item FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence_version FORCE ROW LEVEL SECURITY;

CREATE INDEX evidence_item_submitter_idx ON evidence_item (tenant_id, latest_submitter_member_id, updated_at, id);
CREATE INDEX evidence_item_search_idx ON evidence_item USING gin (tenant_id, search gin_trgm_ops);
-- Links that wait for somebody's decision, for the queue.
CREATE INDEX evidence_link_proposed_idx ON evidence_link (tenant_id, item_id) WHERE status = 'proposed' AND removed_at IS NULL;

-- The door for text search of evidence; why there is one stands at search_workloads. Every word of `p_query` must be a part of title, file name or address.
-- At most `p_limit` ids, in no order: with more matches than that the caller walks its own order and tests each row instead.
CREATE POLICY evidence_item_search_door ON evidence_item FOR SELECT TO roster_migrator USING (true);
CREATE FUNCTION search_evidence(p_query text, p_limit integer) RETURNS TABLE (item_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  condition text := (SELECT string_agg(format('i.search LIKE %L', t.pattern), ' AND ') FROM search_terms(p_query) t);
BEGIN
  IF char_length(p_query) > 200 THEN
    RAISE EXCEPTION 'a search has at most 200 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF condition IS NOT NULL THEN
    RETURN QUERY EXECUTE 'SELECT i.id FROM evidence_item i WHERE i.tenant_id = $1 AND ' || condition || ' LIMIT $2' USING tenant, p_limit;
  END IF;
END $$;
REVOKE ALL ON FUNCTION search_evidence(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_evidence(text, integer) TO roster_app;
