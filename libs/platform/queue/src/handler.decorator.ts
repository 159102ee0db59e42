import { SetMetadata } from '@nestjs/common';
import type { EventName, EventPayloads, JobName, JobPayloads } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';

export const JOB_HANDLER = Symbol('JobHandler');
export const EVENT_LISTENER = Symbol('EventListener');

export interface JobContext {
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the worker is asked to stop. */
  readonly signal: AbortSignal;
}

/** A class that does one job. Every effect must be idempotent or fenced: jobs do run twice. Errors are thrown, never swallowed. */
export interface JobHandler<Name extends JobName> {
  handle(payload: JobPayloads[Name], context: JobContext): Promise<void>;
}

/** Marks the one handler of a job. The worker refuses to start when a job has none or two (architecture rule 9). */
export const HandlesJob = (name: JobName): ClassDecorator => SetMetadata(JOB_HANDLER, name);

/** A class that reacts to an event after commit, in a transaction of its own together with the fence that makes it happen once. */
export interface EventListener<Name extends EventName> {
  on(scope: TenantScope, payload: EventPayloads[Name], event: { id: string; name: Name; at: Date }): Promise<void>;
}

/**
 * Marks a listener.
 * @param consumer stable name of the listener; it fences repeated delivery, so never reuse or rename it lightly
 * @param events the events it listens to
 */
export const ListensTo = (consumer: string, ...events: EventName[]): ClassDecorator => SetMetadata(EVENT_LISTENER, { consumer, events });
