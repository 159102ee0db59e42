import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, SystemScope, TenantScope } from '@roster/platform-context';
import { createTestDatabase, FakeClock, type TestDatabase } from '@roster/testing';
import { Database } from './database.js';
import { isUniqueViolation } from './postgres-error.js';
import { TenantRepository } from './tenant-repository.js';

class ProbeRepository extends TenantRepository {
  addOrganization(scope: TenantScope, name: string): Promise<number> {
    return this.execute(scope, `INSERT INTO organization (tenant_id, name, time_zone, edition, settings) VALUES ($1, $2, 'UTC', 'psf-1.1', '{}')`, [scope.tenantId, name]);
  }
  /** On purpose without a tenant predicate: row security must do the work. */
  names(scope: TenantScope): Promise<{ name: string; tenant_id: string }[]> {
    return this.rows(scope, 'SELECT name, tenant_id FROM organization');
  }
  rename(scope: TenantScope, id: string, name: string): Promise<number> {
    return this.execute(scope, 'UPDATE organization SET name = $2 WHERE tenant_id = $1', [id, name]);
  }
  settings(scope: TenantScope | SystemScope): Promise<{ tenant: string; now: string; actor: string }[]> {
    return this.rows(scope, `SELECT current_setting('app.tenant_id') AS tenant, app_now()::text AS now, current_setting('app.actor') AS actor`);
  }
  sleepLock(scope: TenantScope, key: number): Promise<unknown> {
    return this.rows(scope, 'SELECT pg_advisory_xact_lock($1)', [key]);
  }
  async collect(scope: TenantScope, size: number): Promise<number[]> {
    const sizes: number[] = [];
    for await (const batch of this.batches<{ n: number }>(scope, 'SELECT n FROM generate_series(1, 25) AS n', [], size)) sizes.push(batch.length);
    return sizes;
  }
}

describe('Database', () => {
  let db: TestDatabase;
  let database: Database;
  let probe: ProbeRepository;
  const clock = new FakeClock('2026-03-01T00:00:00Z');
  const mine = TenantScope.forSystem(newId(), 'test');
  const theirs = TenantScope.forSystem(newId(), 'test');

  beforeAll(async () => {
    db = await createTestDatabase();
    database = new Database({ url: db.appUrl, poolSize: 2, applicationName: 'database-spec', entities: [] }, clock);
    await database.connect();
    probe = new ProbeRepository(database);
    await probe.addOrganization(mine, 'Mine');
    await probe.addOrganization(theirs, 'Theirs');
  });
  afterAll(async () => {
    await database.close();
    await db.drop();
  });

  it('shows only the rows of the scope, even to a statement that forgets the tenant', async () => {
    expect(await probe.names(mine)).toEqual([{ name: 'Mine', tenant_id: mine.tenantId }]);
    expect(await probe.names(theirs)).toEqual([{ name: 'Theirs', tenant_id: theirs.tenantId }]);
  });

  it('neither changes nor creates rows of another organization', async () => {
    expect(await probe.rename(mine, theirs.tenantId, 'Stolen')).toBe(0);
    await expect(database.transaction(mine, () => probe.addOrganization(theirs, 'x'))).rejects.toThrow('another scope');
    expect((await probe.names(theirs))[0]?.name).toBe('Theirs');
  });

  it('tells the database tenant, clock and actor, for this transaction only', async () => {
    const [seen] = await probe.settings(mine);
    expect(seen?.tenant).toBe(mine.tenantId);
    expect(seen?.now).toContain('2026-03-01 00:00:00');
    expect(JSON.parse(seen?.actor ?? '')).toEqual({ type: 'system', id: 'system', name: 'test' });
    expect((await probe.settings(SystemScope.because('looking at settings')))[0]?.tenant).toBe('');
  });

  it('rolls the whole unit back and runs no after-commit effect', async () => {
    let effects = 0;
    await expect(database.transaction(mine, async () => {
      database.afterCommit(() => { effects += 1; });
      await probe.rename(mine, mine.tenantId, 'Half done');
      throw new Error('stop');
    })).rejects.toThrow('stop');
    expect((await probe.names(mine))[0]?.name).toBe('Mine');
    expect(effects).toBe(0);
    await database.transaction(mine, async () => { database.afterCommit(() => { effects += 1; }); });
    expect(effects).toBe(1);
  });

  it('joins the open transaction instead of opening a second one', async () => {
    await database.transaction(mine, async () => {
      const outer = database.current()?.client;
      await database.transaction(mine, async () => { expect(database.current()?.client).toBe(outer); });
    });
  });

  it('runs a deadlocked unit again', async () => {
    let attempts = 0;
    const unit = (first: number, second: number, wait: Promise<unknown>, reached: () => void): Promise<void> => database.transaction(mine, async () => {
      attempts += 1;
      await probe.sleepLock(mine, first);
      reached();
      await wait;
      await probe.sleepLock(mine, second);
    });
    let a: () => void = () => undefined;
    let b: () => void = () => undefined;
    const reachedA = new Promise<void>((resolve) => { a = resolve; });
    const reachedB = new Promise<void>((resolve) => { b = resolve; });
    await Promise.all([unit(1, 2, reachedB, a), unit(2, 1, reachedA, b)]);
    expect(attempts).toBe(3);
  });

  it('keeps 64 interleaved units of two organizations apart on two connections', async () => {
    const seen = await Promise.all(Array.from({ length: 64 }, (_unused, index) => {
      const scope = index % 2 === 0 ? mine : theirs;
      return database.transaction(scope, async () => [scope.tenantId, ...(await probe.names(scope)).map((row) => row.tenant_id), ...(await probe.names(scope)).map((row) => row.tenant_id)]);
    }));
    for (const [own, ...rows] of seen) expect(rows).toEqual([own, own]);
  });

  it('reads in batches with a cursor', async () => {
    expect(await database.transaction(mine, () => probe.collect(mine, 10))).toEqual([10, 10, 5]);
    await expect(probe.collect(mine, 10)).rejects.toThrow('open unit of work');
  });

  it('recognises a unique violation', async () => {
    const error: unknown = await probe.addOrganization(mine, 'Twice').catch((thrown: unknown) => thrown);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'something_else')).toBe(false);
  });
});
