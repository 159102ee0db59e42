import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { firstNoticeAt } from '../expiry/expiry-notice.js';
import { assertNotOwn } from '../review/decide-version.usecase.js';
import { CoverageExceptionRepository, type ExceptionRow } from './coverage-exception.repository.js';

/** Approves, declines or withdraws an exception. The approver is not the requester (domain.md section 2). */
@Injectable()
export class DecideExceptionUseCase {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly exceptions: CoverageExceptionRepository, private readonly organizations: OrganizationQuery,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** @throws EVIDENCE_EXCEPTION_NOT_FOUND, EVIDENCE_SELF_REVIEW, EVIDENCE_STATE_CONFLICT */
  async decide(caller: Caller, id: string, decision: 'approved' | 'declined', comment: string | null): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:exception:approve');
    const { evidenceWarnDays } = (await this.organizations.settings(scope)).thresholds;
    await this.unitOfWork.run(scope, async () => {
      const row = await this.require(scope, id);
      assertNotOwn(caller, row.requesterMemberId, 'requested this');
      const at = this.clock.now();
      const nextNoticeAt = decision === 'approved' ? firstNoticeAt(row.expiresAt, evidenceWarnDays, at) : null;
      if (!(await this.exceptions.decide(scope, id, { status: decision, comment, deciderMemberId: caller.memberId, nextNoticeAt }, at))) {
        throw problem('EVIDENCE_STATE_CONFLICT', `This request was ${row.status === 'requested' ? 'decided' : row.status} already, which is final. Make a new request.`);
      }
      await this.trail.record(scope, { action: 'evidence.exception.decided', object: { type: 'exception', id }, workloadId: row.workloadId, reason: comment, payload: { decision, kind: row.kind, requirement: row.requirementKey } });
      await this.outbox.publish(scope, 'evidence.exception.decided', { exceptionId: id, decision });
    });
  }

  /** Ends a request, or an approved exception before its time. @throws EVIDENCE_EXCEPTION_NOT_FOUND, EVIDENCE_STATE_CONFLICT */
  async withdraw(caller: Caller, id: string, reason: string): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:exception:request');
    await this.unitOfWork.run(scope, async () => {
      const row = await this.require(scope, id);
      if (!(await this.exceptions.withdraw(scope, id, this.clock.now()))) throw problem('EVIDENCE_STATE_CONFLICT', `This request was ${row.status} already.`);
      await this.trail.record(scope, { action: 'evidence.exception.withdrawn', object: { type: 'exception', id }, workloadId: row.workloadId, reason, payload: { kind: row.kind, requirement: row.requirementKey } });
      await this.outbox.publish(scope, 'evidence.exception.decided', { exceptionId: id, decision: 'withdrawn' });
    });
  }

  private async require(scope: TenantScope, id: string): Promise<ExceptionRow> {
    const row = await this.exceptions.find(scope, id);
    if (!row) throw problem('EVIDENCE_EXCEPTION_NOT_FOUND', 'There is no such exception.');
    return row;
  }
}
