import { Injectable } from '@nestjs/common';
import type { EventName, EventPayloads, JobName, JobPayloads } from '@roster/contracts';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { OutboxRepository } from './outbox.repository.js';

/**
 * How business code makes something happen later: a row in the caller's transaction, handed to the queue after commit. The request path
 * never talks to the queue. Delivery is at least once.
 */
@Injectable()
export class Outbox {
  constructor(private readonly repository: OutboxRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /** Announces a fact. @throws outside a transaction */
  publish<Name extends EventName>(scope: TenantScope, name: Name, payload: EventPayloads[Name]): Promise<void> {
    return this.publishMany(scope, [{ name, payload }]);
  }

  /** Many events in one statement, for set-based work. */
  async publishMany(scope: TenantScope, events: readonly { name: EventName; payload: EventPayloads[EventName] }[]): Promise<void> {
    this.requireTransaction();
    if (events.length === 0) return;
    const now = this.clock.now();
    await this.repository.insertMany(scope, events.map((event) => ({ id: newId(now), kind: 'event' as const, ...event })), now);
  }

  /** Asks for one job. @throws outside a transaction */
  async enqueue<Name extends JobName>(scope: TenantScope, name: Name, payload: JobPayloads[Name]): Promise<void> {
    this.requireTransaction();
    const now = this.clock.now();
    await this.repository.insertMany(scope, [{ id: newId(now), kind: 'job', name, payload }], now);
  }

  private requireTransaction(): void {
    if (!this.unitOfWork.isOpen) throw new Error('The outbox is written in the transaction of the change it announces');
  }
}
