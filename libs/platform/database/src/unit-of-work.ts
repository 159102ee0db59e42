import { Injectable } from '@nestjs/common';
import type { Scope } from '@roster/platform-context';
import { Database, type Isolation } from './database.js';

/** What services use to make several writes one: `await this.unitOfWork.run(scope, async () => { … })`. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly database: Database) {}

  /** See {@link Database.transaction}. */
  run<T>(scope: Scope, work: () => Promise<T>, isolation?: Isolation): Promise<T> {
    return this.database.transaction(scope, work, isolation);
  }

  /** Whether a transaction is open in this call chain. */
  get isOpen(): boolean {
    return this.database.current() !== null;
  }

  /** See {@link Database.afterCommit}. */
  afterCommit(effect: () => void): void {
    this.database.afterCommit(effect);
  }
}
