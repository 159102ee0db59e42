-- Organizations, people, sessions, API keys and invitations (domain.md section 2, architecture.md section 4).
-- A secret is never stored: every token column holds a SHA-256 of 256 random bits, every password an argon2id hash.

-- The root table of a tenant. `settings` holds tierPolicy, reviewPolicy and thresholds in full, so that a later change of a
-- preset never changes an existing organization silently.
CREATE TABLE organization (
  tenant_id  uuid PRIMARY KEY,
  name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  time_zone  text NOT NULL CHECK (char_length(time_zone) BETWEEN 1 AND 64),
  edition    text NOT NULL CHECK (char_length(edition) BETWEEN 1 AND 64),
  settings   jsonb NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
  demo       boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT app_now(),
  version    integer NOT NULL DEFAULT 1
);
CALL secure_tenant_table('organization', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('organization', 'tenant_id');
-- For the function below only.
CREATE POLICY organization_memberships ON organization FOR SELECT TO roster_migrator USING (true);

-- Allow-listed without tenant: one person may belong to several organizations and signs in once. Rows hold no tenant data.
-- `credential_version` rises with every password change; a session made under an older one is void in every organization at once.
CREATE TABLE user_account (
  id                  uuid PRIMARY KEY,
  email               text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  name                text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  password_hash       text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  password_changed_at timestamptz(3) NOT NULL DEFAULT app_now(),
  credential_version  integer NOT NULL DEFAULT 1,
  created_at          timestamptz(3) NOT NULL DEFAULT app_now()
);
CREATE UNIQUE INDEX user_account_email ON user_account (lower(email));
GRANT SELECT, INSERT ON user_account TO roster_app;
GRANT UPDATE (password_hash, password_changed_at, credential_version) ON user_account TO roster_app;

-- Allow-listed without tenant: sign-in is counted before anybody is known. Keys are SHA-256 hashes of an account, a network, or both.
CREATE TABLE login_throttle (
  key               bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  failures          integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  last_failed_at    timestamptz(3),
  last_succeeded_at timestamptz(3),
  forget_at         timestamptz(3) NOT NULL
);
CREATE INDEX login_throttle_forget ON login_throttle (forget_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_throttle TO roster_app;

-- A person in an organization. E-mail and name are copies, so that nothing inside an organization reads the global table.
CREATE TABLE member (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  id             uuid NOT NULL,
  user_id        uuid NOT NULL REFERENCES user_account (id),
  email          text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  role           text NOT NULL CHECK (role IN ('admin', 'risk_owner', 'engineering_lead', 'contributor', 'auditor', 'viewer')),
  status         text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'deactivated')),
  created_at     timestamptz(3) NOT NULL DEFAULT app_now(),
  deactivated_at timestamptz(3),
  version        integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, user_id),
  CHECK ((status = 'deactivated') = (deactivated_at IS NOT NULL))
);
CREATE UNIQUE INDEX member_email ON member (tenant_id, lower(email));
CREATE INDEX member_created ON member (tenant_id, created_at, id);
CREATE INDEX member_role ON member (tenant_id, role, id) WHERE status = 'active';
CALL secure_tenant_table('member', 'SELECT, INSERT, UPDATE');
CREATE POLICY member_memberships ON member FOR SELECT TO roster_migrator USING (true);
-- The only look across organizations that signing in needs. Leads with user_id on purpose and serves the function below alone.
CREATE INDEX member_user ON member (user_id);

CREATE TABLE session (
  tenant_id           uuid NOT NULL REFERENCES organization (tenant_id),
  id                  uuid NOT NULL,
  member_id           uuid NOT NULL,
  token_hash          bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  credential_version  integer NOT NULL,
  created_at          timestamptz(3) NOT NULL DEFAULT app_now(),
  last_seen_at        timestamptz(3) NOT NULL DEFAULT app_now(),
  absolute_expires_at timestamptz(3) NOT NULL,
  revoked_at          timestamptz(3),
  revoked_reason      text CHECK (revoked_reason IN ('signed_out', 'password_changed', 'deactivated', 'rotated')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX session_member ON session (tenant_id, member_id) WHERE revoked_at IS NULL;
CREATE INDEX session_expiry ON session (tenant_id, absolute_expires_at);
CALL secure_tenant_table('session', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE api_key (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  id             uuid NOT NULL,
  name           text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  permissions    text[] NOT NULL CHECK (cardinality(permissions) BETWEEN 1 AND 200),
  secret_hash    bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  created_by     uuid NOT NULL,
  created_at     timestamptz(3) NOT NULL DEFAULT app_now(),
  expires_at     timestamptz(3) NOT NULL,
  last_used_at   timestamptz(3),
  revoked_at     timestamptz(3),
  revoked_reason text CHECK (revoked_reason IN ('revoked', 'creator_deactivated')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES member (tenant_id, id),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX api_key_created ON api_key (tenant_id, created_at, id);
CREATE INDEX api_key_creator ON api_key (tenant_id, created_by) WHERE revoked_at IS NULL;
CALL secure_tenant_table('api_key', 'SELECT, INSERT, UPDATE');

CREATE TABLE invitation (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  id          uuid NOT NULL,
  email       text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  role        text NOT NULL CHECK (role IN ('admin', 'risk_owner', 'engineering_lead', 'contributor', 'auditor', 'viewer')),
  token_hash  bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  invited_by  uuid NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT app_now(),
  expires_at  timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  accepted_by uuid,
  revoked_at  timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, invited_by) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, accepted_by) REFERENCES member (tenant_id, id),
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
-- One open invitation per address; inviting again revokes the one before.
CREATE UNIQUE INDEX invitation_open ON invitation (tenant_id, lower(email)) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_created ON invitation (tenant_id, created_at, id);
CREATE INDEX invitation_inviter ON invitation (tenant_id, invited_by);
CREATE INDEX invitation_member ON invitation (tenant_id, accepted_by);
CALL secure_tenant_table('invitation', 'SELECT, INSERT, UPDATE');

-- Which organizations a person who has just proved who they are may enter. Signing in knows the person before the organization, so
-- this one statement looks across organizations; it answers for one user and returns nothing but ids, a name and a status.
CREATE FUNCTION memberships_of_user(p_user_id uuid)
RETURNS TABLE (tenant_id uuid, organization_name text, member_id uuid, member_status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, o.name, m.id, m.status
    FROM member m JOIN organization o ON o.tenant_id = m.tenant_id
   WHERE m.user_id = p_user_id
   ORDER BY m.created_at, m.tenant_id
   LIMIT 100
$$;
REVOKE ALL ON FUNCTION memberships_of_user(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memberships_of_user(uuid) TO roster_app;
