import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Access } from '@roster/access';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { Clock, newId, responsibleMemberId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem, ProblemError } from '@roster/platform-errors';
import { FileStorage, type SpooledFile } from '@roster/platform-storage';
import { UploadIntake } from '../file/upload-intake.js';
import type { EvidenceUpload } from './evidence-upload.js';
import { EvidenceUploadRepository } from './evidence-upload.repository.js';
import type { AnnouncedFile } from './tus-headers.js';

/** An upload without a new piece for this long is given up. */
export const UPLOAD_LIFETIME_MILLISECONDS = 24 * 60 * 60_000;
const MAX_OPEN_OF_MEMBER = 200;
/** Bytes that an organization may have on their way at once, what waits for the sweep included, in largest files. */
const MAX_OPEN_IN_LARGEST_FILES = 40;
const MAX_PARTS = 10_000;
/** Pieces of one upload that this process receives at once: one, and those of lines that went dead unnoticed. They lie on local disk. */
const MAX_PIECES_AT_ONCE = 4;

/** Where the bytes of an upload lie until it is used or swept. */
export const uploadPrefix = (tenantId: string, id: string): string => `${tenantId}/uploads/${id}/`;

/** Takes files in pieces, so that a lost connection costs only the piece under way (docs/adr, resumable uploads). */
@Injectable()
export class EvidenceUploadService {
  private readonly underWay = new Map<string, number>();

  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly uploads: EvidenceUploadRepository, private readonly storage: FileStorage,
    private readonly intake: UploadIntake, private readonly clock: Clock, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  get maxBytes(): number {
    return this.config.maxUploadBytes;
  }

  /** Begins an upload. @throws PLATFORM_BODY_TOO_LARGE, EVIDENCE_FILE_REFUSED, EVIDENCE_UPLOAD_LIMIT_REACHED */
  async begin(caller: Caller, file: AnnouncedFile): Promise<EvidenceUpload> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    if (file.size > this.maxBytes) throw problem('PLATFORM_BODY_TOO_LARGE', `The file has ${file.size} bytes; at most ${this.maxBytes} are allowed. Nothing was stored.`);
    this.intake.checkAnnounced(file.fileName, file.declaredType);
    const at = this.clock.now();
    const id = newId(at);
    await this.unitOfWork.run(scope, async () => {
      // Two that begin at once would both find room.
      await this.uploads.lockLimits(scope);
      const open = await this.uploads.announced(scope, caller.memberId, at);
      if (open.ofMember >= MAX_OPEN_OF_MEMBER) throw limitReached(`You have ${open.ofMember} uploads that were not submitted. Submit or remove some; they also end by themselves after a day.`);
      if (open.bytes + file.size > MAX_OPEN_IN_LARGEST_FILES * this.maxBytes) throw limitReached('Your organization has too many bytes on their way. Submit or remove some uploads; they also end by themselves after a day.');
      await this.uploads.insert(scope, { id, memberId: caller.memberId, file, expiresAt: expiry(at) }, at);
    });
    return this.require(scope, caller.memberId, id);
  }

  /** @throws EVIDENCE_UPLOAD_NOT_FOUND */
  find(caller: Caller, id: string): Promise<EvidenceUpload> {
    return this.require(this.access.authorise(caller, 'evidence:item:submit'), caller.memberId, id);
  }

  /**
   * Takes the next piece. What arrived before the connection broke is kept. With the last piece the whole file is checked like any other
   * upload; a file that is refused ends the upload.
   * @param offset where the piece begins, in bytes
   * @throws EVIDENCE_UPLOAD_NOT_FOUND, EVIDENCE_UPLOAD_OFFSET_CONFLICT, EVIDENCE_UPLOAD_LIMIT_REACHED, PLATFORM_BODY_TOO_LARGE, EVIDENCE_FILE_REFUSED
   */
  async append(caller: Caller, id: string, offset: number, piece: Readable): Promise<EvidenceUpload> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const upload = await this.require(scope, caller.memberId, id);
    if (offset !== upload.received) throw elsewhere(upload.received);
    if (upload.received < upload.size) {
      if ((await this.uploads.partCount(scope, id)) >= MAX_PARTS) throw limitReached(`The upload came in more than ${MAX_PARTS} pieces. Begin again with larger ones.`);
      await this.receive(scope, upload, piece);
    }
    const now = await this.require(scope, caller.memberId, id);
    return now.received === now.size && now.sha256 === null ? this.complete(scope, caller.memberId, now) : now;
  }

  /** Gives an upload up. @throws EVIDENCE_UPLOAD_NOT_FOUND */
  async terminate(caller: Caller, id: string): Promise<void> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    if (!(await this.uploads.end(scope, caller.memberId, id, this.clock.now()))) throw notFound();
  }

  /**
   * The whole file of a complete upload, on local disk; the caller discards it.
   * @throws EVIDENCE_UPLOAD_NOT_FOUND, EVIDENCE_UPLOAD_INCOMPLETE
   */
  async assemble(scope: TenantScope, id: string): Promise<{ upload: EvidenceUpload; file: SpooledFile }> {
    const upload = await this.require(scope, memberOf(scope), id);
    if (upload.received < upload.size) throw problem('EVIDENCE_UPLOAD_INCOMPLETE', `${upload.received} of ${upload.size} bytes have arrived. Go on with the upload, then submit.`);
    return { upload, file: await this.whole(scope, upload) };
  }

  /** Marks an upload as used, in the transaction that uses it. @throws EVIDENCE_UPLOAD_NOT_FOUND when it was used already */
  async use(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.uploads.end(scope, memberOf(scope), id, this.clock.now()))) throw notFound();
  }

  private async receive(scope: TenantScope, upload: EvidenceUpload, piece: Readable): Promise<void> {
    const pieces = this.underWay.get(upload.id) ?? 0;
    if (pieces >= MAX_PIECES_AT_ONCE) throw elsewhere(upload.received, `${pieces} pieces are being received at once. Ask how far the upload is, then go on from there.`);
    this.underWay.set(upload.id, pieces + 1);
    try {
      await this.store(scope, upload, piece);
    } finally {
      const left = (this.underWay.get(upload.id) ?? 1) - 1;
      if (left > 0) this.underWay.set(upload.id, left);
      else this.underWay.delete(upload.id);
    }
  }

  private async store(scope: TenantScope, upload: EvidenceUpload, piece: Readable): Promise<void> {
    const spooled = await this.storage.spoolPiece(piece, upload.size - upload.received);
    try {
      if (spooled.size === 0) return;
      const storageKey = `${uploadPrefix(scope.tenantId, upload.id)}${upload.received}-${randomUUID()}`;
      await this.storage.put(storageKey, spooled, 'application/octet-stream');
      const at = this.clock.now();
      if (await this.uploads.append(scope, upload.id, { start: upload.received, size: spooled.size, storageKey }, expiry(at), at)) return;
      await this.storage.delete(storageKey);
      throw elsewhere((await this.require(scope, memberOf(scope), upload.id)).received);
    } finally {
      await spooled.discard();
    }
  }

  private async complete(scope: TenantScope, memberId: string, upload: EvidenceUpload): Promise<EvidenceUpload> {
    const file = await this.whole(scope, upload);
    try {
      await this.intake.check({ file, fileName: upload.fileName, declaredType: upload.declaredType, expectedSha256: upload.expectedSha256 });
      await this.uploads.setChecked(scope, upload.id, file.sha256);
      return { ...upload, sha256: file.sha256 };
    } catch (error) {
      // An error of ours leaves the upload complete and unchecked: the next request checks it again.
      if (error instanceof ProblemError && error.code === 'EVIDENCE_FILE_REFUSED') await this.uploads.end(scope, memberId, upload.id, this.clock.now());
      throw error;
    } finally {
      await file.discard();
    }
  }

  private async whole(scope: TenantScope, upload: EvidenceUpload): Promise<SpooledFile> {
    const keys = await this.uploads.parts(scope, upload.id);
    const file = await this.storage.spool(Readable.from(this.bytesOf(keys), { objectMode: false }), upload.size);
    if (file.size === upload.size && (upload.sha256 === null || upload.sha256 === file.sha256)) return file;
    await file.discard();
    throw new Error(`Upload ${upload.id} does not read back as it was written: ${file.size} of ${upload.size} bytes`);
  }

  private async *bytesOf(keys: readonly string[]): AsyncGenerator<Buffer> {
    for (const key of keys) yield* (await this.storage.open(key)) as AsyncIterable<Buffer>;
  }

  private async require(scope: TenantScope, memberId: string, id: string): Promise<EvidenceUpload> {
    const upload = await this.uploads.find(scope, memberId, id, this.clock.now());
    if (!upload) throw notFound();
    return upload;
  }
}

const expiry = (at: Date): Date => new Date(at.getTime() + UPLOAD_LIFETIME_MILLISECONDS);
const notFound = (): Error => problem('EVIDENCE_UPLOAD_NOT_FOUND', 'There is no such upload: it was never begun, has been submitted or removed, or is too old. Begin again.');
const elsewhere = (received: number, detail = `${received} bytes have arrived. Go on from there.`): Error => problem('EVIDENCE_UPLOAD_OFFSET_CONFLICT', detail, { headers: { 'upload-offset': String(received) } });
const limitReached = (detail: string): Error => problem('EVIDENCE_UPLOAD_LIMIT_REACHED', detail);

function memberOf(scope: TenantScope): string {
  const memberId = responsibleMemberId(scope.actor);
  if (memberId === null) throw new Error('An upload belongs to a member; the system has none');
  return memberId;
}
