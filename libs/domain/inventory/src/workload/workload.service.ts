import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { encodeCursor, readListQuery } from '@roster/platform-http';
import { DuplicateService, type Prospect } from '../duplicate/duplicate.service.js';
import { WorkloadFactsRepository } from '../fact/workload-facts.repository.js';
import type { DuplicatesDto, WorkloadDto } from './workload.dto.js';
import { toWorkloadDto } from './workload.mapper.js';
import { WorkloadItemRepository } from './workload-item.repository.js';
import { WorkloadLookup } from './workload-lookup.js';
import { readWorkloadList, WORKLOAD_LIST } from './workload-list.js';

/** Reading workloads. */
@Injectable()
export class WorkloadService {
  constructor(
    private readonly access: Access, private readonly items: WorkloadItemRepository, private readonly lookup: WorkloadLookup, private readonly facts: WorkloadFactsRepository,
    private readonly duplicates: DuplicateService, private readonly clock: Clock,
  ) {}

  /**
   * A page of the inventory as JSON text: the database writes the items and nothing parses them on the way out.
   * @param raw list parameters of api.md; see {@link WORKLOAD_LIST}
   * @throws PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID
   */
  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<string> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, WORKLOAD_LIST);
    const list = readWorkloadList(query, { now: this.clock.now(), me: caller.memberId });
    const { rows, total } = await this.items.read(scope, list, query);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > query.limit && last ? encodeCursor(query.sort, [...last.sortKey]) : null;
    const count = total === undefined ? '' : `,"total":${total}`;
    return `{"items":[${shown.map((row) => row.json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}${count}}`;
  }

  /** @param asOf as it was known then; null for now. @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async get(caller: Caller, key: string, asOf: Date | null): Promise<WorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return this.show(scope, (await this.lookup.require(scope, key)).id, asOf);
  }

  /** A workload after a write, in its transaction. */
  async show(scope: TenantScope, id: string, asOf: Date | null = null): Promise<WorkloadDto> {
    const row = await this.items.find(scope, id, asOf);
    if (!row) throw problem('INVENTORY_WORKLOAD_NOT_FOUND', asOf ? `The workload was not in the inventory at ${asOf.toISOString()}.` : 'There is no such workload.');
    return toWorkloadDto(row, await this.facts.statements(scope, id, asOf));
  }

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async duplicatesOf(caller: Caller, key: string): Promise<DuplicatesDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { items: await this.duplicates.of(scope, (await this.lookup.require(scope, key)).id) };
  }

  /** What may be the same as something that is not registered yet. */
  async duplicatesOfProspect(caller: Caller, prospect: Prospect): Promise<DuplicatesDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { items: await this.duplicates.ofProspect(scope, prospect) };
  }
}
