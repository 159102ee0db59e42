import type { RiskTier, TierPolicy } from '@roster/contracts';
import type { DrillDto } from './drill.dto.js';
import type { DrillRow } from './drill.repository.js';
import { drillCountsUntil, withinLimit } from './drill-rules.js';

/** @param tier risk tier of the workload now; unset counts as the strictest */
export function toDrillDto(row: DrillRow, workloadKey: string, policy: TierPolicy, tier: RiskTier | null): DrillDto {
  const within = withinLimit(row.kind, row.durationSeconds, policy.killSwitchMaxSeconds);
  return {
    id: row.id, workload: workloadKey, kind: row.kind, startedAt: row.startedAt, endedAt: row.endedAt, durationSeconds: row.durationSeconds, result: row.result,
    withinLimit: within, countsUntil: drillCountsUntil(row, policy, tier),
    method: row.method, participants: row.participants, notes: row.notes,
    evidence: { id: row.evidenceItemId, version: row.evidenceVersion },
    attachedEvidence: row.attachedEvidenceItemId === null ? null : { id: row.attachedEvidenceItemId, version: null },
    recordedAt: row.recordedAt, recordedBy: { type: row.recordedBy.type, id: row.recordedBy.id, name: row.recordedBy.name },
  };
}
