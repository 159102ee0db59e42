import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessHttpModule, AccessModule } from '@roster/access';
import { ClassificationHttpModule, ClassificationJobsModule } from '@roster/classification';
import { EvidenceHttpModule, EvidenceJobsModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksHttpModule, FrameworksModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule, InventoryJobsModule, WorkloadImportHttpModule, WorkloadImportJobsModule } from '@roster/inventory';
import { NotificationsHttpModule, NotificationsJobsModule } from '@roster/notifications';
import { ConfigModule, type RosterConfig } from '@roster/platform-config';
import type { Clock } from '@roster/platform-context';
import { DatabaseModule } from '@roster/platform-database';
import { HttpModule } from '@roster/platform-http';
import { DeliverEventJob, JobDispatcher, JobProducer, JobRegistry, OutboxModule, RelayOutboxJob } from '@roster/platform-queue';
import { SigningModule } from '@roster/platform-signing';
import { StorageModule } from '@roster/platform-storage';
import { TelemetryModule } from '@roster/platform-telemetry';
import { PortfolioHttpModule } from '@roster/portfolio';
import { ReviewEditions, ReviewsHttpModule, ReviewsJobsModule } from '@roster/reviews';
import { TrailHttpModule, TrailJobsModule } from '@roster/trail';
import { InlineQueue } from './inline-queue.js';

/** Job handlers and event listeners without a queue behind them. */
@Global()
@Module({
  imports: [OutboxModule, DiscoveryModule],
  providers: [JobRegistry, JobDispatcher, InlineQueue, { provide: JobProducer, useExisting: InlineQueue }, RelayOutboxJob, DeliverEventJob],
  exports: [JobRegistry, JobDispatcher, JobProducer, InlineQueue],
})
class InlineQueueModule {}

/** Reviews ask their questions per edition and may not depend on frameworks: the process binds the port. */
@Global()
@Module({ imports: [FrameworksModule], providers: [{ provide: ReviewEditions, useExisting: FrameworkCatalogue }], exports: [ReviewEditions] })
class EditionsBinding {}

/** API and jobs in one process, on a clock of their own, to write the past of the demo organization. */
@Module({})
export class DemoModule {
  static forRoot(config: RosterConfig, clock: Clock): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        ConfigModule.forRoot(config, clock), TelemetryModule.forRoot('demo'), DatabaseModule.forRoot('roster-demo'), InlineQueueModule, StorageModule, SigningModule, HttpModule, EditionsBinding,
        AccessModule, AccessHttpModule, TrailHttpModule, TrailJobsModule, FrameworksHttpModule, InventoryHttpModule, InventoryJobsModule, WorkloadImportHttpModule, WorkloadImportJobsModule,
        EvidenceHttpModule, EvidenceJobsModule, IncidentsHttpModule, ClassificationHttpModule, ClassificationJobsModule, ReviewsHttpModule, ReviewsJobsModule,
        NotificationsHttpModule, NotificationsJobsModule, PortfolioHttpModule,
      ],
    };
  }
}
