import { Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '@roster/access';
import { ConfigModule, type RosterConfig } from '@roster/platform-config';
import type { Clock } from '@roster/platform-context';
import { DatabaseModule } from '@roster/platform-database';
import { HttpModule, createHttpApp } from '@roster/platform-http';
import { RosterLogger } from '@roster/platform-logging';
import { OutboxModule, QueueModule } from '@roster/platform-queue';
import { SigningModule } from '@roster/platform-signing';
import { StorageModule } from '@roster/platform-storage';
import { TelemetryModule } from '@roster/platform-telemetry';
import { TrailModule } from '@roster/trail';

type Importable = Type | DynamicModule;

export interface TestModules {
  readonly config: RosterConfig;
  readonly clock: Clock;
  /** Modules of the libraries under test (core, http or jobs doors). */
  readonly imports: Importable[];
  readonly entities?: (new () => object)[];
}

@Module({})
class TestRootModule {}

const root = ({ config, clock, imports, entities = [] }: TestModules, extra: Importable[]): DynamicModule => ({
  module: TestRootModule,
  imports: [ConfigModule.forRoot(config, clock), TelemetryModule.forRoot('test'), DatabaseModule.forRoot('roster-test', entities), OutboxModule, StorageModule, SigningModule, TrailModule, AccessModule, ...extra, ...imports],
});

/** The real HTTP application around some libraries, on a test database. Use `inject` or supertest with `app.getHttpServer()`. */
export async function createTestApp(modules: TestModules): Promise<NestFastifyApplication> {
  const { AccessHttpModule } = await import('@roster/access');
  const app = await createHttpApp(root(modules, [HttpModule, AccessHttpModule]), { trustedProxyHops: modules.config.trustedProxyHops, logger: new RosterLogger('test', 'error') });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** The providers without HTTP, for tests of services, repositories and job handlers. `close()` it. */
export function createTestContext(modules: TestModules): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(root(modules, []), { logger: new RosterLogger('test', 'error'), abortOnError: false });
}

/** Like `createTestContext`, with job registry and dispatcher: `context.get(JobDispatcher).dispatch(name, payload, …)` runs one handler. */
export function createTestWorkerContext(modules: TestModules): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(root(modules, [QueueModule]), { logger: new RosterLogger('test', 'error'), abortOnError: false });
}
