-- What home counts among living workloads, from one index alone: reading their rows cost the whole table for whoever owns much.
CREATE INDEX workload_living_idx ON workload (tenant_id, id) INCLUDE (stage_rank, frozen, unowned, falls_sort, risk_owner_member_id) WHERE listed AND lifecycle <> 'retired';
