-- "A Production workload without an active review schedule cannot exist (enforced in the database)" (domain.md section 5, point 4).
-- Checked at commit, so that stage and schedule may be written in either order. Retired, withdrawn and merged workloads owe no reviews.
CREATE FUNCTION assert_production_has_schedule(p_tenant uuid, p_workload uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workload w WHERE w.tenant_id = p_tenant AND w.id = p_workload AND w.stage IN ('production', 'scaled')
                AND w.lifecycle <> 'retired' AND w.withdrawn_at IS NULL AND w.merged_into_id IS NULL)
     AND NOT EXISTS (SELECT FROM review_schedule s WHERE s.tenant_id = p_tenant AND s.workload_id = p_workload AND s.active) THEN
    RAISE EXCEPTION 'workload % is in production without an active review schedule', p_workload
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'production_needs_schedule', TABLE = 'workload';
  END IF;
END $$;

CREATE FUNCTION workload_production_needs_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM assert_production_has_schedule(NEW.tenant_id, NEW.id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER production_needs_schedule_insert AFTER INSERT ON workload DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.stage IN ('production', 'scaled')) EXECUTE FUNCTION workload_production_needs_schedule();
CREATE CONSTRAINT TRIGGER production_needs_schedule_update AFTER UPDATE OF stage, lifecycle, withdrawn_at, merged_into_id ON workload DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.stage IN ('production', 'scaled')) EXECUTE FUNCTION workload_production_needs_schedule();

CREATE FUNCTION schedule_of_production_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM assert_production_has_schedule(OLD.tenant_id, OLD.workload_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER schedule_of_production_ends AFTER UPDATE OF active, workload_id ON review_schedule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.active AND (NOT NEW.active OR NEW.workload_id <> OLD.workload_id)) EXECUTE FUNCTION schedule_of_production_stays();
CREATE CONSTRAINT TRIGGER schedule_of_production_deleted AFTER DELETE ON review_schedule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.active) EXECUTE FUNCTION schedule_of_production_stays();

-- Whether concentration was looked at in the last review is part of what makes a workload Scaled (domain.md section 5, point 5).
CREATE FUNCTION review_completed_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM mark_for_reevaluation(NEW.tenant_id, NEW.workload_id, 'review'); RETURN NULL; END $$;
CREATE TRIGGER review_completed_marks AFTER UPDATE OF status ON review
  FOR EACH ROW WHEN (NEW.status = 'completed' AND OLD.status <> 'completed') EXECUTE FUNCTION review_completed_marks();
