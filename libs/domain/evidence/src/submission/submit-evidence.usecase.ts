import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { EvidenceKind } from '@roster/contracts';
import type { Caller, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { UploadIntake, type ArrivedFile } from '../file/upload-intake.js';
import { EvidenceUploadService } from '../resumable-upload/evidence-upload.service.js';
import { LinkResolver, type RequestedLink } from '../link/link-resolver.js';
import type { LinkTarget } from '../link/evidence-link.repository.js';
import { readPeriod } from './evidence-period.js';
import { EvidenceWriter, type SubmittedVersion, type VersionContent } from './evidence-writer.js';

/** The words of a submission, validated for form but not for meaning. */
export interface SubmissionText {
  readonly effectiveFrom?: string | null;
  readonly effectiveTo?: string | null;
  readonly expiresAt?: string | null;
  readonly notes?: string | null;
}

/** A file that arrived, an upload that is complete, or an address outside. */
export type SubmissionSource = { readonly arrived: Omit<ArrivedFile, 'expectedSha256'>; readonly sha256: string | null } | { readonly upload: string; readonly sha256: string | null } | { readonly url: string; readonly sha256: string | null };

export interface SubmissionResult extends SubmittedVersion {
  readonly links: readonly LinkTarget[];
}

/** Submits evidence: a new item with links, or a new version of an item (domain.md section 7). */
@Injectable()
export class SubmitEvidenceUseCase {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly intake: UploadIntake, private readonly resolver: LinkResolver,
    private readonly writer: EvidenceWriter, private readonly uploads: EvidenceUploadService,
  ) {}

  /**
   * @throws EVIDENCE_PERIOD_INVALID, EVIDENCE_CRITERION_UNKNOWN, PLATFORM_REFERENCE_UNKNOWN, EVIDENCE_FILE_REFUSED, EVIDENCE_UPLOAD_NOT_FOUND, EVIDENCE_UPLOAD_INCOMPLETE; nothing is stored then
   */
  async submitItem(caller: Caller, item: { kind: EvidenceKind; title: string; links: readonly RequestedLink[] }, text: SubmissionText, source: SubmissionSource): Promise<SubmissionResult> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const links = await this.resolver.resolve(scope, item.links);
    const content = await this.contentOf(scope, text, source);
    const submitted = await this.unitOfWork.run(scope, async () => {
      if ('upload' in source) await this.uploads.use(scope, source.upload);
      return this.writer.submitItem(scope, { kind: item.kind, title: item.title.trim() }, content, links);
    });
    return { ...submitted, links };
  }

  /** @throws EVIDENCE_ITEM_NOT_FOUND, and as `submitItem` */
  async submitVersion(caller: Caller, itemId: string, text: SubmissionText, source: SubmissionSource): Promise<SubmittedVersion> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const content = await this.contentOf(scope, text, source);
    return this.unitOfWork.run(scope, async () => {
      if ('upload' in source) await this.uploads.use(scope, source.upload);
      return this.writer.submitVersion(scope, itemId, content);
    });
  }

  private async contentOf(scope: TenantScope, text: SubmissionText, source: SubmissionSource): Promise<VersionContent> {
    const shared = { ...readPeriod(text), notes: text.notes ?? null };
    if ('url' in source) return { ...shared, url: source.url, urlSha256: source.sha256 };
    if ('arrived' in source) return { ...shared, file: await this.intake.accept(scope, { ...source.arrived, expectedSha256: source.sha256 }) };
    const { upload, file } = await this.uploads.assemble(scope, source.upload);
    try {
      return { ...shared, file: await this.intake.accept(scope, { file, fileName: upload.fileName, declaredType: upload.declaredType, expectedSha256: source.sha256 ?? upload.expectedSha256 }) };
    } finally {
      await file.discard();
    }
  }
}
