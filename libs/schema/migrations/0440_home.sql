-- What home asks for, however large the inventory: open reviews by their due time, and owners who left without a successor.
CREATE INDEX review_open_idx ON review (tenant_id, due_at, id) INCLUDE (overdue_at, workload_id, status) WHERE closed_at IS NULL;
CREATE INDEX owner_assignment_orphaned_idx ON owner_assignment (tenant_id, id) WHERE status = 'orphaned';
CREATE INDEX action_open_idx ON action (tenant_id, owner_member_id, due_at, id) WHERE closed_at IS NULL;
-- Experiments and Pilots, nearest to the next stage first.
CREATE INDEX workload_next_stage_idx ON workload (tenant_id, stage_rank DESC, hardening DESC, missing_evidence, id) WHERE listed AND stage_rank IN (1, 2);
