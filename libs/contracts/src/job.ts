/**
 * Jobs: `area.verb-noun` -> payload. Payloads hold ids, never evidence or personal data.
 * Each name has exactly one handler or the worker refuses to start (architecture rule 9).
 */
export interface JobPayloads {
  /** System tick: hand the outbox to the queue. */
  'platform.relay-outbox': Record<string, never>;
  /** Run every listener of one event, each once. */
  'platform.deliver-event': { tenantId: string; outboxId: string };
  /** System tick: drop relayed outbox rows, consumer fences and idempotency keys that are old. */
  'platform.sweep-retention': Record<string, never>;
  /** System tick: give leaf indexes to trail entries and sign checkpoints. */
  'trail.sequence-entries': Record<string, never>;
  /** Work on an import; the operation says which of the readings, commits and roll-backs that were asked for. */
  'inventory.run-import': { tenantId: string; importId: string; operationId: string };
  'inventory.commit-import': { tenantId: string; importId: string; operationId: string };
  'inventory.rollback-import': { tenantId: string; importId: string; operationId: string };
  'inventory.commit-bulk-edit': { tenantId: string; bulkEditId: string };
  'inventory.undo-bulk-edit': { tenantId: string; bulkEditId: string };
  'inventory.build-export': { tenantId: string; exportId: string };
  /** System tick: files of exports past their time. */
  'inventory.sweep-exports': Record<string, never>;
  /** System tick: previews of bulk edits that nobody committed. */
  'inventory.sweep-bulk-edits': Record<string, never>;
  /** System tick: files and rows of imports past their time. */
  'inventory.sweep-imports': Record<string, never>;
  /** System tick: workloads marked for re-evaluation, and those whose next expiry has passed. */
  'classification.sweep-due': Record<string, never>;
  'classification.reevaluate-tenant': { tenantId: string; operationId: string };
  /** What another edition would change, workload by workload. */
  'classification.preview-impact': { tenantId: string; operationId: string; change: Readonly<Record<string, unknown>> };
  /** System tick: nightly full evaluation of every organization. */
  'classification.sweep-nightly': Record<string, never>;
  'evidence.sweep-expiry': Record<string, never>;
  /** System tick: remove uploads that were used, given up or forgotten. */
  'evidence.sweep-uploads': Record<string, never>;
  /** Ask the virus scanner about one file in quarantine. */
  'evidence.scan-file': { tenantId: string; sha256: string };
  'inventory.sweep-ownership': Record<string, never>;
  /** System tick: claim due occurrences and re-arm lost ones. */
  'reviews.sweep-due': Record<string, never>;
  'reviews.make-due': { tenantId: string; reviewId: string; fence: number };
  'reviews.sweep-reminders': Record<string, never>;
  'notifications.send-mail': { tenantId: string; mailId: string };
  'notifications.sweep-mail': Record<string, never>;
  'packs.build-pack': { tenantId: string; packId: string };
  'onboarding.add-sample-data': { tenantId: string; sampleId: string };
  'onboarding.remove-sample-data': { tenantId: string; sampleId: string };
}
export type JobName = keyof JobPayloads;

const names: Record<JobName, true> = {
  'platform.relay-outbox': true, 'platform.deliver-event': true, 'platform.sweep-retention': true, 'trail.sequence-entries': true,
  'inventory.run-import': true, 'inventory.commit-import': true, 'inventory.rollback-import': true, 'inventory.commit-bulk-edit': true, 'inventory.undo-bulk-edit': true, 'inventory.build-export': true, 'inventory.sweep-exports': true, 'inventory.sweep-bulk-edits': true, 'inventory.sweep-imports': true, 'inventory.sweep-ownership': true,
  'classification.sweep-due': true, 'classification.reevaluate-tenant': true, 'classification.sweep-nightly': true, 'classification.preview-impact': true, 'evidence.sweep-expiry': true, 'evidence.sweep-uploads': true, 'evidence.scan-file': true,
  'reviews.sweep-due': true, 'reviews.make-due': true, 'reviews.sweep-reminders': true, 'notifications.send-mail': true, 'notifications.sweep-mail': true,
  'packs.build-pack': true, 'onboarding.add-sample-data': true, 'onboarding.remove-sample-data': true,
};
export const JOB_NAMES = Object.keys(names) as JobName[];

/** Jobs that may take minutes run on their own queue, so that they never hold up the short ones. */
export const HEAVY_JOBS: readonly JobName[] = ['evidence.scan-file', 'inventory.run-import', 'inventory.commit-import', 'inventory.rollback-import', 'inventory.commit-bulk-edit', 'inventory.undo-bulk-edit', 'inventory.build-export', 'classification.reevaluate-tenant', 'classification.preview-impact', 'packs.build-pack', 'onboarding.add-sample-data', 'onboarding.remove-sample-data'];

/**
 * System ticks: interval in milliseconds. They run on a timer of each worker and never through the queue, so that losing the queue cannot
 * stop the sweeps that repair it (docs/adr, database-is-the-schedule). Several workers may run the same tick: sweeps skip locked rows.
 */
export const SYSTEM_TICKS = {
  'platform.relay-outbox': 2_000,
  'platform.sweep-retention': 3_600_000,
  'trail.sequence-entries': 2_000,
  'classification.sweep-due': 2_000,
  'classification.sweep-nightly': 3_600_000,
  'evidence.sweep-expiry': 60_000,
  'evidence.sweep-uploads': 300_000,
  'inventory.sweep-ownership': 3_600_000,
  'inventory.sweep-exports': 600_000,
  'inventory.sweep-bulk-edits': 3_600_000,
  'inventory.sweep-imports': 3_600_000,
  'reviews.sweep-due': 5_000,
  'reviews.sweep-reminders': 60_000,
  'notifications.sweep-mail': 5_000,
} as const satisfies Partial<Record<JobName, number>>;
