import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { DrillKind, EvidenceKind } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import type { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { FileStorage } from '@roster/platform-storage';
import { UploadIntake } from '../file/upload-intake.js';
import { LinkResolver, type RequestedLink } from '../link/link-resolver.js';
import { EvidenceWriter } from './evidence-writer.js';

/** The record of a drill, to become evidence. */
export interface DrillEvidence {
  readonly workloadId: string;
  readonly drillId: string;
  readonly kind: DrillKind;
  readonly title: string;
  /** When it happened. */
  readonly startedAt: Date;
  /** Until when it counts; null = no end. */
  readonly expiresAt: Date | null;
  /** Everything that was recorded, as JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** A text that another area submits as a document. */
export interface DocumentEvidence {
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly fileName: string;
  /** Markdown. */
  readonly text: string;
  readonly effectiveFrom: Date | null;
  readonly expiresAt: Date | null;
  readonly notes: string | null;
  readonly links: readonly RequestedLink[];
}

/** How other areas submit evidence by themselves (domain.md section 9: a drill becomes evidence). */
@Injectable()
export class EvidenceSubmission {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly storage: FileStorage, private readonly intake: UploadIntake, private readonly writer: EvidenceWriter,
    private readonly resolver: LinkResolver, private readonly catalogue: FrameworkCatalogue, private readonly organizations: OrganizationQuery, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  /**
   * Submits the record of a drill as a JSON file, proposed for the requirements that the organization's edition names for this kind of drill.
   * The actor of the scope is the submitter, so that person cannot accept it. Joins the caller's transaction; the file is named by its
   * hash, so a transaction that fails leaves only bytes that nobody refers to.
   */
  async submitDrillEvidence(scope: TenantScope, drill: DrillEvidence): Promise<{ itemId: string; version: number }> {
    const edition = this.catalogue.edition((await this.organizations.settings(scope)).edition);
    const text = `${JSON.stringify({ drill: drill.drillId, kind: drill.kind, ...drill.record }, null, 2)}\n`;
    const file = await this.storage.spool(Readable.from([Buffer.from(text, 'utf8')]), this.config.maxUploadBytes);
    try {
      const stored = await this.intake.accept(scope, { file, fileName: `drill-${drill.drillId}.json`, declaredType: 'application/json', expectedSha256: null });
      const requirements = edition.drillRequirements[drill.kind] ?? [];
      const links = requirements.length > 0
        ? requirements.map((id) => ({ workloadId: drill.workloadId, edition: edition.id, requirementKey: `${edition.id}/${id}` }))
        : [{ workloadId: drill.workloadId, edition: '', requirementKey: '' }];
      const submitted = await this.unitOfWork.run(scope, () => this.writer.submitItem(scope, { kind: 'drill', title: drill.title },
        { file: stored, effectiveFrom: drill.startedAt, effectiveTo: null, expiresAt: drill.expiresAt, notes: null }, links));
      return { itemId: submitted.id, version: submitted.version };
    } finally {
      await file.discard();
    }
  }

  /**
   * Submits a text. The actor of the scope is the submitter.
   * @throws EVIDENCE_CRITERION_UNKNOWN, PLATFORM_REFERENCE_UNKNOWN, EVIDENCE_FILE_REFUSED
   */
  async submitDocument(scope: TenantScope, document: DocumentEvidence): Promise<{ itemId: string; version: number; status: string }> {
    const { kind, title, effectiveFrom, expiresAt, notes } = document;
    const links = await this.resolver.resolve(scope, document.links);
    const file = await this.storage.spool(Readable.from([Buffer.from(document.text, 'utf8')]), this.config.maxUploadBytes);
    try {
      const stored = await this.intake.accept(scope, { file, fileName: document.fileName, declaredType: 'text/markdown', expectedSha256: null });
      const submitted = await this.unitOfWork.run(scope, () => this.writer.submitItem(scope, { kind, title }, { file: stored, effectiveFrom, effectiveTo: null, expiresAt, notes }, links));
      return { itemId: submitted.id, version: submitted.version, status: submitted.status };
    } finally {
      await file.discard();
    }
  }
}
