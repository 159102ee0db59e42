-- Notifications of members and the outbox of mails (domain.md section 8: reminders, escalation, snooze and digest per member).

-- One message to one member. The key says which occasion it is about; the same occasion never tells the same member twice.
CREATE TABLE notification (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  id          uuid NOT NULL,
  member_id   uuid NOT NULL,
  kind        text NOT NULL CHECK (char_length(kind) BETWEEN 3 AND 120),
  key         text NOT NULL CHECK (char_length(key) BETWEEN 3 AND 300),
  title       text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
  body        text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 4000),
  href        text NOT NULL CHECK (char_length(href) BETWEEN 1 AND 2000),
  created_at  timestamptz(3) NOT NULL,
  read_at     timestamptz(3),
  -- 'waiting' until the next digest of the member takes it up, or the snooze ends.
  mail        text NOT NULL CHECK (mail IN ('none', 'immediate', 'waiting', 'digested')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE UNIQUE INDEX notification_once ON notification (tenant_id, member_id, key);
CREATE INDEX notification_member_idx ON notification (tenant_id, member_id, created_at, id);
CREATE INDEX notification_unread_idx ON notification (tenant_id, member_id, created_at, id) WHERE read_at IS NULL;
CREATE INDEX notification_waiting_idx ON notification (tenant_id, member_id) WHERE mail = 'waiting';
CALL secure_tenant_table('notification', 'SELECT, INSERT, UPDATE');

-- How a member wants mail. No row: at once, nothing snoozed.
CREATE TABLE notification_preference (
  tenant_id      uuid NOT NULL REFERENCES organization (tenant_id),
  member_id      uuid NOT NULL,
  mail_mode      text NOT NULL DEFAULT 'immediate' CHECK (mail_mode IN ('immediate', 'daily')),
  snoozed_until  timestamptz(3),
  -- When the waiting notifications go out as one mail; NULL while nothing waits.
  next_digest_at timestamptz(3),
  version        integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
-- Leads with the instant: the sweep reads ids across tenants in order of time (schema allow-list: sweep index).
CREATE INDEX notification_digest_sweep_idx ON notification_preference (next_digest_at) WHERE next_digest_at IS NOT NULL;
CALL secure_tenant_table('notification_preference', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('notification_preference', 'tenant_id, member_id, next_digest_at');

-- The outbox of mails: written in the business transaction, sent by a job, readable for those who may.
-- 'kept' = no mail server is configured, the mail stays here to be read. 'failed' = given up after the last attempt, kept for the operator.
CREATE TABLE mail_message (
  tenant_id       uuid NOT NULL REFERENCES organization (tenant_id),
  id              uuid NOT NULL,
  key             text NOT NULL CHECK (char_length(key) BETWEEN 3 AND 400),
  member_id       uuid,
  to_address      text NOT NULL CHECK (char_length(to_address) BETWEEN 3 AND 254),
  to_name         text CHECK (char_length(to_name) BETWEEN 1 AND 200),
  subject         text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 300),
  body            text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 100000),
  status          text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sending', 'sent', 'kept', 'failed')),
  fence           integer NOT NULL DEFAULT 0,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  last_error      text CHECK (char_length(last_error) BETWEEN 1 AND 2000),
  created_at      timestamptz(3) NOT NULL,
  sent_at         timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, key),
  FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id),
  CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
  CHECK ((status IN ('queued', 'sending')) = (next_attempt_at IS NOT NULL))
);
CREATE INDEX mail_message_created_idx ON mail_message (tenant_id, created_at, id);
CREATE INDEX mail_message_status_idx ON mail_message (tenant_id, status, created_at, id);
CREATE INDEX mail_message_member_idx ON mail_message (tenant_id, member_id) WHERE member_id IS NOT NULL;
-- Leads with the instant: the sweep reads ids across tenants in order of time (schema allow-list: sweep index).
CREATE INDEX mail_message_sweep_idx ON mail_message (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CALL secure_tenant_table('mail_message', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('mail_message', 'tenant_id, id, next_attempt_at, status');
