import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { ScopeChangeRepository, type ScopeChangeRow } from './scope-change.repository.js';

/** Writes a scope change with its trail entry and its event. Call it inside a unit of work. */
@Injectable()
export class ScopeChangeLedger {
  constructor(private readonly changes: ScopeChangeRepository, private readonly trail: Trail, private readonly outbox: Outbox) {}

  async enter(scope: TenantScope, change: Omit<ScopeChangeRow, 'recordedBy'>): Promise<ScopeChangeRow> {
    const stored = await this.changes.insert(scope, change);
    await this.trail.record(scope, {
      action: 'classification.scope-change.recorded', object: { type: 'scope_change', id: stored.id }, workloadId: stored.workloadId,
      payload: { kind: stored.kind, detail: stored.detail, classification: stored.classificationId, breakGlass: stored.breakGlassId },
    });
    await this.outbox.publish(scope, 'classification.scope-change.recorded', { workloadId: stored.workloadId, scopeChangeId: stored.id });
    return stored;
  }
}
