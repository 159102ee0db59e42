-- What somebody owns, by when it asks for an answer: accepted ones by when they are to be affirmed again, others by when they were proposed. (CASE and not coalesce: row security lets only
-- the former bound a scan.) With the workload in the index, and what its expression is made of, home, "mine" and what somebody is accountable for read no row of the table.
DROP INDEX owner_assignment_member_idx;
CREATE INDEX owner_assignment_member_idx ON owner_assignment (tenant_id, member_id, status, (CASE WHEN status = 'accepted' THEN reaffirm_due_at ELSE proposed_at END), id)
  INCLUDE (workload_id, reaffirm_due_at, proposed_at) WHERE member_id IS NOT NULL;
