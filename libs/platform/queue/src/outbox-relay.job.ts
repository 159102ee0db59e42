import { Injectable } from '@nestjs/common';
import type { EventName, EventPayloads, JobName } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobHandler } from './handler.decorator.js';
import { JobProducer } from './job-producer.js';
import { JobRegistry } from './job-registry.js';
import { OutboxRepository } from './outbox.repository.js';

const BATCH = 1_000;
const RETENTION_DAYS = 7;
/** Relayed for this long and not done: the queue may have lost it. Adding a job that still exists is a no-op, so a slow queue is not harmed. */
const LOST_MILLISECONDS = 120_000;

/** Hands outbox rows to the queue: add first, mark after, so that a crash between the two repeats and never loses. */
@Injectable()
@HandlesJob('platform.relay-outbox')
export class RelayOutboxJob implements JobHandler<'platform.relay-outbox'> {
  constructor(private readonly outbox: OutboxRepository, private readonly producer: JobProducer, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  async handle(): Promise<void> {
    for (;;) {
      const lostBefore = new Date(this.clock.now().getTime() - LOST_MILLISECONDS);
      const pending = await this.outbox.pending(SystemScope.because('relay the outbox of every organization'), BATCH, lostBefore);
      const byTenant = groupByTenant(pending);
      let relayed = 0;
      for (const [tenantId, rows] of byTenant) relayed += await this.relay(TenantScope.forSystem(tenantId, 'outbox relay'), rows.map((row) => row.id), lostBefore);
      if (pending.length < BATCH || relayed === 0) return;
    }
  }

  private relay(scope: TenantScope, ids: string[], lostBefore: Date): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const rows = await this.outbox.lockPending(scope, ids, lostBefore);
      await this.producer.addMany(rows.map((row) => (row.kind === 'job'
        ? { id: row.id, name: row.name as JobName, payload: row.payload }
        : { id: row.id, name: 'platform.deliver-event' as const, payload: { tenantId: scope.tenantId, outboxId: row.id } })));
      await this.outbox.markRelayed(scope, rows.map((row) => row.id), this.clock.now());
      return rows.length;
    });
  }
}

function groupByTenant(rows: { tenantId: string; id: string }[]): Map<string, { tenantId: string; id: string }[]> {
  const groups = new Map<string, { tenantId: string; id: string }[]>();
  for (const row of rows) groups.set(row.tenantId, [...(groups.get(row.tenantId) ?? []), row]);
  return groups;
}

/** Runs every listener of one event; each takes effect once, whatever happens to the others. */
@Injectable()
@HandlesJob('platform.deliver-event')
export class DeliverEventJob implements JobHandler<'platform.deliver-event'> {
  constructor(private readonly outbox: OutboxRepository, private readonly registry: JobRegistry, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  async handle(payload: { tenantId: string; outboxId: string }): Promise<void> {
    const scope = TenantScope.forSystem(payload.tenantId, 'event delivery');
    const event = await this.outbox.find(scope, payload.outboxId);
    // Rows older than the retention are gone; their listeners ran long ago.
    if (!event) return;
    const name = event.name as EventName;
    const errors: unknown[] = [];
    for (const { consumer, listener } of this.registry.listenersOf(name)) {
      try {
        await this.unitOfWork.run(scope, async () => {
          if (!(await this.outbox.claimEffect(scope, consumer, event.id, this.clock.now()))) return;
          await listener.on(scope, event.payload as EventPayloads[EventName], { id: event.id, name, at: event.createdAt });
        });
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `Delivery of ${name} failed: ${errors.map((error) => (error as Error).message).join('; ')}`);
  }
}

/** Drops what has served its purpose: relayed outbox rows, their fences, and idempotency keys. */
@Injectable()
@HandlesJob('platform.sweep-retention')
export class SweepRetentionJob implements JobHandler<'platform.sweep-retention'> {
  constructor(private readonly outbox: OutboxRepository, private readonly clock: Clock) {}

  async handle(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - RETENTION_DAYS * 86_400_000);
    const tenants = await this.outbox.tenantsWithOld(SystemScope.because('find organizations with old outbox rows'), before);
    for (const { tenantId } of tenants) await this.outbox.deleteOld(TenantScope.forSystem(tenantId, 'retention'), before);
  }
}
