-- Two indexes answer more from themselves (architecture.md section 4). No index more, and the same number of writes.

-- Open reviews of somebody who owns much: their workloads without reading the table. `listed` was the condition of this index; a review has its workload whether listed or not.
DROP INDEX workload_owner_idx;
CREATE INDEX workload_owner_idx ON workload (tenant_id, risk_owner_member_id, updated_at, id) INCLUDE (listed) WHERE risk_owner_member_id IS NOT NULL;

-- How many workloads an instant knew, without reading what they were.
DROP INDEX workload_history_updated_idx;
CREATE INDEX workload_history_updated_idx ON workload_history (tenant_id, updated_at, id) INCLUDE (valid) WHERE listed;
