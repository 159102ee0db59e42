import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '@roster/access';
import { ClassificationJobsModule } from '@roster/classification';
import { InventoryJobsModule, WorkloadImportJobsModule } from '@roster/inventory';
import { ConfigModule, type RosterConfig } from '@roster/platform-config';
import { DatabaseModule } from '@roster/platform-database';
import { EvidenceJobsModule } from '@roster/evidence';
import { IncidentsJobsModule } from '@roster/incidents';
import { NotificationsJobsModule } from '@roster/notifications';
import { OnboardingJobsModule } from '@roster/onboarding';
import { PacksJobsModule } from '@roster/packs';
import { QueueModule } from '@roster/platform-queue';
import { ReviewsJobsModule } from '@roster/reviews';
import { SigningModule } from '@roster/platform-signing';
import { StorageModule } from '@roster/platform-storage';
import { TelemetryModule } from '@roster/platform-telemetry';
import { TrailJobsModule } from '@roster/trail';
import { ReviewEditionsBinding } from './review-editions.binding.js';

/** The job service: composition only, no business code. */
@Module({})
export class WorkerModule {
  static forRoot(config: RosterConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config), TelemetryModule.forRoot('worker'), DatabaseModule.forRoot('roster-worker'), QueueModule, StorageModule, SigningModule,
        TrailJobsModule, AccessModule, EvidenceJobsModule, PacksJobsModule,
        IncidentsJobsModule, ReviewEditionsBinding, ReviewsJobsModule, NotificationsJobsModule, ClassificationJobsModule, WorkloadImportJobsModule, InventoryJobsModule, OnboardingJobsModule,
      ],
    };
  }
}
