import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { JobDispatcher } from './job-dispatcher.js';
import { JobProducer } from './job-producer.js';
import { JobRegistry } from './job-registry.js';
import { JobWorker } from './job-worker.js';
import { OperationRepository } from './operation.repository.js';
import { Operations } from './operation.js';
import { OperationFailure } from './operation-failure.js';
import { Outbox } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';
import { DeliverEventJob, RelayOutboxJob, SweepRetentionJob } from './outbox-relay.job.js';
import { QueueConnection } from './queue-connection.js';

/** For every process: the outbox and operations. The API never opens a queue. */
@Global()
@Module({ providers: [OutboxRepository, Outbox, OperationRepository, Operations, OperationFailure], exports: [Outbox, OutboxRepository, Operations, OperationRepository, OperationFailure] })
export class OutboxModule {}

/** For the worker: queues, registry, ticks. */
@Global()
@Module({
  imports: [OutboxModule, DiscoveryModule],
  providers: [
    { provide: QueueConnection, inject: [ROSTER_CONFIG], useFactory: (config: RosterConfig) => new QueueConnection(config) },
    JobRegistry, JobDispatcher, JobProducer, JobWorker, RelayOutboxJob, DeliverEventJob, SweepRetentionJob,
  ],
  exports: [QueueConnection, JobRegistry, JobDispatcher, JobProducer, JobWorker],
})
export class QueueModule {}
