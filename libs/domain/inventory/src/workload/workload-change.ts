import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { fieldChanges, type FieldChange } from '../history/history-diff.js';

interface Changed {
  readonly id: string;
  readonly key: string;
  /** After the change. */
  readonly version?: number;
}

/** Trail and event of what happened to a workload, in its transaction. */
@Injectable()
export class WorkloadChange {
  constructor(private readonly trail: Trail, private readonly outbox: Outbox) {}

  async registered(scope: TenantScope, workload: Changed, state: Readonly<Record<string, unknown>>): Promise<void> {
    await this.trail.record(scope, {
      action: 'inventory.workload.registered', object: { type: 'workload', id: workload.id, version: 1 }, workloadId: workload.id, payload: { key: workload.key, changes: fieldChanges(null, state) },
    });
    await this.outbox.publish(scope, 'inventory.workload.registered', { workloadId: workload.id });
  }

  /** @param changes field by field; nothing is recorded when there are none */
  async changed(scope: TenantScope, workload: Changed, changes: readonly FieldChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.trail.record(scope, {
      action: 'inventory.workload.changed', object: { type: 'workload', id: workload.id, ...(workload.version === undefined ? {} : { version: workload.version }) }, workloadId: workload.id,
      payload: { key: workload.key, changes },
    });
    await this.outbox.publish(scope, 'inventory.workload.changed', { workloadId: workload.id, fields: changes.map(({ field }) => field) });
  }

  async retired(scope: TenantScope, workload: Changed, reason: string, record: unknown): Promise<void> {
    await this.trail.record(scope, {
      action: 'inventory.workload.retired', object: { type: 'workload', id: workload.id, ...(workload.version === undefined ? {} : { version: workload.version }) }, workloadId: workload.id, reason,
      payload: { key: workload.key, record },
    });
    await this.outbox.publish(scope, 'inventory.workload.retired', { workloadId: workload.id });
  }

  async merged(scope: TenantScope, source: Changed, into: Changed, reason: string, moved: Readonly<Record<string, unknown>>): Promise<void> {
    await this.trail.recordMany(scope, [source, into].map((workload) => ({
      action: 'inventory.workload.merged', object: { type: 'workload', id: workload.id }, workloadId: workload.id, reason, payload: { merged: source.key, into: into.key, ...moved },
    })));
    await this.outbox.publish(scope, 'inventory.workload.merged', { workloadId: source.id, intoId: into.id });
  }
}
