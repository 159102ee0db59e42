import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { firstNoticeAt } from '../expiry/expiry-notice.js';
import { EvidenceItemRepository, type EvidenceVersionRow } from '../item/evidence-item.repository.js';
import { EvidenceLinkRepository } from '../link/evidence-link.repository.js';
import { EvidenceWriter } from '../submission/evidence-writer.js';

export interface Decision {
  readonly decision: 'accepted' | 'rejected';
  readonly comment: string | null;
}

/** The four-eyes rule: a person never decides about what they submitted, be it through an API key they created (domain.md section 7). */
export function assertNotOwn(caller: Caller, submitterMemberId: string | null, what: string): void {
  if (submitterMemberId === caller.memberId) {
    throw problem('EVIDENCE_SELF_REVIEW', `You ${what}${caller.via === 'api_key' ? ' (an API key counts as the member who created it)' : ''}. Ask somebody else who may decide.`);
  }
}

/** Accepts or rejects a version, once, by somebody who did not submit it. */
@Injectable()
export class DecideVersionUseCase {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly items: EvidenceItemRepository, private readonly links: EvidenceLinkRepository,
    private readonly organizations: OrganizationQuery, private readonly writer: EvidenceWriter, private readonly clock: Clock,
  ) {}

  /**
   * Accepting also confirms the item's waiting links, except those that the decider made.
   * @throws EVIDENCE_VERSION_NOT_FOUND, EVIDENCE_SELF_REVIEW, EVIDENCE_FILE_QUARANTINED, EVIDENCE_STATE_CONFLICT
   */
  async decide(caller: Caller, itemId: string, version: number, { decision, comment }: Decision): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:version:review');
    const { evidenceWarnDays } = (await this.organizations.settings(scope)).thresholds;
    await this.unitOfWork.run(scope, async () => {
      const row = (await this.items.lock(scope, itemId)) ? await this.items.version(scope, itemId, version) : null;
      if (!row) throw problem('EVIDENCE_VERSION_NOT_FOUND', 'There is no such version of this evidence.');
      assertNotOwn(caller, row.submitterMemberId, 'submitted this version');
      assertWaiting(row);
      const at = this.clock.now();
      const current = decision === 'accepted' && !(await this.items.isReplaced(scope, itemId, version));
      const nextNoticeAt = current ? firstNoticeAt(row.expiresAt === null ? null : new Date(row.expiresAt), evidenceWarnDays, at) : null;
      if (!(await this.items.decide(scope, { itemId, version }, { status: decision, comment, deciderMemberId: caller.memberId, nextNoticeAt }, at))) throw decidedAlready();
      if (decision === 'accepted') {
        await this.items.silenceOlder(scope, itemId, version);
        await this.links.acceptProposed(scope, itemId, caller.memberId, at);
      }
      await this.writer.decided(scope, row, decision, comment);
    });
  }
}

function assertWaiting(row: EvidenceVersionRow): void {
  if (row.status === 'submitted') return;
  if (row.status === 'quarantined') throw problem('EVIDENCE_FILE_QUARANTINED', 'The file has not passed its checks yet. Decide when its status is "submitted".', { headers: { 'retry-after': '10' } });
  if (row.status === 'refused') throw problem('EVIDENCE_STATE_CONFLICT', 'The virus scanner found the file harmful, so there is nothing to decide. Submit another version.');
  throw decidedAlready(row.status);
}
const decidedAlready = (status?: string): Error => problem('EVIDENCE_STATE_CONFLICT', `This version was ${status ?? 'decided'} already, which is final. Submit a new version.`);
