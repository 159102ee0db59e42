import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListQuery } from '@roster/platform-http';
import { CoverageExceptionRepository, type ExceptionRow } from './coverage-exception.repository.js';

/** Reads of exceptions and not-applicable statements. */
@Injectable()
export class CoverageExceptionService {
  constructor(private readonly access: Access, private readonly exceptions: CoverageExceptionRepository, private readonly workloads: WorkloadLookup, private readonly clock: Clock) {}

  /** @throws PLATFORM_REFERENCE_UNKNOWN for a workload that does not exist */
  async list(caller: Caller, query: ListQuery): Promise<{ rows: ExceptionRow[]; total: number | undefined; now: Date }> {
    const scope = this.access.authorise(caller, 'evidence:item:read');
    const now = this.clock.now();
    const named = query.filters.get('workload');
    const workloads = named && [...(await this.workloads.requireMany(scope, named, 'filter[workload]')).values()];
    const filter = { kinds: query.filters.get('kind') ?? null, statuses: query.filters.get('status') ?? null, workloadIds: workloads?.map((w) => w.id) ?? null, awaitingMemberId: query.filters.has('awaiting') ? caller.memberId : null, now };
    const rows = await this.exceptions.page(scope, filter, { descending: query.sort.descending, after: cursorOf(query, ['instant', 'id']), limit: query.limit });
    return { rows, total: query.count ? await this.exceptions.count(scope, filter) : undefined, now };
  }

  /** @throws EVIDENCE_EXCEPTION_NOT_FOUND */
  async read(caller: Caller, id: string): Promise<{ row: ExceptionRow; now: Date }> {
    const row = await this.exceptions.find(this.access.authorise(caller, 'evidence:item:read'), id);
    if (!row) throw problem('EVIDENCE_EXCEPTION_NOT_FOUND', 'There is no such exception.');
    return { row, now: this.clock.now() };
  }
}
