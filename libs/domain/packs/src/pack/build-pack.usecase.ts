import { AsyncResource } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { newId, TenantScope } from '@roster/platform-context';
import { problem, type ProblemError } from '@roster/platform-errors';
import { Operations } from '@roster/platform-queue';
import { SigningKeys } from '@roster/platform-signing';
import { FileStorage } from '@roster/platform-storage';
import { TrailSlices } from '@roster/trail';
import { PackSpool } from '../bag/pack-spool.js';
import { sealBag } from '../bag/seal-bag.js';
import { PackMemberChanged, zipPack, zipPackSize } from '../bag/zip-pack.js';
import { type GatheredPack, PackContent, StoredFileMissing } from '../content/pack-content.js';
import { PackEnding } from './pack-ending.js';
import { PackRepository, type PackRow } from './pack.repository.js';

/** Progress is written at most so often; a large pack has many steps. */
const PROGRESS_MILLISECONDS = 250;

/**
 * Builds one pack: snapshot -> spool -> seal -> archive -> storage -> done. Nothing is held in memory but names and digests.
 * Running it twice, one after the other or at once, gives the same bytes and one finished pack.
 */
@Injectable()
export class BuildPackUsecase {
  constructor(
    private readonly packs: PackRepository, private readonly content: PackContent, private readonly slices: TrailSlices, private readonly operations: Operations, private readonly storage: FileStorage,
    private readonly keys: SigningKeys, private readonly ending: PackEnding,
  ) {}

  /** @throws whatever went wrong on the way, so that the job is tried again; damaged evidence ends the pack with a problem instead */
  async build(tenantId: string, packId: string): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'packs.build-pack');
    const pack = await this.packs.find(system, packId);
    if (pack === null || pack.builtAt !== null) return;
    const scope = TenantScope.resumed(tenantId, pack.requestedBy);
    if (!(await this.operations.progress(scope, packId, 0))) return;
    const progress = this.reporter(scope, packId);
    await this.slices.prepare(scope);
    const spool = await PackSpool.create();
    try {
      const gathered = await this.ending.snapshot(scope, async () => this.content.gather(scope, pack, spool, await this.packs.checkpointBefore(scope, pack.asOf), (done, total) => progress.report(done, total)));
      const members = await sealBag(spool, gathered, this.keys);
      const steps = gathered.counts.workloads;
      const size = zipPackSize(gathered.root, members);
      await this.store(scope, pack, gathered, zipPack(gathered.root, members, (done) => progress.report(steps + done, steps + members.length)), size, steps + members.length);
      await progress.settle(true);
    } catch (error) {
      const damage = damaged(error);
      if (damage === null) throw error;
      await this.operations.fail(scope, packId, damage);
    } finally {
      await progress.settle(false);
      await spool.discard();
    }
  }

  private async store(scope: TenantScope, pack: PackRow, gathered: GatheredPack, archive: Readable, size: number, steps: number): Promise<void> {
    // Each run stores under a name of its own, so that two of them never write to one object; the loser removes its copy.
    const storageKey = `${scope.tenantId}/packs/${pack.id}/${newId()}.zip`;
    const hash = createHash('sha256');
    const hashed = Readable.from(tapped(archive, (chunk) => hash.update(chunk)), { objectMode: false });
    await this.storage.putStream(storageKey, hashed, size, 'application/zip');
    const isFirst = await this.ending.finish(scope, pack, gathered, { storageKey, size, sha256: hash.digest('hex') }, steps);
    if (!isFirst) await this.storage.delete(storageKey);
  }

  /**
   * Progress is written outside the snapshot's transaction, or nobody would see it before the end: the function is bound to the
   * surroundings in which no transaction is open yet.
   */
  private reporter(scope: TenantScope, packId: string): ProgressReporter {
    const write = AsyncResource.bind((done: number, total: number) => this.operations.progress(scope, packId, done, total));
    return new ProgressReporter(write);
  }
}

/** Writes progress one after the other and at most every 250 ms, without holding up the work. */
class ProgressReporter {
  private last = -Infinity;
  private writing: Promise<unknown> = Promise.resolve();
  private failure: Error | null = null;

  constructor(private readonly write: (done: number, total: number) => Promise<unknown>) {}

  report(done: number, total: number): void {
    const now = performance.now();
    if (now - this.last < PROGRESS_MILLISECONDS) return;
    this.last = now;
    this.writing = this.writing.then(() => this.write(done, total)).catch((error: unknown) => { this.failure ??= error instanceof Error ? error : new Error(String(error)); });
  }

  /** Waits until everything is written. @throws the first failure, for `failing`; a work that has failed itself has the better story to tell */
  async settle(failing: boolean): Promise<void> {
    await this.writing;
    if (failing && this.failure !== null) throw this.failure;
  }
}

async function* tapped(source: AsyncIterable<Buffer>, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    see(chunk);
    yield chunk;
  }
}

const damaged = (error: unknown): ProblemError | null =>
  (error instanceof PackMemberChanged || error instanceof StoredFileMissing
    ? problem('PACKS_EVIDENCE_DAMAGED', `${error.message}. No pack was made, because it would not show what was recorded. Restore the file from a backup, or submit a new version of the evidence.`)
    : null);
