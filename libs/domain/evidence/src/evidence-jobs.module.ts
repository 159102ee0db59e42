import { Module } from '@nestjs/common';
import { EvidenceModule } from './evidence.module.js';
import { ReplanNoticesListener } from './expiry/replan-notices.listener.js';
import { SweepExpiryJob } from './expiry/sweep-expiry.job.js';
import { ScanFileJob } from './scan/scan-file.job.js';

/** The jobs door of evidence. */
@Module({ imports: [EvidenceModule], providers: [SweepExpiryJob, ScanFileJob, ReplanNoticesListener] })
export class EvidenceJobsModule {}
