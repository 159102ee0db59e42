/** Imports end to end (upload on disk to committed workloads), against bare COPY of the same file into one table of text columns. */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NestFactory } from '@nestjs/core';
import { AccessModule } from '@roster/access';
import { WorkloadImportJobsModule } from '@roster/inventory';
import { ConfigModule } from '@roster/platform-config';
import { PERMISSION_NAMES } from '@roster/contracts';
import { TenantScope } from '@roster/platform-context';
import { DatabaseModule } from '@roster/platform-database';
import { OutboxModule } from '@roster/platform-queue';
import { SigningModule } from '@roster/platform-signing';
import { FileStorage, StorageModule } from '@roster/platform-storage';
import { TelemetryModule } from '@roster/platform-telemetry';
import { TrailModule } from '@roster/trail';
import { from as copyFrom } from 'pg-copy-streams';
import { peakMemory, seconds, seedOrganization, withAdmin } from './measure.mjs';

const ROWS = 100_000;
const REAL = process.env.ROSTER_SHARED_DATA ?? new URL('../../../shared/data', import.meta.url).pathname;

const HEADER = ['Name', 'Team', 'Business unit', 'Purpose', 'Kind', 'PII', 'Processes real data', 'Stage', 'Risk tier', 'Cost centre', 'Vendor', 'Region'];
const KINDS = ['model', 'agent', 'rag_pipeline', 'classical_ml'];
const row = (n) => [`Workload ${n} ${['routing', 'triage', 'forecast', 'assistant'][n % 4]}`, `Team ${n % 200}`, `Unit ${n % 20}`, `Decides what happens to request ${n}, "quickly", and says why`,
  KINDS[n % 4], ['Yes', 'No', 'N/A', ''][n % 4], n % 3 ? 'Yes' : 'No', ['Pilot', 'In production'][n % 2], ['low', 'medium', 'high'][n % 3], String(4000 + (n % 90)), `Vendor ${n % 40}`, ['EU', 'US'][n % 2]];
const csv = (cells) => `${cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;

export async function run(stack) {
  const context = await NestFactory.createApplicationContext({
    module: class ImportBench {},
    imports: [ConfigModule.forRoot(stack.config), TelemetryModule.forRoot('bench'), DatabaseModule.forRoot('roster-bench'), OutboxModule, StorageModule, SigningModule, TrailModule, AccessModule, WorkloadImportJobsModule],
  }, { logger: ['error'], abortOnError: false });
  const inside = (name) => import(new URL(`../../libs/domain/inventory/dist/workload-import/${name}.js`, import.meta.url).href);
  const [{ StartImportUsecase }, { ChangeImportUsecase }, { RunImportJob }, { CommitImportJob }, { WorkloadImportService }, { WorkloadImportRepository }] =
    await Promise.all(['start-import.usecase', 'change-import.usecase', 'run-import.job', 'commit-import.job', 'workload-import.service', 'workload-import.repository'].map(inside));
  const start = async (org, file, options) => {
    const caller = { tenantId: org.tenantId, actor: { type: 'member', id: org.memberId, name: 'Bench' }, memberId: org.memberId, permissions: new Set(PERMISSION_NAMES), via: 'session', credentialId: org.memberId };
    const spooled = await context.get(FileStorage).spool(createReadStream(file), 2 ** 30);
    const { id } = await context.get(StartImportUsecase).start(caller, { fields: { options: JSON.stringify(options) }, file: spooled, fileName: 'bench.csv', declaredType: 'text/csv' });
    return { id, caller, payload: { tenantId: org.tenantId, importId: id, operationId: id } };
  };
  const job = ({ payload }) => context.get(RunImportJob).handle(payload, { attempt: 1, signal: new AbortController().signal });
  const counts = async ({ id, caller }) => (await context.get(WorkloadImportService).read(caller, id)).result;

  const file = join(stack.home, 'hundred-thousand.csv');
  await pipeline(Readable.from((function* () {
    yield csv(HEADER);
    for (let n = 0; n < ROWS; n += 1) yield csv(row(n));
  })()), createWriteStream(file));
  const bytes = (await stat(file)).size;

  const rows = [];
  const table = `bench_${randomBytes(4).toString('hex')}`;
  const copySeconds = await withAdmin(stack, async (client) => {
    await client.query(`CREATE TABLE ${table} (${HEADER.map((_, n) => `c${n} text`).join(', ')})`);
    const taken = await seconds(() => pipeline(createReadStream(file), client.query(copyFrom(`COPY ${table} FROM STDIN WITH (FORMAT csv, HEADER)`))));
    await client.query(`DROP TABLE ${table}`);
    return taken;
  });

  const org = await seedOrganization(stack);
  const first = await start(org, file, {});
  const { result: taken, mebibytes } = await peakMemory(() => seconds(() => job(first)));
  const result = await counts(first);
  if (result?.created !== ROWS) throw new Error(`The import made ${JSON.stringify(result)}`);
  rows.push({ name: `import ${ROWS} rows, ${(bytes / 2 ** 20).toFixed(0)} MiB`, ours: taken.toFixed(2), floor: copySeconds.toFixed(2), unit: 's', ratio: taken / copySeconds, note: `${Math.round(ROWS / taken)} rows/s, peak ${mebibytes} MiB; floor: COPY into a table without keys` });
  const second = await start(org, file, {});
  const again = await seconds(() => job(second));
  const unchanged = await counts(second);
  if (unchanged?.unchanged !== ROWS) throw new Error(`The second import made ${JSON.stringify(unchanged)}`);
  rows.push({ name: `import the same ${ROWS} rows again, all unchanged`, ours: again.toFixed(2), floor: copySeconds.toFixed(2), unit: 's', ratio: again / copySeconds });

  const real = join(REAL, 'us-federal-ai-use-cases-2024.csv');
  if (await stat(real).then(() => true, () => false)) {
    const other = await seedOrganization(stack);
    const preview = await start(other, real, { dryRun: true });
    const dry = await seconds(() => job(preview));
    await context.get(ChangeImportUsecase).commit(preview.caller, preview.id);
    const { operationId } = await context.get(WorkloadImportRepository).find(TenantScope.forSystem(other.tenantId, 'bench'), preview.id);
    const commit = await seconds(() => context.get(CommitImportJob).handle({ ...preview.payload, operationId }, { attempt: 1, signal: new AbortController().signal }));
    rows.push({ name: '2024 federal inventory, dry run (read, plan, rehearse)', ours: dry.toFixed(2), unit: 's', note: JSON.stringify(await counts(preview)) });
    rows.push({ name: '2024 federal inventory, commit', ours: commit.toFixed(2), floor: '5.00', unit: 's', ratio: commit / 5, note: 'floor: the goal' });
  } else {
    rows.push({ name: '2024 federal inventory', ours: 'absent', unit: '', note: `not measured: ${real} is missing` });
  }
  await context.close();
  return rows;
}
