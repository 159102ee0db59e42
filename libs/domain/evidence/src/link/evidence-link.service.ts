import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { EvidenceItemRepository, type EvidenceLinkRow } from '../item/evidence-item.repository.js';
import { assertNotOwn } from '../review/decide-version.usecase.js';
import { EvidenceLinkRepository } from './evidence-link.repository.js';
import { LinkResolver, type RequestedLink } from './link-resolver.js';

/** Reuse: one item supports many (workload, criterion) pairs (domain.md section 7). A new link waits until somebody else confirms it. */
@Injectable()
export class EvidenceLinkService {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly items: EvidenceItemRepository, private readonly links: EvidenceLinkRepository,
    private readonly resolver: LinkResolver, private readonly trail: Trail, private readonly clock: Clock,
  ) {}

  /** @throws EVIDENCE_ITEM_NOT_FOUND, EVIDENCE_LINK_EXISTS when every one of them exists, and as LinkResolver */
  async add(caller: Caller, itemId: string, requested: readonly RequestedLink[]): Promise<EvidenceLinkRow[]> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const targets = await this.resolver.resolve(scope, requested);
    return this.unitOfWork.run(scope, async () => {
      if (!(await this.items.lock(scope, itemId))) throw problem('EVIDENCE_ITEM_NOT_FOUND', 'There is no such evidence.');
      const at = this.clock.now();
      const made = await this.links.insertMany(scope, itemId, targets.map((target) => ({ ...target, id: newId(at) })), caller.memberId, at);
      if (made.length === 0) throw problem('EVIDENCE_LINK_EXISTS', 'The evidence is linked to all of these already. Nothing was changed.');
      const ids = new Set(made.map((link) => link.id));
      const rows = (await this.links.ofItem(scope, itemId)).filter((row) => ids.has(row.id));
      await this.trail.recordMany(scope, rows.map((row) => entry('evidence.link.proposed', row)));
      return rows;
    });
  }

  /** Confirms or rejects one link. @throws EVIDENCE_LINK_NOT_FOUND, EVIDENCE_SELF_REVIEW, EVIDENCE_STATE_CONFLICT */
  async decide(caller: Caller, itemId: string, linkId: string, decision: 'accepted' | 'rejected', comment: string | null): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:version:review');
    await this.unitOfWork.run(scope, async () => {
      const row = await this.require(scope, itemId, linkId);
      assertNotOwn(caller, row.proposerMemberId, 'made this link');
      if (!(await this.links.decide(scope, linkId, decision, comment, caller.memberId, this.clock.now()))) {
        throw problem('EVIDENCE_STATE_CONFLICT', `This link was ${row.status === 'proposed' ? 'decided' : row.status} already, which is final. Remove it and make a new one.`);
      }
      await this.trail.record(scope, { ...entry('evidence.link.decided', row, { decision }), reason: comment });
    });
  }

  /** Takes a link away; what it proved is not proven any more. @throws EVIDENCE_LINK_NOT_FOUND */
  async remove(caller: Caller, itemId: string, linkId: string): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    await this.unitOfWork.run(scope, async () => {
      const row = await this.require(scope, itemId, linkId);
      if (!(await this.links.remove(scope, linkId, this.clock.now()))) throw notFound();
      await this.trail.record(scope, entry('evidence.link.removed', row));
    });
  }

  private async require(scope: TenantScope, itemId: string, linkId: string): Promise<EvidenceLinkRow> {
    const row = await this.links.find(scope, itemId, linkId);
    if (!row) throw notFound();
    return row;
  }
}

const notFound = (): Error => problem('EVIDENCE_LINK_NOT_FOUND', 'There is no such link of this evidence.');
const entry = (action: string, row: EvidenceLinkRow, more: Record<string, unknown> = {}) => ({
  action, object: { type: 'evidence', id: row.itemId }, workloadId: row.workloadId, payload: { link: row.id, requirement: row.requirementKey === '' ? null : row.requirementKey, ...more },
});
