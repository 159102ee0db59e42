/**
 * Jobs: `area.verb-noun` -> payload. Payloads hold ids, never evidence or personal data.
 * Each name has exactly one handler or the worker refuses to start (architecture rule 9).
 */
export interface JobPayloads {
  /** System tick: hand the outbox to the queue. */
  'platform.relay-outbox': Record<string, never>;
  /** System tick: give leaf indexes to trail entries and sign checkpoints. */
  'trail.sequence-entries': Record<string, never>;
  'inventory.run-import': { tenantId: string; importId: string };
  'inventory.commit-import': { tenantId: string; importId: string };
  'inventory.rollback-import': { tenantId: string; importId: string };
  /** System tick: workloads marked for re-evaluation, and those whose next expiry has passed. */
  'classification.sweep-due': Record<string, never>;
  'classification.reevaluate-tenant': { tenantId: string; operationId: string };
  /** System tick: nightly full evaluation of every organization. */
  'classification.sweep-nightly': Record<string, never>;
  'evidence.sweep-expiry': Record<string, never>;
  'inventory.sweep-ownership': Record<string, never>;
  /** System tick: claim due occurrences and re-arm lost ones. */
  'reviews.sweep-due': Record<string, never>;
  'reviews.make-due': { tenantId: string; reviewId: string; fence: number };
  'reviews.sweep-reminders': Record<string, never>;
  'notifications.send-mail': { tenantId: string; mailId: string };
  'notifications.sweep-mail': Record<string, never>;
  'notifications.deliver-event': { tenantId: string; outboxId: string };
  'packs.build-pack': { tenantId: string; packId: string };
}
export type JobName = keyof JobPayloads;

/** System ticks: the only BullMQ job schedulers (architecture.md section 5). Interval in milliseconds. */
export const SYSTEM_TICKS = {
  'platform.relay-outbox': 1_000,
  'trail.sequence-entries': 2_000,
  'classification.sweep-due': 2_000,
  'classification.sweep-nightly': 3_600_000,
  'evidence.sweep-expiry': 60_000,
  'inventory.sweep-ownership': 3_600_000,
  'reviews.sweep-due': 5_000,
  'reviews.sweep-reminders': 60_000,
  'notifications.sweep-mail': 5_000,
} as const satisfies Partial<Record<JobName, number>>;
