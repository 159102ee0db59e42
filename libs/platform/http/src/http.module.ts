import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { OperationStream } from './operation-stream.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './route-table.js';
import { createValidationPipe } from './validation.js';

/** What every HTTP process has: problems, validation, idempotency, the route table. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter }, { provide: APP_PIPE, useFactory: createValidationPipe }, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    IdempotencyRepository, OperationStream, RouteTable,
  ],
  exports: [OperationStream, RouteTable],
})
export class HttpModule {}
