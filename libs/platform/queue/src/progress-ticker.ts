import type { TenantScope } from '@roster/platform-context';
import type { Operations } from './operation.js';

/** Somebody asked the work to stop, and it did before it wrote anything. */
export class OperationCanceled extends Error {
  constructor() {
    super('The operation was canceled');
    this.name = 'OperationCanceled';
  }
}

/**
 * Shows progress while a long transaction is open: it was started outside and writes in short transactions of its own. It also notices that
 * somebody asked to stop, or that the worker is going down.
 */
export class ProgressTicker {
  private done = 0;
  private total: number | undefined;
  private stopReason: Error | null = null;
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  /** Call outside a transaction. @param everyMilliseconds between two writes */
  constructor(private readonly operations: Operations, private readonly scope: TenantScope, private readonly operationId: string, private readonly signal: AbortSignal, everyMilliseconds = 400) {
    this.timer = setInterval(() => {
      this.writing = this.writing.then(() => this.tick()).catch((error: Error) => {
        this.stopReason ??= error;
      });
    }, everyMilliseconds);
  }

  /** @throws OperationCanceled, or why progress cannot be written any more */
  step(done: number, total?: number): void {
    this.done = done;
    this.total = total ?? this.total;
    if (this.signal.aborted) throw new Error('The worker is stopping; the work starts again from the beginning');
    if (this.stopReason) throw this.stopReason;
  }

  /** Ends the ticking; afterwards nothing of it touches the operation any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
  }

  private async tick(): Promise<void> {
    await this.operations.progress(this.scope, this.operationId, this.done, this.total);
    const row = await this.operations.find(this.scope, this.operationId);
    if (row?.cancelRequested) this.stopReason = new OperationCanceled();
  }
}
