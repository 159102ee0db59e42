import { Module, type DynamicModule } from '@nestjs/common';
import { AccessHttpModule, AccessModule } from '@roster/access';
import { ClassificationHttpModule } from '@roster/classification';
import { InventoryHttpModule, WorkloadImportHttpModule } from '@roster/inventory';
import { ConfigModule, type RosterConfig } from '@roster/platform-config';
import { DatabaseModule } from '@roster/platform-database';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworksHttpModule } from '@roster/frameworks';
import { HttpModule } from '@roster/platform-http';
import { IncidentsHttpModule } from '@roster/incidents';
import { NotificationsHttpModule } from '@roster/notifications';
import { OnboardingHttpModule } from '@roster/onboarding';
import { PacksHttpModule } from '@roster/packs';
import { OutboxModule } from '@roster/platform-queue';
import { HomeHttpModule, PortfolioHttpModule, PortfolioSearchHttpModule } from '@roster/portfolio';
import { ReviewsHttpModule } from '@roster/reviews';
import { SigningModule } from '@roster/platform-signing';
import { StorageModule } from '@roster/platform-storage';
import { TelemetryModule } from '@roster/platform-telemetry';
import { TrailHttpModule } from '@roster/trail';
import { HealthController } from './health.controller.js';
import { ReviewEditionsBinding } from './review-editions.binding.js';

/** The HTTP service: composition only, no business code. */
@Module({})
export class ApiModule {
  static forRoot(config: RosterConfig): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(config), TelemetryModule.forRoot('api'), DatabaseModule.forRoot('roster-api'), OutboxModule, StorageModule, SigningModule, HttpModule,
        TrailHttpModule, AccessModule, AccessHttpModule, FrameworksHttpModule, EvidenceHttpModule, PortfolioHttpModule, PortfolioSearchHttpModule, PacksHttpModule,
        IncidentsHttpModule, ReviewEditionsBinding, ReviewsHttpModule, NotificationsHttpModule, ClassificationHttpModule, HomeHttpModule, WorkloadImportHttpModule, InventoryHttpModule, OnboardingHttpModule,
      ],
      controllers: [HealthController],
    };
  }
}
