import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { OperationFailure } from './operation-failure.js';
import { Operations } from './operation.js';
import { JOB_ATTEMPTS } from './queue-connection.js';

describe('the run of a job that comes late', () => {
  const DIED = new Error('The worker lost its lease');
  const STOPPED = problem('PLATFORM_INTERNAL_ERROR', 'It stopped.');
  let db: TestDatabase;
  let context: INestApplicationContext;
  let org: TestOrganization;
  let operations: Operations;

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock: new FakeClock(), imports: [] });
    org = await seedOrganization(db);
    operations = context.get(Operations);
  });
  afterAll(async () => {
    await context.close();
    await db.drop();
  });

  const create = (): Promise<string> => operations.create(org.scope, 'test.count', 'rows', 10);
  const statusOf = async (id: string): Promise<string | undefined> => (await operations.find(org.scope, id))?.status;
  /** Begins a run that stands still until it goes on or dies. */
  const standing = async (id: string, attempt = JOB_ATTEMPTS): Promise<{ run: number; goOn: () => Promise<void>; die: () => Promise<void> }> => {
    const gate = new EventEmitter();
    // An event named error rejects.
    const held = once(gate, 'go on');
    const started = once(gate, 'started');
    const end = context.get(OperationFailure).watch(org.scope, id, { attempt }, STOPPED, async (number) => {
      gate.emit('started', number);
      await held;
      await operations.succeed(org.scope, id, { counted: 10 }, 10);
    });
    // Awaited below; a run that dies must not be an unhandled rejection meanwhile.
    end.catch(() => undefined);
    const [run] = await started as [number];
    return {
      run, goOn: async () => { gate.emit('go on'); await end; },
      die: async () => { gate.emit('error', DIED); await expect(end).rejects.toBe(DIED); },
    };
  };

  it('and dies leaves alone what a newer run is doing, which ends as if nothing had been', async () => {
    const id = await create();
    const late = await standing(id);
    const newer = await standing(id);
    expect([late.run, newer.run]).toEqual([1, 2]);
    await late.die();
    expect(await statusOf(id)).toBe('running');
    await newer.goOn();
    expect(await operations.find(org.scope, id)).toMatchObject({ status: 'succeeded', problem: null });
  });

  it('and is the newest ends the operation when it dies on its last attempt, and not before', async () => {
    const id = await create();
    await (await standing(id, 1)).die();
    expect(await statusOf(id)).toBe('running');
    await (await standing(id)).die();
    expect(await operations.find(org.scope, id)).toMatchObject({ status: 'failed', problem: { code: 'PLATFORM_INTERNAL_ERROR' } });
  });

  it('is told so at its next step, and holds nothing any more', async () => {
    const id = await create();
    const late = await standing(id);
    expect(await operations.progress(org.scope, id, 4, 10, late.run)).toBe(true);
    const newer = await standing(id);
    const holds = (run: number): Promise<boolean> => context.get(UnitOfWork).run(org.scope, () => operations.holds(org.scope, id, run));
    expect([await operations.progress(org.scope, id, 9, 10, late.run), await holds(late.run), await holds(newer.run)]).toEqual([false, false, true]);
    expect(await operations.find(org.scope, id)).toMatchObject({ status: 'running', done: 4 });
    await newer.goOn();
    expect(await holds(newer.run)).toBe(false);
  });

  it('keeps a newer one from beginning while it writes what belongs together', async () => {
    const id = await create();
    const run = await operations.begin(org.scope, id);
    const order: string[] = [];
    const writing = new EventEmitter();
    const [held, written] = [once(writing, 'held'), once(writing, 'written')];
    const batch = context.get(UnitOfWork).run(org.scope, async () => {
      expect(await operations.holds(org.scope, id, run ?? 0)).toBe(true);
      writing.emit('held');
      await written;
      order.push('written');
    });
    await held;
    const newer = operations.begin(org.scope, id).then((number) => { order.push(`run ${number}`); });
    writing.emit('written');
    await Promise.all([batch, newer]);
    expect(order).toEqual(['written', 'run 2']);
  });

  it('does nothing for an operation that has ended, or that is somebody else\'s', async () => {
    const id = await create();
    const other = await seedOrganization(db);
    let ran = 0;
    const watch = (of: TestOrganization): Promise<void> => context.get(OperationFailure).watch(of.scope, id, { attempt: JOB_ATTEMPTS }, STOPPED, async () => { ran += 1; throw DIED; });
    await watch(other);
    expect(await statusOf(id)).toBe('queued');
    await operations.cancel(org.scope, id);
    await watch(org);
    expect([ran, await statusOf(id), await operations.begin(org.scope, id)]).toEqual([0, 'canceled', null]);
  });
});
