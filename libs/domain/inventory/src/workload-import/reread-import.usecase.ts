import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { type Caller, Clock, isId } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { assertKept } from './import-retention.js';
import { ImportRegister } from './import-register.js';
import type { ImportState } from './import-state.js';
import { toImportOptions } from './start-import.usecase.js';
import type { ImportAcceptedDto, ImportOptionsDto } from './workload-import.dto.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

/** Nothing of these imports has been written, so they may begin again. */
const REREADABLE: readonly ImportState[] = ['previewed', 'failed', 'canceled'];

/** Reads an uploaded file again with other options: another encoding, other columns, the remedies of its errors. */
@Injectable()
export class RereadImportUsecase {
  constructor(private readonly access: Access, private readonly imports: WorkloadImportRepository, private readonly register: ImportRegister, private readonly clock: Clock) {}

  /**
   * The same import, as a dry run.
   * @param body all options, not only those that change
   * @throws INVENTORY_IMPORT_NOT_FOUND, INVENTORY_IMPORT_STATE_CONFLICT when it was written or is being read, INVENTORY_IMPORT_EXPIRED, PLATFORM_REQUEST_INVALID
   */
  async reread(caller: Caller, id: string, body: ImportOptionsDto): Promise<ImportAcceptedDto> {
    const scope = this.access.authorise(caller, 'inventory:import:run');
    const options = { ...toImportOptions(body), dryRun: true };
    const row = isId(id) ? await this.imports.find(scope, id) : null;
    if (!row) throw problem('INVENTORY_IMPORT_NOT_FOUND', `There is no import ${id}.`);
    if (REREADABLE.includes(row.state)) assertKept(row, this.clock.now());
    if (!(await this.register.reread(scope, row, REREADABLE, options))) {
      const now = await this.imports.find(scope, id);
      throw problem('INVENTORY_IMPORT_STATE_CONFLICT', `The import is ${now?.state.replace('_', ' ')}; only one of which nothing was written can be read again.`, { extensions: { state: now?.state } });
    }
    return { id, href: `/api/v1/workload-imports/${id}` };
  }
}
