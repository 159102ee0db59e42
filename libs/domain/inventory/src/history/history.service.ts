import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller } from '@roster/platform-context';
import { cursorOf, encodeCursor, readListQuery, type ListSpec, type Page } from '@roster/platform-http';
import { WorkloadLookup } from '../workload/workload-lookup.js';
import { entryChanges } from './history-entry.js';
import type { HistoryEntryDto } from './history.dto.js';
import { WorkloadHistoryRepository } from './workload-history.repository.js';

export const HISTORY_LIST: ListSpec = { filters: [], sorts: ['-at'], asOf: true, oneWay: true, uncounted: true };

/** What changed about a workload, field by field (domain.md section 3). */
@Injectable()
export class HistoryService {
  constructor(private readonly access: Access, private readonly lookup: WorkloadLookup, private readonly repository: WorkloadHistoryRepository) {}

  /**
   * A page of changes, newest first. A page may be shorter than the limit and still have a next one: states in which only bookkeeping
   * changed are read and not shown. With `asOf` only what had changed by then.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID
   */
  async page(caller: Caller, key: string, raw: Record<string, string | string[]>): Promise<Page<HistoryEntryDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, HISTORY_LIST);
    const workload = await this.lookup.require(scope, key);
    const cursor = cursorOf(query, ['instant', 'text']);
    const rows = await this.repository.page(scope, workload.id, { after: cursor && { at: cursor[0], position: cursor[1] }, until: query.asOf, limit: query.limit });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.flatMap((row) => {
        const changes = entryChanges(row);
        return changes.length === 0 ? [] : [{ at: row.at, by: row.by, workload: row.workload, changes }];
      }),
      nextCursor: rows.length > query.limit && last ? encodeCursor(query.sort, [last.at.toISOString(), last.position]) : null,
    };
  }
}
