import { Module } from '@nestjs/common';
import { EvidenceModule } from './evidence.module.js';
import { ReplanNoticesListener } from './expiry/replan-notices.listener.js';
import { SweepExpiryJob } from './expiry/sweep-expiry.job.js';
import { EvidenceOfMergedListener } from './merge/workload-merged.listener.js';
import { SweepUploadsJob } from './resumable-upload/sweep-uploads.job.js';
import { ScanFileJob } from './scan/scan-file.job.js';

/** The jobs door of evidence. */
@Module({ imports: [EvidenceModule], providers: [SweepExpiryJob, ScanFileJob, SweepUploadsJob, ReplanNoticesListener, EvidenceOfMergedListener] })
export class EvidenceJobsModule {}
