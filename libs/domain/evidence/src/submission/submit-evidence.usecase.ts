import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { EvidenceKind } from '@roster/contracts';
import type { Caller, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { UploadIntake, type ArrivedFile } from '../file/upload-intake.js';
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

/** A file that arrived, or an address outside. */
export type SubmissionSource = { readonly arrived: Omit<ArrivedFile, 'expectedSha256'>; readonly sha256: string | null } | { readonly url: string; readonly sha256: string | null };

export interface SubmissionResult extends SubmittedVersion {
  readonly links: readonly LinkTarget[];
}

/** Submits evidence: a new item with links, or a new version of an item (domain.md section 7). */
@Injectable()
export class SubmitEvidenceUseCase {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly intake: UploadIntake, private readonly resolver: LinkResolver,
    private readonly writer: EvidenceWriter,
  ) {}

  /**
   * @throws EVIDENCE_PERIOD_INVALID, EVIDENCE_CRITERION_UNKNOWN, PLATFORM_REFERENCE_UNKNOWN, EVIDENCE_FILE_REFUSED; nothing is stored then
   */
  async submitItem(caller: Caller, item: { kind: EvidenceKind; title: string; links: readonly RequestedLink[] }, text: SubmissionText, source: SubmissionSource): Promise<SubmissionResult> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const links = await this.resolver.resolve(scope, item.links);
    const content = await this.contentOf(scope, text, source);
    const submitted = await this.unitOfWork.run(scope, () => this.writer.submitItem(scope, { kind: item.kind, title: item.title.trim() }, content, links));
    return { ...submitted, links };
  }

  /** @throws EVIDENCE_ITEM_NOT_FOUND, and as `submitItem` */
  async submitVersion(caller: Caller, itemId: string, text: SubmissionText, source: SubmissionSource): Promise<SubmittedVersion> {
    const scope = this.access.authorise(caller, 'evidence:item:submit');
    const content = await this.contentOf(scope, text, source);
    return this.unitOfWork.run(scope, () => this.writer.submitVersion(scope, itemId, content));
  }

  private async contentOf(scope: TenantScope, text: SubmissionText, source: SubmissionSource): Promise<VersionContent> {
    const shared = { ...readPeriod(text), notes: text.notes ?? null };
    return 'url' in source
      ? { ...shared, url: source.url, urlSha256: source.sha256 }
      : { ...shared, file: await this.intake.accept(scope, { ...source.arrived, expectedSha256: source.sha256 }) };
  }
}
