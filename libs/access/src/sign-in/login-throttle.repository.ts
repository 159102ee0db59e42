import { Injectable } from '@nestjs/common';
import type { Scope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ThrottleCounter } from './login-throttle.js';

interface CounterRow extends Record<string, unknown>, ThrottleCounter {
  readonly key: Buffer;
}

/** SQL of `login_throttle`. Keys are hashes; the table knows no address and no network. */
@Injectable()
export class LoginThrottleRepository extends TenantRepository {
  /** Reads and locks counters, in the order of their keys so that two sign-ins never wait for each other in a ring. Makes missing ones. */
  async lock(scope: Scope, keys: readonly Buffer[], forgetAt: Date): Promise<Map<string, ThrottleCounter>> {
    const sorted = [...keys].sort(Buffer.compare);
    await this.execute(scope, 'INSERT INTO login_throttle (key, forget_at) SELECT unnest($1::bytea[]), $2 ON CONFLICT (key) DO NOTHING', [sorted, forgetAt]);
    const rows = await this.rows<CounterRow>(scope, `
      SELECT key, failures, last_failed_at AS "lastFailedAt", last_succeeded_at AS "lastSucceededAt" FROM login_throttle
       WHERE key = ANY($1::bytea[]) ORDER BY key FOR UPDATE`, [sorted]);
    return new Map(rows.map((row) => [row.key.toString('hex'), row]));
  }

  /** Counts a failure; one from longer ago than `since` starts the count anew. */
  countFailure(scope: Scope, keys: readonly Buffer[], at: Date, since: Date, forgetAt: Date): Promise<number> {
    return this.execute(scope, `
      UPDATE login_throttle SET failures = CASE WHEN last_failed_at > $3 THEN least(failures + 1, 1000000) ELSE 1 END, last_failed_at = $2, forget_at = greatest(forget_at, $4)
       WHERE key = ANY($1::bytea[])`, [keys, at, since, forgetAt]);
  }

  /** The attempt that was counted in advance was right: the pair starts from nothing and the network is familiar from now on. */
  async countSuccess(scope: Scope, pair: Buffer, others: readonly Buffer[], at: Date, forgetAt: Date): Promise<void> {
    await this.execute(scope, 'UPDATE login_throttle SET failures = 0, last_failed_at = NULL, last_succeeded_at = $2, forget_at = $3 WHERE key = $1', [pair, at, forgetAt]);
    await this.execute(scope, 'UPDATE login_throttle SET failures = greatest(failures - 1, 0) WHERE key = ANY($1::bytea[])', [others]);
  }

  /** Removes what is too old to matter, a little at a time. */
  forget(scope: Scope, before: Date, limit: number): Promise<number> {
    return this.execute(scope, `
      DELETE FROM login_throttle WHERE key IN (SELECT key FROM login_throttle WHERE forget_at < $1 ORDER BY forget_at LIMIT $2 FOR UPDATE SKIP LOCKED)`, [before, limit]);
  }
}
