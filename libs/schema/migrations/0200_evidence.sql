-- Evidence: items, immutable content-addressed versions, links to (workload, requirement), exceptions (domain.md section 7).
-- Every row says when it was recorded, decided and ended, so "as it was known at T" is read from the rows themselves.

-- Bytes, stored once per organization. A harmful file keeps its row, so that the same bytes are refused at once the next time.
CREATE TABLE evidence_blob (
  tenant_id    uuid NOT NULL REFERENCES organization (tenant_id),
  sha256       text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size         bigint NOT NULL CHECK (size > 0),
  storage_key  text NOT NULL CHECK (char_length(storage_key) BETWEEN 1 AND 500),
  -- not_scanned: no scanner is configured. pending: in quarantine until the scanner answers.
  scan_status  text NOT NULL CHECK (scan_status IN ('not_scanned', 'pending', 'clean', 'infected')),
  scan_result  text CHECK (char_length(scan_result) BETWEEN 1 AND 500),
  scanned_at   timestamptz(3),
  created_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, sha256),
  CHECK ((scan_status IN ('clean', 'infected')) = (scanned_at IS NOT NULL))
);
-- Leads with created_at: the sweep looks for scans that were lost, across tenants (schema allow-list: sweep index).
CREATE INDEX evidence_blob_scan_sweep_idx ON evidence_blob (created_at) WHERE scan_status = 'pending';

CREATE FUNCTION evidence_blob_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.sha256, NEW.size, NEW.storage_key, NEW.created_at) IS DISTINCT FROM (OLD.sha256, OLD.size, OLD.storage_key, OLD.created_at) THEN
    RAISE EXCEPTION 'evidence_blob is immutable' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.scan_status IN ('clean', 'infected') AND NEW.scan_status IS DISTINCT FROM OLD.scan_status THEN
    RAISE EXCEPTION 'the verdict on a file is final' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_blob_guard BEFORE UPDATE ON evidence_blob FOR EACH ROW EXECUTE FUNCTION evidence_blob_guard();

CREATE TABLE evidence_item (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  id             uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('document', 'link', 'screenshot', 'test_run', 'measurement', 'config_snapshot', 'attestation', 'drill',
                                               'review_record', 'roi_report', 'contract', 'certificate')),
  title          text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
  created_at     timestamptz(3) NOT NULL,
  created_by     jsonb NOT NULL DEFAULT app_actor(),

  -- Projections of its versions for lists, kept by the trigger on evidence_version.
  latest_version   integer NOT NULL DEFAULT 0,
  latest_status    text NOT NULL DEFAULT 'quarantined' CHECK (latest_status IN ('quarantined', 'submitted', 'accepted', 'rejected', 'refused')),
  accepted_version integer,
  -- Of the newest accepted version.
  expires_at       timestamptz(3),
  expires_sort     timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(expires_at, 'infinity'::timestamptz)) STORED,
  updated_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX evidence_item_updated_idx ON evidence_item (tenant_id, updated_at, id);
CREATE INDEX evidence_item_created_idx ON evidence_item (tenant_id, created_at, id);
CREATE INDEX evidence_item_expires_idx ON evidence_item (tenant_id, expires_sort, id);
CREATE INDEX evidence_item_kind_idx    ON evidence_item (tenant_id, kind, updated_at, id);
CREATE INDEX evidence_item_status_idx  ON evidence_item (tenant_id, latest_status, updated_at, id);

CREATE FUNCTION evidence_item_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.kind, NEW.title, NEW.created_at, NEW.created_by) IS DISTINCT FROM (OLD.kind, OLD.title, OLD.created_at, OLD.created_by) THEN
    RAISE EXCEPTION 'evidence_item is immutable; submit a new item' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_item_guard BEFORE UPDATE ON evidence_item FOR EACH ROW EXECUTE FUNCTION evidence_item_guard();

-- One file or one address. Content never changes; the decision is made once, by somebody who did not submit it.
CREATE TABLE evidence_version (
  tenant_id           uuid NOT NULL REFERENCES organization (tenant_id),
  item_id             uuid NOT NULL,
  version             integer NOT NULL CHECK (version > 0),
  -- A file of the organization's storage, or an address outside.
  sha256              text,
  file_name           text CHECK (char_length(file_name) BETWEEN 1 AND 255),
  media_type          text CHECK (char_length(media_type) BETWEEN 3 AND 200),
  url                 text CHECK (char_length(url) BETWEEN 8 AND 2000),
  -- What the submitter says the content behind the address hashes to.
  url_sha256          text CHECK (url_sha256 ~ '^[0-9a-f]{64}$'),
  -- When it is true (which differs from when we learnt it), and until when it counts.
  effective_from      timestamptz(3),
  effective_to        timestamptz(3),
  expires_at          timestamptz(3),
  notes               text CHECK (char_length(notes) BETWEEN 1 AND 10000),
  submitted_at        timestamptz(3) NOT NULL,
  submitted_by        jsonb NOT NULL DEFAULT app_actor(),
  -- The member who answers for the submission: the creator, when an API key sent it. NULL only for the system itself.
  submitter_member_id uuid,
  status              text NOT NULL CHECK (status IN ('quarantined', 'submitted', 'accepted', 'rejected', 'refused')),
  -- When it left quarantine.
  checked_at          timestamptz(3),
  decided_at          timestamptz(3),
  decided_by          jsonb,
  decider_member_id   uuid,
  decision_comment    text CHECK (char_length(decision_comment) BETWEEN 1 AND 4000),
  -- The next instant at which somebody is told about its expiry; NULL when there is nothing left to tell.
  next_notice_at      timestamptz(3),
  PRIMARY KEY (tenant_id, item_id, version),
  FOREIGN KEY (tenant_id, item_id) REFERENCES evidence_item (tenant_id, id),
  FOREIGN KEY (tenant_id, sha256) REFERENCES evidence_blob (tenant_id, sha256),
  FOREIGN KEY (tenant_id, submitter_member_id) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, decider_member_id) REFERENCES member (tenant_id, id),
  CHECK ((sha256 IS NULL) <> (url IS NULL)),
  CHECK ((sha256 IS NULL) = (file_name IS NULL) AND (sha256 IS NULL) = (media_type IS NULL)),
  CHECK (url_sha256 IS NULL OR url IS NOT NULL),
  CHECK (effective_to IS NULL OR effective_from IS NULL OR effective_to > effective_from),
  CHECK (expires_at IS NULL OR effective_from IS NULL OR expires_at > effective_from),
  CHECK ((status = 'quarantined') = (checked_at IS NULL)),
  CHECK ((status IN ('accepted', 'rejected')) = (decided_at IS NOT NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (decided_at IS NULL OR decider_member_id IS NOT NULL),
  CHECK (decider_member_id IS NULL OR submitter_member_id IS NULL OR decider_member_id <> submitter_member_id)
);
CREATE INDEX evidence_version_blob_idx   ON evidence_version (tenant_id, sha256) WHERE sha256 IS NOT NULL;
-- Leads with next_notice_at: the expiry sweep reads ids across tenants (schema allow-list: sweep index).
CREATE INDEX evidence_version_notice_sweep_idx ON evidence_version (next_notice_at) WHERE next_notice_at IS NOT NULL;

CREATE FUNCTION evidence_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.sha256, NEW.file_name, NEW.media_type, NEW.url, NEW.url_sha256, NEW.effective_from, NEW.effective_to, NEW.expires_at, NEW.notes,
      NEW.submitted_at, NEW.submitted_by, NEW.submitter_member_id)
     IS DISTINCT FROM
     (OLD.sha256, OLD.file_name, OLD.media_type, OLD.url, OLD.url_sha256, OLD.effective_from, OLD.effective_to, OLD.expires_at, OLD.notes,
      OLD.submitted_at, OLD.submitted_by, OLD.submitter_member_id) THEN
    RAISE EXCEPTION 'the content of an evidence version is immutable; submit a new version' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT ((OLD.status = 'quarantined' AND NEW.status IN ('submitted', 'refused'))
                                       OR (OLD.status = 'submitted' AND NEW.status IN ('accepted', 'rejected'))) THEN
    RAISE EXCEPTION 'an evidence version cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.decided_by, NEW.decider_member_id, NEW.decision_comment)
     IS DISTINCT FROM (OLD.decided_at, OLD.decided_by, OLD.decider_member_id, OLD.decision_comment) THEN
    RAISE EXCEPTION 'the decision on an evidence version is final; submit a new version' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_version_guard BEFORE UPDATE ON evidence_version FOR EACH ROW EXECUTE FUNCTION evidence_version_guard();

-- What an item supports. requirement_key '' = it only names the workload. A link counts once somebody else than its maker accepted it,
-- so that accepted evidence cannot be pointed at something the reviewer never saw.
CREATE TABLE evidence_link (
  tenant_id          uuid NOT NULL REFERENCES organization (tenant_id),
  id                 uuid NOT NULL,
  item_id            uuid NOT NULL,
  workload_id        uuid NOT NULL,
  edition            text NOT NULL DEFAULT '' CHECK (char_length(edition) <= 64),
  requirement_key    text NOT NULL DEFAULT '' CHECK (char_length(requirement_key) <= 200),
  status             text NOT NULL CHECK (status IN ('proposed', 'accepted', 'rejected')),
  proposed_at        timestamptz(3) NOT NULL,
  proposed_by        jsonb NOT NULL DEFAULT app_actor(),
  proposer_member_id uuid,
  decided_at         timestamptz(3),
  decided_by         jsonb,
  decider_member_id  uuid,
  removed_at         timestamptz(3),
  removed_by         jsonb,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, item_id) REFERENCES evidence_item (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, proposer_member_id) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, decider_member_id) REFERENCES member (tenant_id, id),
  CHECK ((edition = '') = (requirement_key = '')),
  CHECK ((status = 'proposed') = (decided_at IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (decided_at IS NULL OR decider_member_id IS NOT NULL),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
  CHECK (decider_member_id IS NULL OR proposer_member_id IS NULL OR decider_member_id <> proposer_member_id)
);
CREATE UNIQUE INDEX evidence_link_active_idx ON evidence_link (tenant_id, item_id, workload_id, requirement_key) WHERE removed_at IS NULL;
CREATE INDEX evidence_link_workload_idx ON evidence_link (tenant_id, workload_id, edition);
CREATE INDEX evidence_link_requirement_idx ON evidence_link (tenant_id, requirement_key, item_id) WHERE removed_at IS NULL;

CREATE FUNCTION evidence_link_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.item_id, NEW.workload_id, NEW.edition, NEW.requirement_key, NEW.proposed_at, NEW.proposed_by, NEW.proposer_member_id)
     IS DISTINCT FROM (OLD.item_id, OLD.workload_id, OLD.edition, OLD.requirement_key, OLD.proposed_at, OLD.proposed_by, OLD.proposer_member_id)
     OR (OLD.decided_at IS NOT NULL AND (NEW.status, NEW.decided_at, NEW.decided_by, NEW.decider_member_id)
         IS DISTINCT FROM (OLD.status, OLD.decided_at, OLD.decided_by, OLD.decider_member_id))
     OR OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'an evidence link is decided and removed once; make a new link' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_link_guard BEFORE UPDATE ON evidence_link FOR EACH ROW EXECUTE FUNCTION evidence_link_guard();

-- A waiver with an end, or the statement that a requirement does not apply. Approved by somebody who did not ask for it.
CREATE TABLE coverage_exception (
  tenant_id            uuid NOT NULL REFERENCES organization (tenant_id),
  id                   uuid NOT NULL,
  kind                 text NOT NULL CHECK (kind IN ('exception', 'not_applicable')),
  workload_id          uuid NOT NULL,
  edition              text NOT NULL CHECK (char_length(edition) BETWEEN 1 AND 64),
  requirement_key      text NOT NULL CHECK (char_length(requirement_key) BETWEEN 1 AND 200),
  reason               text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 10000),
  compensating_control text CHECK (char_length(compensating_control) BETWEEN 1 AND 10000),
  expires_at           timestamptz(3),
  status               text NOT NULL CHECK (status IN ('requested', 'approved', 'declined', 'withdrawn')),
  requested_at         timestamptz(3) NOT NULL,
  requested_by         jsonb NOT NULL DEFAULT app_actor(),
  requester_member_id  uuid NOT NULL,
  decided_at           timestamptz(3),
  decided_by           jsonb,
  decider_member_id    uuid,
  decision_comment     text CHECK (char_length(decision_comment) BETWEEN 1 AND 4000),
  -- The end that somebody set before expiry; what was approved stays readable.
  withdrawn_at         timestamptz(3),
  withdrawn_by         jsonb,
  next_notice_at       timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, requester_member_id) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, decider_member_id) REFERENCES member (tenant_id, id),
  CHECK (kind <> 'exception' OR (compensating_control IS NOT NULL AND expires_at IS NOT NULL)),
  CHECK (status NOT IN ('approved', 'declined') OR decided_at IS NOT NULL),
  CHECK (status <> 'requested' OR decided_at IS NULL),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decider_member_id IS NULL)),
  CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
  CHECK (decider_member_id IS NULL OR decider_member_id <> requester_member_id)
);
CREATE UNIQUE INDEX coverage_exception_open_idx ON coverage_exception (tenant_id, workload_id, requirement_key, kind) WHERE status = 'requested';
CREATE INDEX coverage_exception_workload_idx ON coverage_exception (tenant_id, workload_id, edition);
CREATE INDEX coverage_exception_requested_idx ON coverage_exception (tenant_id, requested_at, id);
CREATE INDEX coverage_exception_status_idx ON coverage_exception (tenant_id, status, requested_at, id);
-- Leads with next_notice_at: the expiry sweep reads ids across tenants (schema allow-list: sweep index).
CREATE INDEX coverage_exception_notice_sweep_idx ON coverage_exception (next_notice_at) WHERE next_notice_at IS NOT NULL;

CREATE FUNCTION coverage_exception_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.kind, NEW.workload_id, NEW.edition, NEW.requirement_key, NEW.reason, NEW.compensating_control, NEW.expires_at, NEW.requested_at, NEW.requested_by, NEW.requester_member_id)
     IS DISTINCT FROM
     (OLD.kind, OLD.workload_id, OLD.edition, OLD.requirement_key, OLD.reason, OLD.compensating_control, OLD.expires_at, OLD.requested_at, OLD.requested_by, OLD.requester_member_id) THEN
    RAISE EXCEPTION 'what an exception asks for is immutable; request a new one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT ((OLD.status = 'requested' AND NEW.status IN ('approved', 'declined', 'withdrawn')) OR (OLD.status = 'approved' AND NEW.status = 'withdrawn')) THEN
    RAISE EXCEPTION 'an exception cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.decided_at IS NOT NULL AND (NEW.decided_at, NEW.decided_by, NEW.decider_member_id, NEW.decision_comment)
     IS DISTINCT FROM (OLD.decided_at, OLD.decided_by, OLD.decider_member_id, OLD.decision_comment) THEN
    RAISE EXCEPTION 'the decision on an exception is final' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER coverage_exception_guard BEFORE UPDATE ON coverage_exception FOR EACH ROW EXECUTE FUNCTION coverage_exception_guard();

-- ------------------------------------------------------------------------------------------------------------------------ projections
CREATE FUNCTION evidence_item_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- EXECUTE: a cached plan would keep the row count of its first call and join many rows pair by pair.
  EXECUTE $q$
  UPDATE evidence_item i
     SET latest_version = x.latest, latest_status = x.status, accepted_version = x.accepted, expires_at = x.expires, updated_at = app_now()
    FROM (SELECT v.tenant_id, v.item_id, max(v.version) AS latest, (array_agg(v.status ORDER BY v.version DESC))[1] AS status,
                 max(v.version) FILTER (WHERE v.status = 'accepted') AS accepted,
                 (array_agg(v.expires_at ORDER BY v.version DESC) FILTER (WHERE v.status = 'accepted'))[1] AS expires
            FROM evidence_version v
           WHERE (v.tenant_id, v.item_id) IN (SELECT n.tenant_id, n.item_id FROM new_rows n)
           GROUP BY v.tenant_id, v.item_id) x
   WHERE i.tenant_id = x.tenant_id AND i.id = x.item_id
     AND (i.latest_version, i.latest_status, i.accepted_version, i.expires_at) IS DISTINCT FROM (x.latest, x.status, x.accepted, x.expires) $q$;
  RETURN NULL;
END $$;
CREATE TRIGGER evidence_item_project_insert AFTER INSERT ON evidence_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION evidence_item_project();
CREATE TRIGGER evidence_item_project_update AFTER UPDATE ON evidence_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION evidence_item_project();

-- ------------------------------------------------------------------------------------------------------------------------ re-evaluation
CREATE FUNCTION evidence_version_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  FOR found IN EXECUTE $q$
    SELECT l.tenant_id, array_agg(DISTINCT l.workload_id) AS workloads
      FROM new_rows n JOIN evidence_link l ON l.tenant_id = n.tenant_id AND l.item_id = n.item_id AND l.removed_at IS NULL
     GROUP BY l.tenant_id $q$
  LOOP PERFORM mark_many_for_reevaluation(found.tenant_id, found.workloads, 'evidence'); END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER evidence_version_mark_insert AFTER INSERT ON evidence_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION evidence_version_mark();

-- Bookkeeping of notices changes nothing that the tree reads.
CREATE FUNCTION evidence_version_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  -- EXECUTE: a cached plan would keep the row count of its first call and join many rows pair by pair.
  FOR found IN EXECUTE $q$
    SELECT l.tenant_id, array_agg(DISTINCT l.workload_id) AS workloads
      FROM new_rows n JOIN old_rows o ON o.tenant_id = n.tenant_id AND o.item_id = n.item_id AND o.version = n.version AND o.status <> n.status
      JOIN evidence_link l ON l.tenant_id = n.tenant_id AND l.item_id = n.item_id AND l.removed_at IS NULL
     GROUP BY l.tenant_id $q$
  LOOP PERFORM mark_many_for_reevaluation(found.tenant_id, found.workloads, 'evidence'); END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER evidence_version_mark_update AFTER UPDATE ON evidence_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION evidence_version_mark_changed();

CREATE FUNCTION workloads_of_rows_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  FOR found IN SELECT n.tenant_id, array_agg(DISTINCT n.workload_id) AS workloads FROM new_rows n GROUP BY n.tenant_id
  LOOP PERFORM mark_many_for_reevaluation(found.tenant_id, found.workloads, TG_ARGV[0]); END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER evidence_link_mark_insert AFTER INSERT ON evidence_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workloads_of_rows_mark('evidence');
CREATE TRIGGER evidence_link_mark_update AFTER UPDATE ON evidence_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workloads_of_rows_mark('evidence');
CREATE TRIGGER coverage_exception_mark_insert AFTER INSERT ON coverage_exception REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION workloads_of_rows_mark('exception');

CREATE FUNCTION coverage_exception_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  FOR found IN EXECUTE $q$
    SELECT n.tenant_id, array_agg(DISTINCT n.workload_id) AS workloads
      FROM new_rows n JOIN old_rows o ON o.tenant_id = n.tenant_id AND o.id = n.id AND o.status <> n.status GROUP BY n.tenant_id $q$
  LOOP PERFORM mark_many_for_reevaluation(found.tenant_id, found.workloads, 'exception'); END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER coverage_exception_mark_update AFTER UPDATE ON coverage_exception REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_exception_mark_changed();

-- ------------------------------------------------------------------------------------------------------------------------ security
CALL secure_tenant_table('evidence_blob', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('evidence_item', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('evidence_version', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('evidence_link', 'SELECT, INSERT, UPDATE');
CALL secure_tenant_table('coverage_exception', 'SELECT, INSERT, UPDATE');

CALL allow_scheduler('evidence_blob', 'tenant_id, sha256, scan_status, created_at');
CALL allow_scheduler('evidence_version', 'tenant_id, item_id, version, next_notice_at');
CALL allow_scheduler('coverage_exception', 'tenant_id, id, next_notice_at');
