import { Global, Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { Metrics } from './metrics.js';

/** Metrics of one process; served when METRICS_PORT is set. */
@Global()
@Module({})
export class TelemetryModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly metrics: Metrics, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig) {}

  static forRoot(service: string): DynamicModule {
    return { module: TelemetryModule, providers: [{ provide: Metrics, useFactory: () => new Metrics(service) }], exports: [Metrics] };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.metricsPort > 0) await this.metrics.listen(this.config.metricsPort, this.config.host);
  }

  onApplicationShutdown(): Promise<void> {
    return this.metrics.close();
  }
}
