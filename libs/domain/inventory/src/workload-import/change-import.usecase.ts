import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { type Caller, Clock, isId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { assertKept } from './import-retention.js';
import { ImportRegister, type ImportStep } from './import-register.js';
import type { ImportAcceptedDto } from './workload-import.dto.js';
import { type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';

const COMMIT: ImportStep = { job: 'inventory.commit-import', operation: 'inventory.import-commit', action: 'inventory.import.commit-requested', from: 'previewed', to: 'committing' };
const ROLL_BACK: ImportStep = { job: 'inventory.rollback-import', operation: 'inventory.import-rollback', action: 'inventory.import.rollback-requested', from: 'committed', to: 'rolling_back' };

const conflict = (row: WatchedImportRow, needed: string) =>
  problem('INVENTORY_IMPORT_STATE_CONFLICT', `The import is ${row.state.replace('_', ' ')}; ${needed}`, { extensions: { state: row.state } });
const accepted = (id: string): ImportAcceptedDto => ({ id, href: `/api/v1/workload-imports/${id}` });

/** Commits, rolls back or stops an import. */
@Injectable()
export class ChangeImportUsecase {
  constructor(private readonly access: Access, private readonly imports: WorkloadImportRepository, private readonly register: ImportRegister, private readonly clock: Clock) {}

  /** Writes what a dry run showed. @throws INVENTORY_IMPORT_NOT_FOUND, INVENTORY_IMPORT_STATE_CONFLICT, INVENTORY_IMPORT_EXPIRED */
  commit(caller: Caller, id: string): Promise<ImportAcceptedDto> {
    return this.begin(caller, id, COMMIT, 'only a dry run that ended well can be committed.');
  }

  /** Takes a committed import back. @throws INVENTORY_IMPORT_NOT_FOUND, INVENTORY_IMPORT_STATE_CONFLICT, INVENTORY_IMPORT_EXPIRED */
  rollBack(caller: Caller, id: string): Promise<ImportAcceptedDto> {
    return this.begin(caller, id, ROLL_BACK, 'only a committed import can be rolled back.');
  }

  /** Stops an import that is still being read; nothing of it is kept but the file. @throws INVENTORY_IMPORT_NOT_FOUND, INVENTORY_IMPORT_STATE_CONFLICT */
  async cancel(caller: Caller, id: string): Promise<ImportAcceptedDto> {
    const scope = this.access.authorise(caller, 'inventory:import:run');
    const row = await this.require(scope, id);
    if (row.state !== 'pending') throw conflict(row, 'only an import that is being read can be canceled. A committed one can be rolled back.');
    await this.register.cancel(scope, row);
    return accepted(id);
  }

  private async begin(caller: Caller, id: string, step: ImportStep, needed: string): Promise<ImportAcceptedDto> {
    const scope = this.access.authorise(caller, 'inventory:import:run');
    const row = await this.require(scope, id);
    if (row.state === step.from) assertKept(row, this.clock.now());
    if (!(await this.register.begin(scope, row, step))) throw conflict(await this.require(scope, id), needed);
    return accepted(id);
  }

  private async require(scope: TenantScope, id: string): Promise<WatchedImportRow> {
    const row = isId(id) ? await this.imports.find(scope, id) : null;
    if (!row) throw problem('INVENTORY_IMPORT_NOT_FOUND', `There is no import ${id}.`);
    return row;
  }
}
