/**
 * Domain events: `area.noun.verbed` -> payload. Written to the outbox in the caller's transaction, delivered at least once after commit.
 * Listeners are idempotent. Payloads hold ids only.
 */
export interface EventPayloads {
  'inventory.workload.registered': { workloadId: string };
  'inventory.workload.changed': { workloadId: string; fields: string[] };
  'inventory.workload.retired': { workloadId: string };
  'inventory.owner.changed': { workloadId: string; role: string; memberId: string | null; status: string };
  'inventory.owner.orphaned': { workloadId: string; role: string; memberId: string };
  /** Ownership has to be re-affirmed: the owner accepts again. */
  'inventory.owner.reaffirmation-due': { workloadId: string; role: string; memberId: string; assignmentId: string };
  /** A workload was merged into another: what is attached to it belongs to the other from now on. */
  'inventory.workload.merged': { workloadId: string; intoId: string };
  'inventory.import.committed': { importId: string };
  /** What an import created was withdrawn, what it changed was restored. */
  'inventory.import.rolled-back': { importId: string };
  'access.member.deactivated': { memberId: string };
  'access.organization.changed': { fields: string[] };
  'evidence.version.submitted': { itemId: string; version: number };
  'evidence.version.decided': { itemId: string; version: number; decision: string };
  'evidence.version.expired': { itemId: string; version: number };
  'evidence.version.expiring': { itemId: string; version: number; days: number };
  /** The scanner found the file harmful; nothing of it can be read any more. */
  'evidence.version.refused': { itemId: string; version: number };
  'evidence.exception.requested': { exceptionId: string };
  'evidence.exception.decided': { exceptionId: string; decision: string };
  'evidence.exception.expiring': { exceptionId: string; days: number };
  'evidence.exception.expired': { exceptionId: string };
  'incidents.drill.recorded': { workloadId: string; drillId: string };
  'classification.stage.changed': { workloadId: string; from: string | null; to: string; classificationId: string };
  'classification.freeze.changed': { workloadId: string; active: boolean };
  /** A fall of stage lies ahead within the organization's horizon. */
  'classification.fall.announced': { workloadId: string; fallsAt: string };
  'classification.scope-change.recorded': { workloadId: string; scopeChangeId: string };
  'classification.break-glass.granted': { workloadId: string; breakGlassId: string };
  'reviews.review.due': { reviewId: string; workloadId: string };
  'reviews.review.completed': { reviewId: string; workloadId: string };
  'packs.pack.built': { packId: string };
}
export type EventName = keyof EventPayloads;
