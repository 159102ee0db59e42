/** A pack of 1,000 workloads with 2,000 evidence files, against hashing and storing the same bytes; and how long checking it takes. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FrameworkCatalogue } from '@roster/frameworks';
import { BuildPackUsecase, PackService, RequestPackUsecase } from '@roster/packs';
import { verifyPackFile } from '@roster/pack-verify';
import { PERMISSION_NAMES } from '@roster/contracts';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { FileStorage } from '@roster/platform-storage';
import { seedInventory } from '@roster/testing';
import { Trail } from '@roster/trail';
import { peakMemory, seconds, seedOrganization, withAdmin, workerContext } from './measure.mjs';

const WORKLOADS = 1_000;
const FILES_EACH = 2;
const FILE_BYTES = 262_144;
const ENTRIES_EACH = 10;

export async function run(stack) {
  const context = await workerContext(stack);
  const folder = await mkdtemp(join(tmpdir(), 'roster-bench-'));
  try {
    const { tenantId, memberId, scope } = await seedOrganization(stack);
    const reviewerId = newId();
    await withAdmin(stack, async (client) => {
      const userId = newId();
      await client.query(`INSERT INTO user_account (id, email, name, password_hash) VALUES ($1, $2, 'Reviewer', '$argon2id$none')`, [userId, `bench-${userId}@example.test`]);
      await client.query(`INSERT INTO member (tenant_id, id, user_id, email, name, role) VALUES ($1, $2, $3, $4, 'Reviewer', 'admin')`, [tenantId, reviewerId, userId, `bench-${userId}@example.test`]);
    });
    const edition = 'psf-1.1';
    const at = new Date();
    const seeded = await seedInventory({ adminUrl: stack.adminUrl }, stack.config.storageUrl, { tenantId, members: [{ id: memberId, name: 'Bench' }, { id: reviewerId, name: 'Reviewer' }] }, {
      workloads: WORKLOADS, evidencePerWorkload: FILES_EACH, evidenceBytes: FILE_BYTES, requirements: context.get(FrameworkCatalogue).requirementsOf(edition).map(({ key }) => key), edition, at,
    });
    for (const { id, key } of seeded.workloads) {
      await context.get(UnitOfWork).run(scope, () => context.get(Trail).recordMany(scope, Array.from({ length: ENTRIES_EACH }, (_unused, n) => ({ action: 'inventory.workload.changed', object: { type: 'workload', id }, workloadId: id, payload: { key, n } }))));
    }
    await withAdmin(stack, (client) => client.query('ANALYZE'));
    const caller = { tenantId, actor: { type: 'member', id: memberId, name: 'Bench' }, memberId, permissions: new Set(PERMISSION_NAMES), via: 'session', credentialId: newId() };
    const { id } = await context.get(RequestPackUsecase).request(caller, { scope: {} });
    globalThis.gc?.();
    const before = Math.round(process.memoryUsage().rss / 2 ** 20);
    const built = await peakMemory(() => seconds(() => context.get(BuildPackUsecase).build(tenantId, id)));
    const pack = await context.get(PackService).read(caller, id);
    if (pack.status !== 'succeeded') throw new Error(JSON.stringify(pack.problem));

    // Floor: the same number of bytes from the same files, hashed and stored as one object.
    const storage = context.get(FileStorage);
    const floor = await seconds(async () => {
      const hash = createHash('sha256');
      await pipeline(async function* () {
        for (const { storageKey } of seeded.evidence) {
          for await (const chunk of await storage.open(storageKey)) {
            hash.update(chunk);
            yield chunk;
          }
        }
      }, createWriteStream(join(folder, 'floor.bin')));
      hash.digest();
    });

    const path = join(folder, 'pack.zip');
    await pipeline((await context.get(PackService).content(caller, id)).stream, createWriteStream(path));
    let report;
    const verified = await peakMemory(() => seconds(async () => { report = await verifyPackFile(path); }));
    if (!report.ok) throw new Error(JSON.stringify(report.checks.filter(({ status }) => status === 'failed')));
    const { workloads, evidenceFiles, trailEntries } = report.pack.counts;
    const size = Math.round(pack.result.size / 2 ** 20);
    return [
      { name: `pack of ${workloads} workloads, ${evidenceFiles} files, ${trailEntries} trail entries, ${size} MiB`, ours: built.result.toFixed(1), floor: floor.toFixed(1), unit: 's', ratio: built.result / floor, note: `floor: SHA-256 and store of the same files; peak ${built.mebibytes} MiB, ${before} MiB before it started` },
      { name: 'verify that pack offline', ours: verified.result.toFixed(1), unit: 's', note: `peak ${verified.mebibytes} MiB, ${report.checks.length} checks` },
    ];
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
