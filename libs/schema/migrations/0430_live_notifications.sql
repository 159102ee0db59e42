-- Live notifications: whoever listens is woken at commit. The payload names the member, never the content; a lost wake-up costs the time to
-- the next look.

CREATE FUNCTION notification_inserted_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('roster_notification', n.tenant_id || ':' || n.member_id) FROM (SELECT DISTINCT tenant_id, member_id FROM written) n;
  RETURN NULL;
END $$;
CREATE TRIGGER notification_inserted_notify AFTER INSERT ON notification REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION notification_inserted_notify();

-- Reading one elsewhere changes how many are unread here.
CREATE FUNCTION notification_read_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('roster_notification', n.tenant_id || ':' || n.member_id)
     FROM (SELECT DISTINCT w.tenant_id, w.member_id FROM written w JOIN replaced r ON r.tenant_id = w.tenant_id AND r.id = w.id WHERE r.read_at IS DISTINCT FROM w.read_at) n;
  RETURN NULL;
END $$;
CREATE TRIGGER notification_read_notify AFTER UPDATE ON notification REFERENCING NEW TABLE AS written OLD TABLE AS replaced
  FOR EACH STATEMENT EXECUTE FUNCTION notification_read_notify();

-- A stream that a session opened ends with the session, at once when somebody ends it.
CREATE FUNCTION session_ended_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('roster_session', NEW.tenant_id || ':' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER session_ended_notify AFTER UPDATE OF revoked_at ON session
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION session_ended_notify();
