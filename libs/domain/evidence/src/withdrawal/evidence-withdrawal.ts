import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { EvidenceWriter } from '../submission/evidence-writer.js';
import { EvidenceWithdrawalRepository } from './evidence-withdrawal.repository.js';

/** How other areas take back evidence that they submitted by themselves: it supports nothing and is listed nowhere, but trail entries still lead to it. */
@Injectable()
export class EvidenceWithdrawal {
  constructor(private readonly items: EvidenceWithdrawalRepository, private readonly writer: EvidenceWriter, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /** What the system submitted under a name. @param workloadId only what is linked to it */
  submittedBy(scope: TenantScope, systemName: string, workloadId: string | null = null): Promise<{ itemId: string; version: number; kind: string; latestStatus: string }[]> {
    return this.items.submittedBy(scope, systemName, workloadId);
  }

  /** @param reason why, for the trail @returns how many items were withdrawn */
  withdraw(scope: TenantScope, systemName: string, reason: string, keep: ReadonlySet<string> = new Set()): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const items = (await this.items.submittedBy(scope, systemName, null)).filter(({ itemId }) => !keep.has(itemId));
      if (items.length === 0) return 0;
      await this.writer.recordMany(scope, items.map(({ itemId, version }) => ({ itemId, version, action: 'evidence.item.withdrawn', payload: {}, reason })));
      await this.items.withdraw(scope, items.map(({ itemId }) => itemId), this.clock.now());
      return items.length;
    });
  }
}
