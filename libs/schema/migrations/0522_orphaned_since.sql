-- Slots that nobody answers for, the longest first: from when the owner left, or from when somebody was asked who left before they said yes.
CREATE INDEX owner_assignment_orphaned_since_idx ON owner_assignment (tenant_id, (coalesce(effective_to, proposed_at)), id) WHERE status = 'orphaned';
DROP INDEX owner_assignment_orphaned_idx;
