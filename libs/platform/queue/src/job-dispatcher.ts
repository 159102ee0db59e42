import { Injectable } from '@nestjs/common';
import type { JobName, JobPayloads } from '@roster/contracts';
import { runWithContext } from '@roster/platform-context';
import type { JobContext } from './handler.decorator.js';
import { JobRegistry } from './job-registry.js';

/** Runs one job in its own context. Used by the worker, by the ticks and by tests. */
@Injectable()
export class JobDispatcher {
  constructor(private readonly registry: JobRegistry) {}

  dispatch<Name extends JobName>(name: Name, payload: JobPayloads[Name], context: JobContext & { readonly jobId: string }): Promise<void> {
    return runWithContext({ requestId: `job-${context.jobId}`, origin: 'job' }, () => this.registry.handler(name).handle(payload, context));
  }
}
