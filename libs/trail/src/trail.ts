import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, currentContext, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { v7 } from 'uuid';
import { buildTrailEntry, type TrailEvent } from './trail-entry.js';
import { TrailRepository } from './trail.repository.js';

const BATCH = 500;
const SALT_BYTES = 16;

/**
 * The trail as business code sees it: one line per change, in the transaction of the change, so that neither exists without the other
 * (domain.md section 14: no audit log outside the transaction).
 */
@Injectable()
export class Trail {
  private counter = 0;

  constructor(private readonly repository: TrailRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /**
   * Records one thing that happened. The actor is the one of the scope.
   * @returns id of the entry; it appears in the tree within seconds of the commit
   * @throws Error outside a transaction
   * @throws TypeError when the action is not `area.noun.verbed` or the payload is not JSON
   */
  async record(scope: TenantScope, event: TrailEvent): Promise<string> {
    const [id] = await this.recordMany(scope, [event]);
    if (id === undefined) throw new Error('The entry was not recorded');
    return id;
  }

  /** Records many things in few statements, for imports and other set-based work. Ids come back in the order of the events. */
  async recordMany(scope: TenantScope, events: readonly TrailEvent[]): Promise<string[]> {
    if (!this.unitOfWork.isOpen) throw new Error('The trail is written in the transaction of the change it records');
    const at = this.clock.now();
    const requestId = currentContext()?.requestId ?? null;
    const ids: string[] = [];
    for (let start = 0; start < events.length; start += BATCH) {
      const salts = randomBytes(SALT_BYTES * BATCH);
      const entries = events.slice(start, start + BATCH).map((event, i) => buildTrailEntry(event, {
        id: this.nextId(at), tenantId: scope.tenantId, at, actor: scope.actor, requestId, salt: salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES),
      }));
      await this.repository.insertMany(scope, entries);
      for (const { id } of entries) ids.push(id);
    }
    return ids;
  }

  /** UUIDv7 of the instant with a counter inside the millisecond, so that sorting by id is sorting by time and then by order of recording. */
  private nextId(at: Date): string {
    this.counter = (this.counter + 1) % 0x80000000;
    return v7({ msecs: at.getTime(), seq: this.counter });
  }
}
