import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { type Checkpoint, leafHash, openCheckpoint, parseVerifierKey, verifyConsistency, verifyInclusion } from '@roster/pack-verify';
import { UnitOfWork } from '@roster/platform-database';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';
import { SequenceEntriesJob } from './sequence-entries.job.js';
import { Trail } from './trail.js';
import { TrailJobsModule } from './trail-jobs.module.js';
import { TrailLogKey } from './trail-log-key.js';
import { TrailProofs } from './trail-proofs.js';
import { TrailSequencer } from './trail-sequencer.js';
import { TrailSlices } from './trail-slice.js';

describe('the tree of the trail', () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let admin: Client;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock, imports: [TrailJobsModule] });
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await context.close();
    await db.drop();
  });

  const record = (org: TestOrganization, count: number, workloadId: string | null = null): Promise<string[]> => context.get(UnitOfWork).run(org.scope, () =>
    context.get(Trail).recordMany(org.scope, Array.from({ length: count }, (_, n) => ({ action: 'inventory.workload.changed', object: { type: 'workload', id: `w${n}` }, workloadId, payload: { n } }))));
  const runJob = () => context.get(SequenceEntriesJob).handle({}, { signal: new AbortController().signal });
  const checkpoints = async (org: TestOrganization): Promise<Checkpoint[]> => {
    const key = parseVerifierKey(context.get(TrailLogKey).verifierKey(org.scope));
    if (key === null) throw new Error('not a verifier key');
    const { rows } = await admin.query<{ note: string }>('SELECT note FROM trail_checkpoint WHERE tenant_id = $1 ORDER BY size', [org.tenantId]);
    return Promise.all(rows.map(async ({ note }) => {
      const checkpoint = await openCheckpoint(note, key);
      if (checkpoint === null) throw new Error('a checkpoint does not verify');
      return checkpoint;
    }));
  };
  const leaves = async (org: TestOrganization) => (await admin.query<{ entry: string; index: string; id: string }>(
    'SELECT e.entry, e.id, l.leaf_index AS index FROM trail_leaf l JOIN trail_entry e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id WHERE l.tenant_id = $1 ORDER BY l.leaf_index', [org.tenantId])).rows;

  it('gives each entry one place, in the order of recording, under signed checkpoints that continue each other', async () => {
    const org = await seedOrganization(db);
    const ids: string[] = [];
    for (const count of [1, 2, 5, 37]) {
      ids.push(...await record(org, count));
      await runJob();
    }
    const found = await leaves(org);
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(found.map(({ index }) => Number(index))).toEqual(ids.map((_, i) => i));
    const heads = await checkpoints(org);
    expect(heads.map(({ size }) => size)).toEqual([1, 3, 8, 45]);

    const proofs = context.get(TrailProofs);
    for (const head of heads) {
      const paths = await proofs.inclusion(org.scope, Array.from({ length: head.size }, (_, i) => i), head.size);
      for (let index = 0; index < head.size; index += 1) {
        const claim = { index, size: head.size, leaf: leafHash(Buffer.from(found[index]?.entry ?? '')), proof: paths.get(index) ?? [], root: head.root };
        if (!verifyInclusion(claim)) throw new Error(`leaf ${index} of ${head.size}`);
      }
      for (const later of heads.filter(({ size }) => size >= head.size)) {
        const { hashes, fromRoot, toRoot } = await proofs.consistency(org.scope, head.size, later.size);
        expect([fromRoot.equals(head.root), toRoot.equals(later.root)]).toEqual([true, true]);
        expect(verifyConsistency({ from: head.size, to: later.size, fromRoot, toRoot, proof: hashes })).toBe(true);
      }
    }
  });

  it('does not count an entry twice when several sequencers run at once', async () => {
    const org = await seedOrganization(db);
    await record(org, 2_500);
    const sequencer = context.get(TrailSequencer);
    await Promise.all([runJob(), runJob(), sequencer.catchUp(org.scope), sequencer.sequence(org.scope), sequencer.sequence(org.scope, true)]);
    await runJob();
    expect((await leaves(org)).map(({ index }) => Number(index))).toEqual(Array.from({ length: 2_500 }, (_, i) => i));
    expect((await checkpoints(org)).map(({ size }) => size)).toEqual([1_000, 2_000, 2_500]);
    expect((await admin.query('SELECT FROM trail_pending WHERE tenant_id = $1', [org.tenantId])).rowCount).toBe(0);
  });

  it('refuses to build on a tree that is not the signed one, and still serves the other organizations', async () => {
    const broken = await seedOrganization(db);
    const sound = await seedOrganization(db);
    await record(broken, 4);
    await runJob();
    await admin.query('ALTER TABLE trail_node DISABLE TRIGGER ALL');
    await admin.query(`UPDATE trail_node SET hash = decode(repeat('ab', 32), 'hex') WHERE tenant_id = $1 AND level = 2`, [broken.tenantId]);
    await admin.query('ALTER TABLE trail_node ENABLE TRIGGER ALL');
    await record(broken, 1);
    await record(sound, 1);
    await expect(runJob()).rejects.toThrow('1 organizations');
    expect(await leaves(sound)).toHaveLength(1);
    expect(await leaves(broken)).toHaveLength(4);
    await admin.query('DELETE FROM trail_pending WHERE tenant_id = $1', [broken.tenantId]);
  });

  it('cuts a slice whose checkpoint does not move when more is recorded', async () => {
    const org = await seedOrganization(db);
    const other = await seedOrganization(db);
    const workload = '019a0000-0000-7000-8000-0000000000aa';
    await record(org, 3);
    const wanted = await record(org, 2, workload);
    await record(other, 2, workload);
    const asOf = clock.now();
    const slices = context.get(TrailSlices);
    await slices.prepare(org.scope);
    const checkpoint = await slices.checkpointAt(org.scope, asOf);
    clock.advance({ seconds: 1 });
    await record(org, 4, workload);
    await slices.prepare(org.scope);
    expect(await slices.checkpointAt(org.scope, asOf)).toEqual(checkpoint);
    expect(checkpoint.size).toBe(5);

    const read = (about: { workloadIds: string[]; objectIds: string[] } | null) => context.get(UnitOfWork).run(org.scope, async () => {
      const found = [];
      for await (const entry of slices.read(org.scope, { about, from: null, to: asOf, size: checkpoint.size })) found.push(entry);
      return found;
    });
    const slice = await read({ workloadIds: [workload], objectIds: [] });
    expect(slice.map(({ entry }) => (JSON.parse(entry) as { id: string }).id)).toEqual(wanted);
    expect(slice.every(({ index, entry, hashes }) => verifyInclusion({ index, size: checkpoint.size, leaf: leafHash(Buffer.from(entry)), proof: hashes, root: checkpoint.root }))).toBe(true);
    expect(await read(null)).toHaveLength(5);
    expect((await read({ workloadIds: [], objectIds: ['w0'] })).map(({ index }) => index)).toEqual([0, 3]);
  });

  it('never grows the tree inside somebody\'s unit of work', async () => {
    const org = await seedOrganization(db);
    await expect(context.get(UnitOfWork).run(org.scope, () => context.get(TrailSequencer).catchUp(org.scope))).rejects.toThrow('transactions of its own');
  });
});
