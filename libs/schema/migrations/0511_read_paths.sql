-- Indexes for what pages ask of a large organization: without them each of these reads all of it (architecture.md section 4).

-- As of an instant: the two orders a list is usually in, and who owned each workload of a page.
CREATE INDEX workload_history_updated_idx ON workload_history (tenant_id, updated_at, id) WHERE listed;
CREATE INDEX workload_history_name_idx    ON workload_history (tenant_id, name_sort, id) WHERE listed;
CREATE INDEX owner_assignment_history_workload_idx ON owner_assignment_history (tenant_id, workload_id);

-- How many workloads are in which stage, from the index alone; and those that are live, for what they have in common.
CREATE INDEX workload_living_stage_idx ON workload (tenant_id, stage, hardening) WHERE listed AND lifecycle <> 'retired';
