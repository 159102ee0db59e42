import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { EvidenceModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { PACK_FILES, type PackReport, verifyPackFile } from '@roster/pack-verify';
import type { RosterConfig } from '@roster/platform-config';
import { UnitOfWork } from '@roster/platform-database';
import { JOB_ATTEMPTS } from '@roster/platform-queue';
import { SigningKeys } from '@roster/platform-signing';
import { createTestContext, createTestDatabase, FakeClock, seedInventory, seedOrganization, testConfig, type SeededInventory, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Trail } from '@roster/trail';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { openPromise } from 'yauzl';
import { zipPack } from '../bag/zip-pack.js';
import { PacksJobsModule } from '../packs-jobs.module.js';
import { BuildPackJob } from './build-pack.job.js';
import { BuildPackUsecase } from './build-pack.usecase.js';
import type { RequestPackDto } from './pack.dto.js';
import { PackService } from './pack.service.js';
import { RequestPackUsecase } from './request-pack.usecase.js';

const run = promisify(execFile);
const EDITION = 'psf-1.1';

describe('an evidence pack of real data', () => {
  let db: TestDatabase;
  let config: RosterConfig;
  let context: INestApplicationContext;
  let admin: Client;
  let folder: string;
  let org: TestOrganization;
  let other: TestOrganization;
  let seeded: SeededInventory;
  let requirements: string[];
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');

  beforeAll(async () => {
    db = await createTestDatabase();
    config = testConfig(db);
    context = await createTestContext({ config, clock, imports: [FrameworksModule, InventoryModule, EvidenceModule, PacksJobsModule] });
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    folder = await mkdtemp(join(tmpdir(), 'roster-packs-'));
    requirements = context.get(FrameworkCatalogue).requirementsOf(EDITION).map(({ key }) => key);
    org = await seedOrganization(db, { name: 'Müller & Söhne' });
    other = await seedOrganization(db, { name: 'CANARY organization' });
    seeded = await seedInventory(db, config.storageUrl, org, { workloads: 5, evidencePerWorkload: 2, requirements, edition: EDITION, at: clock.now() });
    await seedInventory(db, config.storageUrl, other, { workloads: 2, prefix: 'CANARY', evidencePerWorkload: 1, requirements, edition: EDITION, at: clock.now() });
    for (const [each, count] of [[org, 7], [other, 3]] as const) {
      await context.get(UnitOfWork).run(each.scope, () => context.get(Trail).recordMany(each.scope, Array.from({ length: count }, (_, n) => ({
        action: 'inventory.workload.registered', object: { type: 'workload', id: `${n}` }, workloadId: each === org ? seeded.workloads[n % 5]?.id ?? null : null, payload: { n, name: each.name },
      }))));
    }
  });
  afterAll(async () => {
    await admin.end();
    await context.close();
    await db.drop();
    await rm(folder, { recursive: true });
  });

  const caller = (of: TestOrganization) => {
    const [member] = of.members;
    if (member === undefined) throw new Error('no member');
    return member.caller;
  };
  const ask = async (asked: RequestPackDto, of = org): Promise<string> => (await context.get(RequestPackUsecase).request(caller(of), asked)).id;
  const work = (id: string, of = org, attempt = 1) => context.get(BuildPackJob).handle({ tenantId: of.tenantId, packId: id }, { attempt });
  const read = (id: string, of = org) => context.get(PackService).read(caller(of), id);
  const download = async (id: string, of = org): Promise<string> => {
    const { stream } = await context.get(PackService).content(caller(of), id);
    const path = join(folder, `${id}.zip`);
    await pipeline(stream, createWriteStream(path));
    return path;
  };
  const build = async (asked: RequestPackDto, of = org): Promise<{ id: string; path: string }> => {
    const id = await ask(asked, of);
    await work(id, of);
    const pack = await read(id, of);
    expect(pack.problem).toBeUndefined();
    expect(pack.status).toBe('succeeded');
    return { id, path: await download(id, of) };
  };
  const filesOf = async (path: string): Promise<Map<string, Buffer>> => {
    const files = new Map<string, Buffer>();
    const zip = await openPromise(path, { autoClose: true });
    for await (const entry of zip.eachEntry()) files.set(entry.fileName.slice(entry.fileName.indexOf('/') + 1), await buffer(await zip.openReadStreamPromise(entry)));
    return files;
  };
  const json = (files: Map<string, Buffer>, path: string): Record<string, never> => JSON.parse((files.get(path) ?? Buffer.from('null')).toString('utf8')) as Record<string, never>;
  const failed = ({ checks }: PackReport): string[] => checks.filter(({ status }) => status === 'failed').map(({ id }) => id);

  /** Runs the commands of the pack's own VERIFY.md, as an auditor would, on a possibly changed copy. */
  const followGuide = async (guide: string, path: string): Promise<{ ok: boolean; output: string }> => {
    const script = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('');
    const target = await mkdtemp(join(folder, 'unpacked-'));
    try {
      const { stdout, stderr } = await run('sh', ['-c', script], { env: { PATH: process.env['PATH'] ?? '', PACK: path, WORK: target } });
      return { ok: true, output: stdout + stderr };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return { ok: false, output: stdout + stderr };
    }
  };

  it('shows what was asked for, verifies offline and with unzip, sha256sum and openssl', async () => {
    const { id, path } = await build({ scope: {} });
    const report = await verifyPackFile(path, { trustedFingerprint: context.get(SigningKeys).keyId });
    expect(failed(report)).toEqual([]);
    expect(report.checks.filter(({ status }) => status === 'not_checked').map(({ id: check }) => check)).toEqual(['log.consistency']);
    expect(report.pack).toMatchObject({ tenant: { id: org.tenantId, name: 'Müller & Söhne' }, counts: { workloads: 5, evidenceFiles: 10, trailEntries: 8 } });
    expect((await read(id)).result).toMatchObject({ fileName: expect.stringMatching(/^muller-sohne-evidence-pack-2026-05-01-[0-9a-f]{12}\.zip$/), counts: { workloads: 5, evidenceFiles: 10, exclusions: 0 } });

    const files = await filesOf(path);
    const guide = files.get(PACK_FILES.verifyGuide)?.toString() ?? '';
    expect(await followGuide(guide, path)).toMatchObject({ ok: true, output: expect.stringContaining('Signature Verified Successfully') });

    const lines = parse(files.get('data/inventory.csv') ?? '', { bom: true, columns: true }) as Record<string, string>[];
    expect(lines.map(({ key }) => key)).toEqual(['BOT-1', 'BOT-2', 'BOT-3', 'BOT-4', 'BOT-5']);
    expect(lines[0]).toMatchObject({ riskOwner: 'Member 0', requiredMet: '1', edition: EDITION, executesTools: 'no', handlesPii: 'unknown' });
    expect(json(files, 'data/inventory.json')).toHaveLength(5);
    const document = json(files, `data/workloads/${seeded.workloads[0]?.id ?? ''}.json`);
    expect(document).toMatchObject({
      workload: { key: 'BOT-1', registeredAt: '2026-05-01T12:00:00.000Z', processesRealData: 'yes' }, owners: [{ role: 'on_call', status: 'accepted' }, { role: 'risk_owner' }],
      coverage: { edition: EDITION, required: { met: 1 } }, people: { [caller(org).memberId]: 'Member 0' },
    });
    expect(json(files, 'data/completeness.json')).toMatchObject({ count: 5, exclusions: [], population: { scope: { kind: 'all' } } });
    expect(json(files, `data/frameworks/${EDITION}.json`)).toMatchObject({ id: EDITION });
    expect([...files.keys()].filter((name) => name.endsWith('/v1/Proof_of_control.txt'))).toHaveLength(10);
    expect(json(files, 'data/evidence-index.json')).toHaveLength(10);
    for (const [name, bytes] of files) if (bytes.includes('CANARY')) throw new Error(`${name} tells something about another organization`);
  });

  it('is noticed by both ways of checking when it was tampered with', async () => {
    const { path } = await build({ scope: { workloads: ['BOT-1'] } });
    const otherPath = (await build({ scope: { workloads: ['BOT-2'] } })).path;
    const genuine = await readFile(path);
    const files = await filesOf(path);
    const guide = files.get(PACK_FILES.verifyGuide)?.toString() ?? '';
    const root = /cd "\$WORK\/([^"]+)"/.exec(guide)?.[1] ?? '';
    expect(await followGuide(guide, path)).toMatchObject({ ok: true });

    const evidence = [...files.keys()].find((name) => name.startsWith('data/evidence/')) ?? '';
    const repacked = async (change: (copy: Map<string, Buffer>) => void): Promise<Buffer> => {
      const copy = new Map(files);
      change(copy);
      const { createHash } = await import('node:crypto');
      return buffer(zipPack(root, [...copy].map(([name, bytes]) => ({ path: name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), open: () => Readable.from(bytes.length === 0 ? [] : [bytes]) }))));
    };
    const flipped = (at: number): Buffer => {
      const copy = Buffer.from(genuine);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    const otherEnvelope = (await filesOf(otherPath)).get(PACK_FILES.attestation)?.toString() ?? '';
    const swapped = (text: string): Buffer => Buffer.from(text.replace(/"sig":"[^"]+"/, /"sig":"[^"]+"/.exec(otherEnvelope)?.[0] ?? ''));
    const cases: readonly (readonly [what: string, bytes: Buffer])[] = [
      ['a flipped byte in an evidence file', flipped(genuine.indexOf(files.get(evidence) ?? '') + 20)],
      ['a flipped byte in the manifest', flipped(genuine.indexOf(files.get(PACK_FILES.manifest) ?? ''))],
      ['a changed file in an otherwise sound archive', await repacked((copy) => copy.set('data/inventory.csv', Buffer.from('key\n')))],
      ['a changed file with a manifest to match', await repacked((copy) => {
        copy.set(evidence, Buffer.from('forged'));
        copy.set(PACK_FILES.manifest, Buffer.from((copy.get(PACK_FILES.manifest) ?? Buffer.alloc(0)).toString().replace(new RegExp(`[0-9a-f]{64}(?=  ${evidence})`), 'd9db30b1f4bd1e6e4b6ea8b6a8ac7e4b4f8a7fc3d1dd0e9ee44a4c5ac3b0b7c0')));
      })],
      ['a removed evidence file', await repacked((copy) => copy.delete(evidence))],
      ['a removed trail', await repacked((copy) => copy.delete(PACK_FILES.entries))],
      ['an added file', await repacked((copy) => copy.set('data/evidence/extra.txt', Buffer.from('extra')))],
      ['an added file outside the payload', await repacked((copy) => copy.set('extra.txt', Buffer.from('extra')))],
      ['the signature of another pack', await repacked((copy) => copy.set(PACK_FILES.attestation, swapped((copy.get(PACK_FILES.attestation) ?? '').toString())))],
      ['the whole statement of another pack', await repacked((copy) => copy.set(PACK_FILES.attestation, Buffer.from(otherEnvelope)))],
    ];
    for (const [what, bytes] of cases) {
      const target = join(folder, 'tampered.zip');
      await writeFile(target, bytes);
      if ((await verifyPackFile(target)).ok) throw new Error(`the check did not notice ${what}`);
      const guided = await followGuide(guide, target);
      if (guided.ok) throw new Error(`The commands did not notice ${what}: ${guided.output}`);
    }
  });

  it('gives the same bytes for the same question, whatever happens afterwards, and different bytes for another', async () => {
    const asOf = clock.now().toISOString();
    clock.advance({ seconds: 1 });
    const first = await build({ scope: { filter: { team: ['Support'] } }, asOf });
    clock.advance({ hours: 1 });
    await admin.query('BEGIN');
    await admin.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [org.tenantId, clock.now().toISOString()]);
    await admin.query(`UPDATE workload SET name = 'Renamed', risk_tier = 'high', updated_at = $2 WHERE tenant_id = $1 AND key = 'BOT-1'`, [org.tenantId, clock.now()]);
    await admin.query('UPDATE owner_assignment SET status = $2, effective_to = $3 WHERE tenant_id = $1 AND role = \'risk_owner\'', [org.tenantId, 'ended', clock.now()]);
    await admin.query('COMMIT');
    await context.get(UnitOfWork).run(org.scope, () => context.get(Trail).record(org.scope, { action: 'inventory.workload.changed', object: { type: 'workload', id: 'x' }, workloadId: seeded.workloads[0]?.id ?? null, payload: {} }));

    const again = await build({ scope: { filter: { team: ['Support', 'Support'] } }, asOf, period: {} });
    expect((await read(again.id)).packKey).toBe((await read(first.id)).packKey);
    expect((await readFile(again.path)).equals(await readFile(first.path))).toBe(true);

    const later = await build({ scope: { filter: { team: ['Support'] } } });
    const files = await filesOf(later.path);
    expect(files.get('data/inventory.csv')?.toString()).toContain('Renamed');
    // The later pack proves that the trail of the earlier one was only added to.
    const report = await verifyPackFile(later.path);
    expect([failed(report), report.checks.find(({ id }) => id === 'log.consistency')?.status]).toEqual([[], 'passed']);
  });

  it('is finished once when its job runs twice at the same time, and not again later', async () => {
    const id = await ask({ scope: { workloads: ['BOT-3'] } });
    await Promise.all([work(id), work(id)]);
    await work(id, org, 2);
    const pack = await read(id);
    expect(pack.status).toBe('succeeded');
    expect(await readdir(join(fileURLToPath(config.storageUrl), org.tenantId, 'packs', id))).toHaveLength(1);
    expect((await admin.query(`SELECT FROM trail_entry WHERE tenant_id = $1 AND object_id = $2 AND action = 'packs.pack.built'`, [org.tenantId, id])).rowCount).toBe(1);
    await expect(admin.query('UPDATE pack SET size = 1 WHERE id = $1', [id])).rejects.toThrow('built once');
  });

  it('limits population, trail and period to the scope, and lists every exclusion with its reason', async () => {
    const org2 = await seedOrganization(db, { name: 'Exclusive' });
    const from = clock.now();
    const inventory = await seedInventory(db, config.storageUrl, org2, { workloads: 4, prefix: 'X', evidencePerWorkload: 1, requirements, edition: EDITION, at: from });
    const [one, two, three] = inventory.workloads;
    const record = (workloadId: string | undefined) => context.get(UnitOfWork).run(org2.scope, () => context.get(Trail).record(org2.scope, { action: 'inventory.workload.changed', object: { type: 'workload', id: workloadId ?? '' }, workloadId: workloadId ?? null, payload: {} }));
    await record(one?.id);
    await record(two?.id);
    const change = async (sql: string, values: unknown[]) => {
      await admin.query('BEGIN');
      await admin.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [org2.tenantId, clock.now().toISOString()]);
      await admin.query(sql, values);
      await admin.query('COMMIT');
    };
    clock.advance({ minutes: 1 });
    await change('UPDATE workload SET withdrawn_at = $2 WHERE tenant_id = $1 AND id = $3', [org2.tenantId, clock.now(), two?.id]);
    await change('UPDATE workload SET merged_into_id = $2 WHERE tenant_id = $1 AND id = $3', [org2.tenantId, one?.id, three?.id]);
    await change(`INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, status) VALUES ($1, $2, 2, 'https://docs.example.test/x', $3, 'quarantined')`, [org2.tenantId, inventory.evidence[0]?.itemId, clock.now()]);

    const { path } = await build({ scope: { filter: { riskTier: ['low'], team: ['Support'] } }, formats: ['json'] }, org2);
    const files = await filesOf(path);
    expect(files.has('data/inventory.csv')).toBe(false);
    const completeness = json(files, 'data/completeness.json') as unknown as { count: number; exclusions: { what: string; name: string; reason: string }[] };
    expect(completeness.count).toBe(2);
    expect(completeness.exclusions.map(({ what, name, reason }) => [what, name, reason.slice(0, 25)])).toEqual([
      ['workload', 'X-2', 'The import that created i'], ['workload', 'X-3', 'It had been merged into a'], ['evidence_version', 'Evidence 1 of X-1', 'It is an address; no file'],
    ]);
    const entries = (files.get(PACK_FILES.entries) ?? '').toString().trimEnd().split('\n').map((line) => (JSON.parse(line) as { workload: string | null }).workload);
    expect(entries).toEqual([one?.id]);

    const before = await build({ scope: { workloads: ['X-1'] }, asOf: from.toISOString() }, org2);
    expect(json(await filesOf(before.path), 'data/completeness.json')).toMatchObject({ count: 1, exclusions: [] });
    const early = await build({ scope: { workloads: ['X-1', 'X-4'] }, asOf: new Date(from.getTime() - 1_000).toISOString() }, org2);
    expect(json(await filesOf(early.path), 'data/completeness.json')).toMatchObject({ count: 0, exclusions: [{ name: 'X-1', reason: 'It was registered after the as-of date.' }, { name: 'X-4' }] });
    expect(failed(await verifyPackFile(early.path))).toEqual([]);

    const late = await build({ scope: { filter: { riskTier: ['critical'] } }, period: { from: clock.now().toISOString() } }, org2);
    const lateFiles = await filesOf(late.path);
    expect(json(lateFiles, 'data/completeness.json')).toMatchObject({ count: 0, counts: { trailEntries: 0 } });
    expect((json(lateFiles, 'data/completeness.json') as unknown as { exclusions: { reason: string }[] }).exclusions.map(({ reason }) => reason)).toContain('It does not match the filter of the scope.');
  });

  it('is not made from damaged evidence, and says which', async () => {
    const org3 = await seedOrganization(db, { name: 'Damaged' });
    const { evidence: [item] } = await seedInventory(db, config.storageUrl, org3, { workloads: 1, prefix: 'D', evidencePerWorkload: 1, requirements, edition: EDITION, at: clock.now() });
    const stored = join(fileURLToPath(config.storageUrl), item?.storageKey ?? '');
    const bytes = await readFile(stored);
    for (const damage of [() => writeFile(stored, Buffer.concat([bytes.subarray(1), Buffer.from('x')])), () => writeFile(stored, bytes.subarray(1)), () => rm(stored)]) {
      await damage();
      const id = await ask({ scope: {} }, org3);
      await work(id, org3);
      expect(await read(id, org3)).toMatchObject({ status: 'failed', problem: { code: 'PACKS_EVIDENCE_DAMAGED', detail: expect.stringContaining(item?.itemId ?? '?') } });
      await expect(context.get(PackService).content(caller(org3), id)).rejects.toMatchObject({ code: 'PACKS_PACK_FAILED' });
    }
    await writeFile(stored, bytes);
    expect(failed(await verifyPackFile((await build({ scope: {} }, org3)).path))).toEqual([]);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`roster-pack-${process.pid}-`))).toEqual([]);
  });

  it('tells whoever waits that nobody tries again', async () => {
    const org4 = await seedOrganization(db);
    const id = await ask({ scope: {} }, org4);
    await admin.query('ALTER TABLE trail_checkpoint RENAME TO trail_checkpoint_away');
    try {
      await expect(work(id, org4, 1)).rejects.toThrow('trail_checkpoint');
      expect((await read(id, org4)).status).toBe('running');
      await expect(work(id, org4, 6)).rejects.toThrow('trail_checkpoint');
    } finally {
      await admin.query('ALTER TABLE trail_checkpoint_away RENAME TO trail_checkpoint');
    }
    expect(await read(id, org4)).toMatchObject({ status: 'failed', problem: { code: 'PLATFORM_INTERNAL_ERROR' } });
  });

  it('is built by the newest run though an older one gives up meanwhile', async () => {
    const id = await ask({ scope: {} });
    const builder = context.get(BuildPackUsecase);
    const build = builder.build.bind(builder);
    const died = new Error('the worker lost its lease');
    const newest: Promise<void>[] = [];
    // The run that lost its lease notices only when its twin has begun.
    jest.spyOn(builder, 'build').mockImplementationOnce(async () => {
      let begun: () => void = () => undefined;
      const twinBegan = new Promise<void>((resolve) => { begun = resolve; });
      jest.spyOn(builder, 'build').mockImplementationOnce(async (...given) => {
        begun();
        await lateDied;
        return build(...given);
      });
      newest.push(work(id, org, JOB_ATTEMPTS));
      await twinBegan;
      throw died;
    });
    const late = work(id, org, JOB_ATTEMPTS);
    const lateDied = late.catch((error: unknown) => { expect(error).toBe(died); });
    await lateDied;
    expect((await read(id)).status).toBe('running');
    await Promise.all(newest);
    expect(await read(id)).toMatchObject({ status: 'succeeded' });
    jest.restoreAllMocks();
  });

  it('does not exist for another organization', async () => {
    const id = await ask({ scope: {} });
    await expect(read(id, other)).rejects.toMatchObject({ code: 'PACKS_PACK_NOT_FOUND' });
    await expect(context.get(PackService).content(caller(other), id)).rejects.toMatchObject({ code: 'PACKS_PACK_NOT_FOUND' });
    await expect(context.get(PackService).content(caller(org), id)).rejects.toMatchObject({ code: 'PACKS_PACK_NOT_READY' });
    await expect(ask({ scope: { workloads: ['CANARY-1'] } })).rejects.toMatchObject({ code: 'PLATFORM_REFERENCE_UNKNOWN' });
    await work(id, other);
    expect((await read(id)).status).toBe('queued');
  });

  it.each<[string, RequestPackDto, string]>([
    ['an as-of date in the future', { scope: {}, asOf: '2036-01-01T00:00:00Z' }, 'PLATFORM_REQUEST_INVALID'],
    ['a period after the as-of date', { scope: {}, asOf: '2026-01-02T00:00:00Z', period: { to: '2026-01-03T00:00:00Z' } }, 'PLATFORM_REQUEST_INVALID'],
    ['a period that ends before it begins', { scope: {}, period: { from: '2026-01-03T00:00:00Z', to: '2026-01-02T00:00:00Z' } }, 'PLATFORM_REQUEST_INVALID'],
    ['both workloads and a filter', { scope: { workloads: ['BOT-1'], filter: {} } }, 'PACKS_SCOPE_AMBIGUOUS'],
    ['an unknown workload', { scope: { workloads: ['NOBODY'] } }, 'PLATFORM_REFERENCE_UNKNOWN'],
    ['an unknown edition', { scope: {}, edition: 'psf-99' }, 'FRAMEWORKS_EDITION_NOT_FOUND'],
  ])('is refused with %s, and nothing is written', async (_what, asked, code) => {
    const before = (await admin.query('SELECT FROM pack')).rowCount;
    await expect(ask(asked)).rejects.toMatchObject({ code });
    expect((await admin.query('SELECT FROM pack')).rowCount).toBe(before);
  });
});
