import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork, isUniqueViolation } from '@roster/platform-database';
import { problem, type FieldError } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { ExceptionKind } from '../coverage/coverage-inputs.js';
import { LinkResolver } from '../link/link-resolver.js';
import { CoverageExceptionRepository } from './coverage-exception.repository.js';

export interface ExceptionRequest {
  readonly kind: ExceptionKind;
  readonly workload: string;
  readonly criterion: string;
  readonly reason: string;
  readonly compensatingControl: string | null;
  readonly expiresAt: string | null;
}

/** Asks for a waiver (reason, compensating control, end) or states that a requirement does not apply (justification); both wait for an approver. */
@Injectable()
export class RequestExceptionUseCase {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly exceptions: CoverageExceptionRepository, private readonly resolver: LinkResolver,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /**
   * @returns id of the request
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, EVIDENCE_CRITERION_UNKNOWN, PLATFORM_REQUEST_INVALID, EVIDENCE_EXCEPTION_OPEN
   */
  async request(caller: Caller, request: ExceptionRequest): Promise<string> {
    const scope = this.access.authorise(caller, 'evidence:exception:request');
    const at = this.clock.now();
    const expiresAt = request.expiresAt === null ? null : new Date(request.expiresAt);
    assertComplete(request, expiresAt, at);
    const target = await this.resolver.resolveOne(scope, request);
    const id = newId(at);
    const { kind, reason, compensatingControl } = request;
    await this.store(scope, async () => {
      await this.exceptions.insert(scope, { id, kind, ...target, reason, compensatingControl, expiresAt, requesterMemberId: caller.memberId }, at);
      await this.trail.record(scope, {
        action: 'evidence.exception.requested', object: { type: 'exception', id }, workloadId: target.workloadId, reason,
        payload: { kind, requirement: target.requirementKey, compensatingControl, expiresAt: expiresAt?.toISOString() ?? null },
      });
      await this.outbox.publish(scope, 'evidence.exception.requested', { exceptionId: id });
    });
    return id;
  }

  private async store(scope: TenantScope, work: () => Promise<void>): Promise<void> {
    try {
      await this.unitOfWork.run(scope, work);
    } catch (error) {
      if (!isUniqueViolation(error, 'coverage_exception_open_idx')) throw error;
      throw problem('EVIDENCE_EXCEPTION_OPEN', 'The same request for this criterion of this workload is waiting. Decide or withdraw it first.');
    }
  }
}

function assertComplete(request: ExceptionRequest, expiresAt: Date | null, now: Date): void {
  const errors: FieldError[] = [];
  if (request.kind === 'exception' && request.compensatingControl === null) errors.push({ path: 'compensatingControl', code: 'required', message: 'is required: say what lowers the risk meanwhile' });
  if (request.kind === 'exception' && expiresAt === null) errors.push({ path: 'expiresAt', code: 'required', message: 'is required: an exception ends' });
  if (expiresAt !== null && expiresAt <= now) errors.push({ path: 'expiresAt', code: 'in_the_past', message: 'expected an instant in the future' });
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors });
}
