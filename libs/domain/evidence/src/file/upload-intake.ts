import { Inject, Injectable } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { FileStorage, type SpooledFile } from '@roster/platform-storage';
import { checkAnnounced, checkUpload } from '../upload/upload-check.js';
import { EvidenceBlobRepository, type EvidenceBlob } from './evidence-blob.repository.js';

/** A file as it arrived, on local disk. */
export interface ArrivedFile {
  readonly file: SpooledFile;
  readonly fileName: string;
  readonly declaredType: string;
  /** What the sender says it hashes to; null when not said. */
  readonly expectedSha256: string | null;
}

/** A file that passed the checks and lies in storage under its hash. */
export interface StoredFile {
  readonly blob: EvidenceBlob;
  readonly fileName: string;
  readonly mediaType: string;
}

/** Takes a file in: checks it, then stores it once per organization (domain.md section 7). Works outside any transaction. */
@Injectable()
export class UploadIntake {
  constructor(private readonly storage: FileStorage, private readonly blobs: EvidenceBlobRepository, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig) {}

  /**
   * Checks and stores. The name in storage is the hash, so storing again is harmless and a request that fails afterwards leaves at most
   * bytes that nobody refers to.
   * @throws EVIDENCE_FILE_REFUSED saying what is wrong and what to do
   */
  async accept(scope: TenantScope, arrived: ArrivedFile): Promise<StoredFile> {
    const { file, fileName } = arrived;
    const mediaType = await this.check(arrived);
    const known = await this.blobs.find(scope, file.sha256);
    if (known?.scanStatus === 'infected') throw refused('file', 'harmful', 'The virus scanner found this file harmful before.');
    const storageKey = known?.storageKey ?? `${scope.tenantId}/evidence/${file.sha256}`;
    if (!known || !(await this.storage.exists(storageKey))) await this.storage.put(storageKey, file, mediaType);
    return {
      blob: { sha256: file.sha256, size: file.size, storageKey, scanStatus: this.config.clamavUrl === null ? 'not_scanned' : 'pending' },
      fileName, mediaType,
    };
  }

  /** What can be refused before the content is there. @throws EVIDENCE_FILE_REFUSED */
  checkAnnounced(fileName: string, declaredType: string): void {
    const type = checkAnnounced(fileName, declaredType);
    if ('ok' in type) throw refused(type.error.path, type.error.code, type.error.message);
  }

  /**
   * Looks at a file without storing it.
   * @returns its media type
   * @throws EVIDENCE_FILE_REFUSED saying what is wrong and what to do
   */
  async check({ file, fileName, declaredType, expectedSha256 }: ArrivedFile): Promise<string> {
    if (expectedSha256 !== null && expectedSha256 !== file.sha256) {
      throw refused('sha256', 'differs', `The file hashes to ${file.sha256}, not to ${expectedSha256}. It changed on the way; send it again.`);
    }
    const verdict = await checkUpload({ path: file.path, size: file.size, fileName, declaredType });
    if (!verdict.ok) throw refused(verdict.error.path, verdict.error.code, verdict.error.message);
    return verdict.mediaType;
  }
}

const refused = (path: string, code: string, message: string): Error => problem('EVIDENCE_FILE_REFUSED', message, { errors: [{ path, code, message: `${message} Nothing was stored.` }] });
