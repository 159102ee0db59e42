import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Parameters, sourceOf, WorkloadListRepository, type Found } from './workload-list.repository.js';
import type { WorkloadListQuery } from './workload-list.js';

/** The workloads that a query stands for, all of them. */
@Injectable()
export class WorkloadSelectionRepository extends WorkloadListRepository {
  /** Ids in the order of the list. @param limit at most so many; ask for one more than you can take */
  async ids(scope: TenantScope, list: WorkloadListQuery, found: Found, limit: number): Promise<string[]> {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(found.asOf, parameters);
    const where = this.where(list.conditions, found, source, parameters);
    const order = [...list.sort.columns.map(({ sql }) => `w.${sql}`), 'w.id'].map((column) => `${column} ${list.descending ? 'DESC' : 'ASC'}`).join(', ');
    const rows = await this.rows<{ id: string }>(scope, `SELECT w.id FROM ${source.workload} w WHERE ${where} ORDER BY ${order} LIMIT ${parameters.add(limit)}::int`, parameters.values);
    return rows.map(({ id }) => id);
  }
}
