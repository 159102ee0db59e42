import { Global, Module } from '@nestjs/common';
import { FrameworksModule } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { CoverageQuery } from './coverage/coverage.query.js';
import { CoverageRepository } from './coverage/coverage.repository.js';
import { CoverageService } from './coverage/coverage.service.js';
import { CoverageExceptionRepository } from './exception/coverage-exception.repository.js';
import { CoverageExceptionService } from './exception/coverage-exception.service.js';
import { DecideExceptionUseCase } from './exception/decide-exception.usecase.js';
import { RequestExceptionUseCase } from './exception/request-exception.usecase.js';
import { ExpiryRepository } from './expiry/expiry.repository.js';
import { ExpiryService } from './expiry/expiry.service.js';
import { EvidenceBlobRepository } from './file/evidence-blob.repository.js';
import { UploadIntake } from './file/upload-intake.js';
import { EvidenceExportRepository } from './item/evidence-export.repository.js';
import { EvidenceItemRepository } from './item/evidence-item.repository.js';
import { EvidenceQuery } from './item/evidence.query.js';
import { EvidenceService } from './item/evidence.service.js';
import { EvidenceLinkRepository } from './link/evidence-link.repository.js';
import { EvidenceLinkService } from './link/evidence-link.service.js';
import { LinkResolver } from './link/link-resolver.js';
import { EvidenceUploadRepository } from './resumable-upload/evidence-upload.repository.js';
import { EvidenceUploadService } from './resumable-upload/evidence-upload.service.js';
import { DecideVersionUseCase } from './review/decide-version.usecase.js';
import { MergedEvidenceRepository } from './merge/merged-evidence.repository.js';
import { TakeOverEvidenceUseCase } from './merge/take-over-evidence.usecase.js';
import { QuarantineRelease } from './scan/quarantine-release.js';
import { EvidenceSubmission } from './submission/evidence-submission.js';
import { EvidenceWriter } from './submission/evidence-writer.js';
import { SubmissionForm } from './submission/submission-form.js';
import { SubmitEvidenceUseCase } from './submission/submit-evidence.usecase.js';
import { EvidenceWithdrawal } from './withdrawal/evidence-withdrawal.js';
import { EvidenceWithdrawalRepository } from './withdrawal/evidence-withdrawal.repository.js';

/** What other areas may ask of evidence. */
const doors = [CoverageQuery, EvidenceQuery, EvidenceSubmission, EvidenceWithdrawal];
/** What the HTTP and jobs doors of this library need. */
const services = [
  CoverageService, CoverageExceptionService, DecideExceptionUseCase, RequestExceptionUseCase, ExpiryRepository, ExpiryService, EvidenceBlobRepository, EvidenceUploadRepository, EvidenceUploadService, EvidenceService, EvidenceLinkService,
  DecideVersionUseCase, QuarantineRelease, TakeOverEvidenceUseCase, SubmissionForm, SubmitEvidenceUseCase,
];

/** The core of evidence. Global, because classification, reviews and packs ask it. */
@Global()
@Module({
  imports: [FrameworksModule, InventoryModule],
  providers: [
    CoverageRepository, CoverageExceptionRepository, EvidenceExportRepository, EvidenceItemRepository, EvidenceLinkRepository, MergedEvidenceRepository, EvidenceWithdrawalRepository, EvidenceWriter, LinkResolver, UploadIntake, ...doors, ...services,
  ],
  exports: [...doors, ...services],
})
export class EvidenceModule {}
