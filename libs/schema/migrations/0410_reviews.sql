-- Post-deploy governance reviews (domain.md section 8). The database is the schedule: a row of `review` with a due time is what makes a
-- review happen; queues only make it happen sooner (architecture.md section 5).

-- Questions of a review, per edition; a review keeps the version it was started with.
CREATE TABLE review_template (
  tenant_id  uuid NOT NULL REFERENCES organization (tenant_id),
  id         uuid NOT NULL,
  edition    text NOT NULL CHECK (char_length(edition) BETWEEN 1 AND 64),
  number     integer NOT NULL CHECK (number >= 1),
  digest     text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
  content    jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by jsonb NOT NULL DEFAULT app_actor(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, edition, number),
  UNIQUE (tenant_id, edition, digest)
);
CALL secure_tenant_table('review_template', 'SELECT, INSERT');
CALL forbid_change('review_template');

-- Which reviews a workload owes. reason and tier say which line of the policy it follows, so that a change of policy can be recomputed.
CREATE TABLE review_schedule (
  tenant_id         uuid NOT NULL REFERENCES organization (tenant_id),
  id                uuid NOT NULL,
  workload_id       uuid NOT NULL,
  active            boolean NOT NULL DEFAULT true,
  reason            text NOT NULL CHECK (reason IN ('production', 'hardening_pilot', 'pilot_with_pii_or_tools')),
  tier              text NOT NULL CHECK (tier IN ('low', 'medium', 'high', 'critical')),
  rrule             text NOT NULL CHECK (char_length(rrule) BETWEEN 5 AND 300),
  anchor_date       date NOT NULL,
  time_zone         text NOT NULL CHECK (char_length(time_zone) BETWEEN 1 AND 64),
  due_at_local_time text NOT NULL CHECK (due_at_local_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- Due time of the open occurrence; NULL once the schedule has ended.
  next_due_at       timestamptz(3),
  -- The classification that last required it.
  classification_id uuid NOT NULL,
  created_at        timestamptz(3) NOT NULL,
  updated_at        timestamptz(3) NOT NULL,
  ended_at          timestamptz(3),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  CHECK (active = (ended_at IS NULL)),
  CHECK (active = (next_due_at IS NOT NULL))
);
CREATE UNIQUE INDEX review_schedule_one_active ON review_schedule (tenant_id, workload_id) WHERE active;
CREATE INDEX review_schedule_workload_idx ON review_schedule (tenant_id, workload_id, created_at);
CREATE INDEX review_schedule_active_idx ON review_schedule (tenant_id, id) WHERE active;
CALL secure_tenant_table('review_schedule', 'SELECT, INSERT, UPDATE');

-- One review of one workload, due at an instant. schedule_id NULL = out of cycle.
CREATE TABLE review (
  tenant_id        uuid NOT NULL REFERENCES organization (tenant_id),
  id               uuid NOT NULL,
  workload_id      uuid NOT NULL,
  schedule_id      uuid,
  status           text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'due', 'in_progress', 'awaiting_sign_off', 'completed', 'skipped')),
  due_at           timestamptz(3) NOT NULL,
  -- End of the due day in the organization's time zone: from here on it is overdue, and a completion is late.
  overdue_at       timestamptz(3) NOT NULL,
  -- The date of the series it belongs to; due_at differs from it only when somebody moved the review.
  regular_due_at   timestamptz(3) NOT NULL,
  -- Why it was asked for, when out of cycle; or what moved it.
  reason           text CHECK (char_length(reason) BETWEEN 1 AND 4000),

  -- Claiming: the sweep takes a due row by raising the fence; whoever acts with an older fence changes nothing.
  fence            integer NOT NULL DEFAULT 0,
  attempts         integer NOT NULL DEFAULT 0,
  claimed_at       timestamptz(3),
  dead_letter_at   timestamptz(3),
  -- The next reminder or escalation; NULL once closed.
  next_reminder_at timestamptz(3),

  became_due_at    timestamptz(3),
  template_id      uuid,
  started_at       timestamptz(3),
  started_by       uuid,
  submitted_at     timestamptz(3),
  submitted_by     uuid,
  sign_off_required boolean,
  -- What was decided: answers, named changes or affirmation, changes on record with their digest, outcome, conditions.
  submission       jsonb,
  outcome          text CHECK (outcome IN ('continue', 'continue_with_conditions', 'freeze', 'roll_back', 'retire')),
  concentration_reviewed boolean,
  signed_off_by    uuid,
  sign_off_comment text CHECK (char_length(sign_off_comment) BETWEEN 1 AND 4000),
  skip_reason      text CHECK (char_length(skip_reason) BETWEEN 1 AND 4000),
  -- Who approved the skip; NULL when the system ended the obligation.
  skip_approved_by uuid,
  -- When it was completed or skipped.
  closed_at        timestamptz(3),
  -- Periods of the series that passed while this review stayed open: they were due as well.
  missed_periods   integer NOT NULL DEFAULT 0 CHECK (missed_periods >= 0),
  created_at       timestamptz(3) NOT NULL,
  updated_at       timestamptz(3) NOT NULL,
  version          integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, schedule_id, due_at),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, schedule_id) REFERENCES review_schedule (tenant_id, id),
  FOREIGN KEY (tenant_id, template_id) REFERENCES review_template (tenant_id, id),
  FOREIGN KEY (tenant_id, started_by) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, submitted_by) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, signed_off_by) REFERENCES member (tenant_id, id),
  FOREIGN KEY (tenant_id, skip_approved_by) REFERENCES member (tenant_id, id),
  CHECK (overdue_at > due_at),
  CHECK ((status IN ('completed', 'skipped')) = (closed_at IS NOT NULL)),
  CHECK (closed_at IS NULL OR next_reminder_at IS NULL),
  CHECK (status <> 'completed' OR (submission IS NOT NULL AND outcome IS NOT NULL)),
  CHECK (status <> 'completed' OR NOT sign_off_required OR (signed_off_by IS NOT NULL AND signed_off_by <> submitted_by)),
  CHECK (status <> 'skipped' OR skip_reason IS NOT NULL)
) WITH (fillfactor = 85);
-- One open occurrence per schedule, one open out-of-cycle review per workload: further triggers join it.
CREATE UNIQUE INDEX review_one_open ON review (tenant_id, schedule_id) WHERE closed_at IS NULL AND schedule_id IS NOT NULL;
CREATE UNIQUE INDEX review_one_open_out_of_cycle ON review (tenant_id, workload_id) WHERE closed_at IS NULL AND schedule_id IS NULL;
-- Lead with the instant: the sweeps read ids across tenants in order of time (schema allow-list: sweep indexes).
CREATE INDEX review_due_sweep_idx ON review (due_at) WHERE status = 'scheduled';
CREATE INDEX review_reminder_sweep_idx ON review (next_reminder_at) WHERE next_reminder_at IS NOT NULL;
CREATE INDEX review_due_idx ON review (tenant_id, due_at, id);
CREATE INDEX review_status_idx ON review (tenant_id, status, due_at, id);
CREATE INDEX review_workload_idx ON review (tenant_id, workload_id, due_at, id);
CREATE INDEX review_updated_idx ON review (tenant_id, updated_at, id);
CREATE INDEX review_dead_letter_idx ON review (tenant_id, dead_letter_at) WHERE dead_letter_at IS NOT NULL;
CALL secure_tenant_table('review', 'SELECT, INSERT, UPDATE');
CALL allow_scheduler('review', 'tenant_id, id, due_at, status, claimed_at, dead_letter_at, next_reminder_at');
CALL keep_history('review');

-- What asked for an out-of-cycle review, or happened before an open one. `key` makes a repeated delivery of the same trigger harmless.
CREATE TABLE review_trigger (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  review_id uuid NOT NULL,
  key       text NOT NULL CHECK (char_length(key) BETWEEN 3 AND 300),
  kind      text NOT NULL CHECK (kind IN ('request', 'incident', 'model_change', 'component_change', 'tool_grant', 'scope_change', 'evidence_expired', 'owner_orphaned', 'vendor_policy')),
  detail    text NOT NULL CHECK (char_length(detail) BETWEEN 1 AND 4000),
  at        timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, review_id, key),
  FOREIGN KEY (tenant_id, review_id) REFERENCES review (tenant_id, id)
);
CALL secure_tenant_table('review_trigger', 'SELECT, INSERT');
CALL forbid_change('review_trigger');

CREATE TABLE review_finding (
  tenant_id  uuid NOT NULL REFERENCES organization (tenant_id),
  id         uuid NOT NULL,
  review_id  uuid NOT NULL,
  severity   text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  -- Domain of the review's edition, or NULL for a general finding.
  domain_id  text CHECK (char_length(domain_id) BETWEEN 1 AND 64),
  title      text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
  detail     text CHECK (char_length(detail) BETWEEN 1 AND 10000),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, review_id) REFERENCES review (tenant_id, id)
);
CREATE INDEX review_finding_review_idx ON review_finding (tenant_id, review_id, id);
CALL secure_tenant_table('review_finding', 'SELECT, INSERT');
CALL forbid_change('review_finding');

-- Follow-up work: every finding becomes one, and so does an outcome other than "continue".
CREATE TABLE action (
  tenant_id       uuid NOT NULL REFERENCES organization (tenant_id),
  id              uuid NOT NULL,
  workload_id     uuid NOT NULL,
  review_id       uuid NOT NULL,
  finding_id      uuid,
  title           text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
  detail          text CHECK (char_length(detail) BETWEEN 1 AND 10000),
  severity        text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  domain_id       text CHECK (char_length(domain_id) BETWEEN 1 AND 64),
  owner_member_id uuid,
  due_at          timestamptz(3) NOT NULL,
  status          text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'done', 'dropped')),
  note            text CHECK (char_length(note) BETWEEN 1 AND 4000),
  created_at      timestamptz(3) NOT NULL,
  updated_at      timestamptz(3) NOT NULL,
  closed_at       timestamptz(3),
  closed_by       jsonb,
  version         integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id),
  FOREIGN KEY (tenant_id, review_id) REFERENCES review (tenant_id, id),
  FOREIGN KEY (tenant_id, finding_id) REFERENCES review_finding (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_member_id) REFERENCES member (tenant_id, id),
  CHECK ((status IN ('done', 'dropped')) = (closed_at IS NOT NULL)),
  CHECK (status <> 'dropped' OR note IS NOT NULL)
);
CREATE INDEX action_due_idx ON action (tenant_id, due_at, id);
CREATE INDEX action_status_idx ON action (tenant_id, status, due_at, id);
CREATE INDEX action_owner_idx ON action (tenant_id, owner_member_id, due_at, id) WHERE owner_member_id IS NOT NULL;
CREATE INDEX action_workload_idx ON action (tenant_id, workload_id, due_at, id);
CREATE INDEX action_review_idx ON action (tenant_id, review_id);
CREATE INDEX action_finding_idx ON action (tenant_id, finding_id) WHERE finding_id IS NOT NULL;
CREATE INDEX action_updated_idx ON action (tenant_id, updated_at, id);
CALL secure_tenant_table('action', 'SELECT, INSERT, UPDATE');
CALL keep_history('action');
