import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@roster/platform-config';
import { followLauncher } from '@roster/platform-embedded';
import { RosterLogger } from '@roster/platform-logging';
import { JobWorker } from '@roster/platform-queue';
import { assertMigrated } from '@roster/schema';
import { WorkerModule } from './worker.module.js';

const config = loadConfig();
const logger = new RosterLogger('worker', config.logLevel);
let close = async (): Promise<void> => undefined;
followLauncher(() => close());
try {
  await assertMigrated(config.databaseUrl);
  const context = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger, abortOnError: false });
  close = () => context.close();
  context.enableShutdownHooks();
  await context.get(JobWorker).start(config.jobConcurrency);
  logger.log('Working');
  process.send?.({ ready: true });
} catch (error) {
  logger.fatal('The worker could not start', error);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
}
