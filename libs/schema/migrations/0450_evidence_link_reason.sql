-- Why a link was accepted or rejected. Whoever made it reads the reason where the link stands, as with versions; it is as final as the decision.
ALTER TABLE evidence_link ADD COLUMN decision_comment text CHECK (char_length(decision_comment) <= 4000),
  ADD CHECK (decision_comment IS NULL OR decided_at IS NOT NULL);

CREATE OR REPLACE FUNCTION evidence_link_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.item_id, NEW.workload_id, NEW.edition, NEW.requirement_key, NEW.proposed_at, NEW.proposed_by, NEW.proposer_member_id)
     IS DISTINCT FROM (OLD.item_id, OLD.workload_id, OLD.edition, OLD.requirement_key, OLD.proposed_at, OLD.proposed_by, OLD.proposer_member_id)
     OR (OLD.decided_at IS NOT NULL AND (NEW.status, NEW.decided_at, NEW.decided_by, NEW.decider_member_id, NEW.decision_comment)
         IS DISTINCT FROM (OLD.status, OLD.decided_at, OLD.decided_by, OLD.decider_member_id, OLD.decision_comment))
     OR OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'an evidence link is decided and removed once; make a new link' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
