-- The checklist asks for the first of each step; these find it however many rows are not done yet.
CREATE INDEX workload_determined_idx ON workload (tenant_id, id) WHERE listed AND stage IS NOT NULL AND NOT undetermined;
CREATE INDEX owner_assignment_first_accepted_idx ON owner_assignment (tenant_id, effective_from, id) WHERE status = 'accepted';
