import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Trail, type TrailEvent } from '@roster/trail';
import { MergedEvidenceRepository, type MovedException, type MovedLink } from './merged-evidence.repository.js';

const REASON = 'The workload was merged into another, which what it proves belongs to from now on.';

/** Hands links and exceptions of a merged workload to the one that stays (domain.md section 3: merging loses nothing). */
@Injectable()
export class TakeOverEvidenceUseCase {
  constructor(private readonly merged: MergedEvidenceRepository, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /**
   * Nothing that the survivor says is overwritten: where both link the same item to the same thing, the survivor's decision stays, and only
   * one that still waits gives way to an accepted one. Doing it again changes nothing.
   * @returns how many of each the survivor got
   */
  async takeOver(scope: TenantScope, fromId: string, intoId: string): Promise<{ links: number; exceptions: number }> {
    return this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      const links = await this.links(scope, fromId, intoId, at);
      const exceptions = await this.exceptions(scope, fromId, intoId, at);
      await this.trail.recordMany(scope, [...links.flatMap((link) => linkEntries(link, fromId, intoId)), ...exceptions.flatMap((exception) => exceptionEntries(exception, fromId, intoId))]);
      const got = (moved: readonly { copyId: string | null }[]): number => moved.filter(({ copyId }) => copyId !== null).length;
      return { links: got(links), exceptions: got(exceptions) };
    });
  }

  private async links(scope: TenantScope, fromId: string, intoId: string, at: Date): Promise<MovedLink[]> {
    const found = await this.merged.lockLinks(scope, fromId);
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    await this.merged.endWaitingTwins(scope, intoId, ids, at);
    const copies = new Map((await this.merged.copyLinks(scope, intoId, ids, at)).map(({ id, copyId }) => [id, copyId]));
    await this.merged.endLinks(scope, ids, at);
    return found.map((link) => ({ ...link, copyId: copies.get(link.id) ?? null }));
  }

  private async exceptions(scope: TenantScope, fromId: string, intoId: string, at: Date): Promise<MovedException[]> {
    const found = await this.merged.lockExceptions(scope, fromId, at);
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    const copies = new Map((await this.merged.copyExceptions(scope, intoId, ids, at)).map(({ id, copyId }) => [id, copyId]));
    await this.merged.withdrawExceptions(scope, ids, at);
    return found.map((exception) => ({ ...exception, copyId: copies.get(exception.id) ?? null }));
  }
}

function linkEntries(link: MovedLink, fromId: string, intoId: string): TrailEvent[] {
  const payload = { requirement: link.requirementKey === '' ? null : link.requirementKey, status: link.status };
  const object = { type: 'evidence', id: link.itemId };
  const gone: TrailEvent = { action: 'evidence.link.removed', object, workloadId: fromId, reason: REASON, payload: { link: link.id, ...payload, mergedInto: intoId } };
  return link.copyId === null ? [gone] : [gone, { action: 'evidence.link.taken-over', object, workloadId: intoId, reason: REASON, payload: { link: link.copyId, ...payload, mergedFrom: fromId, original: link.id } }];
}

function exceptionEntries(exception: MovedException, fromId: string, intoId: string): TrailEvent[] {
  const payload = { kind: exception.kind, requirement: exception.requirementKey, status: exception.status };
  const gone: TrailEvent = { action: 'evidence.exception.withdrawn', object: { type: 'exception', id: exception.id }, workloadId: fromId, reason: REASON, payload: { ...payload, mergedInto: intoId } };
  return exception.copyId === null ? [gone]
    : [gone, { action: 'evidence.exception.taken-over', object: { type: 'exception', id: exception.copyId }, workloadId: intoId, reason: REASON, payload: { ...payload, mergedFrom: fromId, original: exception.id } }];
}
