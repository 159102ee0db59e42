import { Module } from '@nestjs/common';
import { ClassificationModule } from './classification.module.js';
import { PreviewImpactJob } from './impact-preview/preview-impact.job.js';
import { OrganizationChangedListener } from './sweep/organization-changed.listener.js';
import { ReevaluateTenantJob } from './sweep/reevaluate-tenant.job.js';
import { SweepDueJob } from './sweep/sweep-due.job.js';
import { SweepNightlyJob } from './sweep/sweep-nightly.job.js';
import { SweepRepository } from './sweep/sweep.repository.js';

/** Classification: jobs. */
@Module({ imports: [ClassificationModule], providers: [SweepRepository, SweepDueJob, ReevaluateTenantJob, SweepNightlyJob, PreviewImpactJob, OrganizationChangedListener] })
export class ClassificationJobsModule {}
