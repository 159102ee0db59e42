import { Injectable } from '@nestjs/common';
import { type Actor, Clock, newId, type TenantScope } from '@roster/platform-context';
import { ProblemError } from '@roster/platform-errors';
import { OperationRepository, type OperationRow } from './operation.repository.js';

/**
 * Long work answered with 202 (api.md, Conventions). Progress is written in short transactions of its own, so that watchers see it
 * while the work's own transaction is still open: call `progress` outside the unit of work, or accept that it shows at commit.
 */
@Injectable()
export class Operations {
  constructor(private readonly repository: OperationRepository, private readonly clock: Clock) {}

  /** Creates a queued operation in the caller's transaction. @param unit what is counted, such as `rows` */
  async create(scope: TenantScope, kind: string, unit: string, total: number | null = null): Promise<string> {
    const at = this.clock.now();
    const id = newId(at);
    await this.repository.insert(scope, { id, kind, unit, total, at });
    return id;
  }

  find(scope: TenantScope, id: string): Promise<OperationRow | null> {
    return this.repository.find(scope, id);
  }

  /**
   * Numbers a run of the work. Jobs do run twice, also at once when one lost its lease: only the newest run speaks for the operation.
   * @returns null when the operation had already ended, so that a repeated job stops
   */
  begin(scope: TenantScope, id: string): Promise<number | null> {
    return this.repository.begin(scope, id, this.clock.now());
  }

  /** Holds the operation for the rest of the transaction, so that no newer run begins meanwhile. @returns false when a newer one has, or the operation has ended */
  holds(scope: TenantScope, id: string, run: number): Promise<boolean> {
    return this.repository.holds(scope, id, run);
  }

  /** @param run of {@link begin} @returns false when the operation had already ended, or a newer run has begun, so that a repeated job stops */
  progress(scope: TenantScope, id: string, done: number, total?: number, run?: number): Promise<boolean> {
    return this.repository.update(scope, id, { status: 'running', done, total, run, at: this.clock.now() });
  }

  succeed(scope: TenantScope, id: string, result: unknown, done?: number): Promise<boolean> {
    return this.repository.update(scope, id, { status: 'succeeded', result, done, at: this.clock.now() });
  }

  /** Who asked for the work, so that the job can act for them. */
  askedBy(scope: TenantScope, id: string): Promise<Actor | null> {
    return this.repository.askedBy(scope, id);
  }

  /** Asks the work to stop at its next step. It ends as `canceled` when it does, or as it would have when it is past the point of no return. */
  requestCancel(scope: TenantScope, id: string): Promise<void> {
    return this.repository.requestCancel(scope, id, this.clock.now());
  }

  /** Ends work that stopped because somebody asked for it. @returns false when it had already ended */
  cancel(scope: TenantScope, id: string): Promise<boolean> {
    return this.repository.update(scope, id, { status: 'canceled', at: this.clock.now() });
  }

  /**
   * Ends with a problem document the caller can act on. Unexpected errors must be thrown by the job instead, so that it is retried.
   * @param run of {@link begin}: only when it is still the newest
   */
  fail(scope: TenantScope, id: string, error: ProblemError, run?: number): Promise<boolean> {
    const { code, title, status, detail, errors } = error;
    return this.repository.update(scope, id, { status: 'failed', problem: { type: `urn:roster:problem:${code}`, code, title, status, detail, errors }, run, at: this.clock.now() });
  }
}

/** What GET href answers. */
export const operationView = (row: OperationRow): Record<string, unknown> => ({
  id: row.id, kind: row.kind, status: row.status, progress: { done: row.done, total: row.total, unit: row.unit },
  ...(row.result === null ? {} : { result: row.result }), ...(row.problem === null ? {} : { problem: row.problem }),
  createdAt: row.createdAt, updatedAt: row.updatedAt, finishedAt: row.finishedAt,
});
