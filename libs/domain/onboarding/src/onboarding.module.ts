import { Module } from '@nestjs/common';
import { ClassificationModule } from '@roster/classification';
import { EvidenceModule } from '@roster/evidence';
import { FrameworksModule } from '@roster/frameworks';
import { IncidentsModule } from '@roster/incidents';
import { InventoryModule, WorkloadImportModule } from '@roster/inventory';
import { OnboardingController } from './checklist/onboarding.controller.js';
import { OnboardingRepository } from './checklist/onboarding.repository.js';
import { OnboardingService } from './checklist/onboarding.service.js';
import { AddSampleDataJob } from './sample-data/add-sample-data.job.js';
import { RemoveSampleDataJob } from './sample-data/remove-sample-data.job.js';
import { SampleDataController } from './sample-data/sample-data.controller.js';
import { SampleDataFailure } from './sample-data/sample-data-failure.js';
import { SampleDataRepository } from './sample-data/sample-data.repository.js';
import { SampleDataService } from './sample-data/sample-data.service.js';
import { SampleDataWriter } from './sample-data/sample-data-writer.js';

const services = [OnboardingRepository, OnboardingService, SampleDataRepository, SampleDataService, SampleDataWriter, SampleDataFailure];

/** The first run: core. */
@Module({ imports: [WorkloadImportModule, InventoryModule, EvidenceModule, IncidentsModule, FrameworksModule, ClassificationModule], providers: services, exports: services })
export class OnboardingModule {}

/** The first run: HTTP. */
@Module({ imports: [OnboardingModule], controllers: [OnboardingController, SampleDataController] })
export class OnboardingHttpModule {}

/** The first run: jobs. */
@Module({ imports: [OnboardingModule, WorkloadImportModule], providers: [AddSampleDataJob, RemoveSampleDataJob] })
export class OnboardingJobsModule {}
