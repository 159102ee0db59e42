import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { bodyOf, follow, type RosterClient, type Schemas } from '@roster/api-client';
import { Complaint, EXIT } from './complaint.js';
import { pairs, type Output } from './output.js';

export interface BuildPackOptions {
  readonly workload: string[];
  readonly stage: NonNullable<Schemas['PackFilterDto']['stage']>;
  readonly team: string[];
  readonly edition?: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly to?: string;
  /** File, or folder in which the pack keeps its own name. */
  readonly out?: string;
}

/** `roster pack build`: asks for a pack, follows its making, downloads it and compares its digest. */
export async function buildPack(client: RosterClient, options: BuildPackOptions, output: Output): Promise<number> {
  const filter = { ...(options.stage.length > 0 ? { stage: options.stage } : {}), ...(options.team.length > 0 ? { team: options.team } : {}) };
  const { id } = await bodyOf(client.POST('/api/v1/packs', { body: {
    scope: { ...(options.workload.length > 0 ? { workloads: options.workload } : {}), ...(Object.keys(filter).length > 0 ? { filter } : {}) },
    ...(options.from || options.to ? { period: { from: options.from, to: options.to } } : {}), asOf: options.asOf, edition: options.edition,
  } }));
  const building = output.progress('Building');
  const pack = await follow(() => bodyOf(client.GET('/api/v1/packs/{id}', { params: { path: { id } } })), ({ progress }) => building.update(progress.done, progress.total, progress.unit)).finally(() => building.stop());
  if (pack.status !== 'succeeded' || !pack.result) throw new Complaint(`The pack was not built (${pack.status}): ${String(pack.problem?.['detail'] ?? 'no reason given')}`, 'Correct what is named and ask again.');
  const file = await download(client, id, pack.result, options.out, output);
  output.result({ ...pack, file }, () => `${pairs([['Pack', file], ['Size', `${pack.result?.size} bytes`], ['SHA-256', pack.result?.sha256], ['Signing key', pack.result?.keyFingerprint], ['As of', pack.asOf]])}\n\nVerify it: roster pack verify ${file} --key ${pack.result?.keyFingerprint}`);
  return EXIT.ok;
}

async function download(client: RosterClient, id: string, result: Schemas['PackResultDto'], out: string | undefined, output: Output): Promise<string> {
  const isFolder = out === undefined || (await stat(out).catch(() => null))?.isDirectory() === true;
  const target = isFolder ? join(out ?? '.', result.fileName) : (out ?? result.fileName);
  const content = await bodyOf(client.GET('/api/v1/packs/{id}/content', { params: { path: { id } }, parseAs: 'stream' }));
  const hash = createHash('sha256');
  const bar = output.progress('Downloading');
  let done = 0;
  const half = `${target}.part`;
  try {
    await pipeline(Readable.fromWeb(content as ReadableStream), new Transform({
      transform(chunk: Buffer, _encoding, next) {
        hash.update(chunk);
        done += chunk.length;
        bar.update(done, result.size, 'bytes');
        next(null, chunk);
      },
    }), createWriteStream(half));
    const digest = hash.digest('hex');
    if (digest !== result.sha256) throw new Complaint(`The download is damaged: its SHA-256 is ${digest}, the service says ${result.sha256}.`, 'Try again.');
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  } finally {
    bar.stop();
  }
  return target;
}
