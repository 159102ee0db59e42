import type { JobName } from '@roster/contracts';

export interface InlineJob {
  readonly id: string;
  readonly name: JobName;
  readonly payload: unknown;
}

/** Takes the place of the queue while the demo's past is written: jobs are kept in order, and run at the instant of the story they belong to. */
export class InlineQueue {
  private waiting: InlineJob[] = [];

  async addMany(jobs: readonly InlineJob[]): Promise<void> {
    this.waiting.push(...jobs);
  }

  /** Takes out everything that waits. */
  take(): InlineJob[] {
    return this.waiting.splice(0);
  }
}
