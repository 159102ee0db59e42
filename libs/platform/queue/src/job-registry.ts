import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { HEAVY_JOBS, JOB_NAMES, type EventName, type JobName } from '@roster/contracts';
import { EVENT_LISTENER, JOB_HANDLER, type EventListener, type JobHandler } from './handler.decorator.js';
import type { QueueName } from './queue-connection.js';

export const queueOf = (name: JobName): QueueName => (HEAVY_JOBS.includes(name) ? 'heavy' : 'default');

/** Finds job handlers and event listeners among the composed providers and checks that the set is complete. */
@Injectable()
export class JobRegistry {
  private handlers: Map<JobName, JobHandler<JobName>> | null = null;
  private listeners: { consumer: string; events: readonly EventName[]; listener: EventListener<EventName> }[] | null = null;

  constructor(private readonly discovery: DiscoveryService, private readonly reflector: Reflector) {}

  /** @throws Error listing each job with no handler or with two */
  assertComplete(): void {
    const found = this.discover();
    const missing = JOB_NAMES.filter((name) => !found.has(name));
    if (missing.length > 0) throw new Error(`These jobs have no handler: ${missing.join(', ')}`);
  }

  handler(name: JobName): JobHandler<JobName> {
    const handler = this.discover().get(name);
    if (!handler) throw new Error(`The job ${name} has no handler in this process`);
    return handler;
  }

  listenersOf(event: EventName): { consumer: string; listener: EventListener<EventName> }[] {
    this.listeners ??= this.instances(EVENT_LISTENER).map(({ instance, metadata }) => ({
      ...(metadata as { consumer: string; events: EventName[] }), listener: instance as EventListener<EventName>,
    }));
    const consumers = this.listeners.map((entry) => entry.consumer);
    const twice = consumers.filter((name, index) => consumers.indexOf(name) !== index);
    if (twice.length > 0) throw new Error(`These event consumers exist twice: ${twice.join(', ')}`);
    return this.listeners.filter((entry) => entry.events.includes(event));
  }

  private discover(): Map<JobName, JobHandler<JobName>> {
    if (this.handlers) return this.handlers;
    const handlers = new Map<JobName, JobHandler<JobName>>();
    for (const { instance, metadata } of this.instances(JOB_HANDLER)) {
      const name = metadata as JobName;
      if (!JOB_NAMES.includes(name)) throw new Error(`A handler is declared for the unknown job ${name}`);
      if (handlers.has(name)) throw new Error(`The job ${name} has two handlers`);
      handlers.set(name, instance as JobHandler<JobName>);
    }
    this.handlers = handlers;
    return handlers;
  }

  private instances(key: symbol): { instance: object; metadata: unknown }[] {
    const seen = new Set<object>();
    return this.discovery.getProviders().flatMap((wrapper) => {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null || seen.has(instance)) return [];
      const metadata: unknown = this.reflector.get(key as never, instance.constructor as never);
      if (metadata === undefined) return [];
      seen.add(instance);
      return [{ instance, metadata }];
    });
  }
}
