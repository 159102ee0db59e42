import { Module } from '@nestjs/common';
import { CoverageController } from './coverage/coverage.controller.js';
import { EvidenceModule } from './evidence.module.js';
import { CoverageExceptionController } from './exception/coverage-exception.controller.js';
import { EvidenceUploadController } from './resumable-upload/evidence-upload.controller.js';
import { EvidenceController } from './item/evidence.controller.js';

/** The HTTP door of evidence. */
@Module({ imports: [EvidenceModule], controllers: [EvidenceController, CoverageExceptionController, CoverageController, EvidenceUploadController] })
export class EvidenceHttpModule {}
