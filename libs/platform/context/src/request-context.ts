import { AsyncLocalStorage } from 'node:async_hooks';

/** What logs and the trail may know about the current request or job. It carries no rights. */
export interface RequestContext {
  readonly requestId: string;
  readonly origin: 'http' | 'job' | 'operator';
}

const storage = new AsyncLocalStorage<RequestContext>();

export const runWithContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);
export const currentContext = (): RequestContext | undefined => storage.getStore();
