import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import type { Caller } from '@roster/platform-context';
import { isId } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import type { DrillDto } from './drill.dto.js';
import { toDrillDto } from './drill.mapper.js';
import { DrillRepository } from './drill.repository.js';

export const DRILL_LIST: ListSpec = { filters: ['kind', 'result'], sorts: ['-endedAt'], asOf: true, uncounted: true };

/** Reads drills (domain.md section 9). */
@Injectable()
export class DrillService {
  constructor(
    private readonly access: Access, private readonly drills: DrillRepository, private readonly workloads: WorkloadLookup,
    private readonly organizations: OrganizationQuery,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async list(caller: Caller, key: string, raw: Record<string, string | string[]>): Promise<Page<DrillDto>> {
    const scope = this.access.authorise(caller, 'incidents:drill:read');
    const query = readListQuery(raw, DRILL_LIST);
    const workload = await this.workloads.require(scope, key);
    const { tierPolicy } = await this.organizations.settings(scope);
    const rows = await this.drills.page(scope, {
      workloadId: workload.id, kinds: query.filters.get('kind') ?? null, results: query.filters.get('result') ?? null, asOf: query.asOf,
      after: cursorOf(query, ['instant', 'id']), descending: query.sort.descending, limit: query.limit,
    });
    return toPage(rows, query, (row) => [row.endedAt.toISOString(), row.id], (row) => toDrillDto(row, workload.key, tierPolicy, workload.riskTier));
  }

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND, INCIDENTS_DRILL_NOT_FOUND */
  async read(caller: Caller, key: string, id: string): Promise<DrillDto> {
    const scope = this.access.authorise(caller, 'incidents:drill:read');
    const workload = await this.workloads.require(scope, key);
    const drill = isId(id) ? await this.drills.find(scope, id) : null;
    if (!drill || drill.workloadId !== workload.id) throw problem('INCIDENTS_DRILL_NOT_FOUND', `Workload ${workload.key} has no drill ${id}.`);
    const { tierPolicy } = await this.organizations.settings(scope);
    return toDrillDto(drill, workload.key, tierPolicy, workload.riskTier);
  }
}
