import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Permission } from '@roster/contracts';
import { SampleImport, type SampleWorkload } from '@roster/inventory';
import { type Caller, Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Operations, Outbox, type OperationRow } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { SampleDataDto } from '../checklist/onboarding.dto.js';
import { SampleDataRepository, type SampleRow } from './sample-data.repository.js';
import { type ChangedChoice, SAMPLE_TAG } from './sample-state.js';

export const SAMPLE_HREF = '/api/v1/onboarding/sample-data';

/** What adding does in the name of the person who asks: they have to be allowed each of it. */
const ACTS: readonly Permission[] = ['inventory:import:run', 'inventory:owner:respond', 'evidence:version:review'];

/** Asks for sample data and for its removal. */
@Injectable()
export class SampleDataService {
  constructor(
    private readonly access: Access, private readonly samples: SampleDataRepository, private readonly imports: SampleImport, private readonly operations: Operations,
    private readonly outbox: Outbox, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws ONBOARDING_SESSION_NEEDED, ONBOARDING_SAMPLE_DATA_EXISTS, ACCESS_PERMISSION_MISSING */
  add(caller: Caller): Promise<{ id: string; href: string }> {
    const scope = this.access.authorise(caller, 'onboarding:sample-data:manage');
    for (const permission of ACTS) this.access.authorise(caller, permission);
    if (caller.via !== 'session') throw problem('ONBOARDING_SESSION_NEEDED', 'Sample workloads get the person who asks as their owner, and ownership is accepted in person: sign in, an API key cannot do it.');
    return this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      const operationId = await this.operations.create(scope, 'onboarding.add-sample-data', 'workloads');
      const id = newId(at);
      if (!(await this.samples.insert(scope, { id, operationId, askedBy: caller.memberId, at }))) throw problem('ONBOARDING_SAMPLE_DATA_EXISTS', 'The sample data is there already, or is being added or removed. Remove it before you add it again.');
      await this.trail.record(scope, { action: 'onboarding.sample-data.requested', object: { type: 'sample_data', id }, payload: {} });
      await this.outbox.enqueue(scope, 'onboarding.add-sample-data', { tenantId: scope.tenantId, sampleId: id });
      return { id, href: SAMPLE_HREF };
    });
  }

  /**
   * @param changed what to do with sample workloads that people have changed or worked on; null asks first
   * @throws ONBOARDING_SAMPLE_DATA_NOT_FOUND, ONBOARDING_SAMPLE_DATA_BUSY, ONBOARDING_SAMPLE_DATA_CHANGED naming the workloads
   */
  remove(caller: Caller, changed: ChangedChoice | null): Promise<{ id: string; href: string }> {
    const scope = this.access.authorise(caller, 'onboarding:sample-data:manage');
    this.access.authorise(caller, 'inventory:import:run');
    return this.unitOfWork.run(scope, async () => {
      const row = await this.samples.current(scope);
      if (!row) throw problem('ONBOARDING_SAMPLE_DATA_NOT_FOUND', 'There is no sample data to remove.');
      const locked = await this.samples.lock(scope, row.id);
      if (locked?.state !== 'present' && locked?.state !== 'failed') throw problem('ONBOARDING_SAMPLE_DATA_BUSY', 'The sample data is being added or removed. Wait until that has ended.', { headers: { 'retry-after': '5' } });
      const touched = await this.changedWorkloads(scope, locked);
      if (touched.length > 0 && changed === null) {
        throw problem('ONBOARDING_SAMPLE_DATA_CHANGED', `Somebody has changed or worked on ${touched.map(({ key }) => key).join(', ')}. Say whether to keep them as your own or to remove them too. Nothing was removed.`, {
          extensions: { workloads: touched.map(({ key, name }) => ({ key, name })) },
        });
      }
      const at = this.clock.now();
      const operationId = await this.operations.create(scope, 'onboarding.remove-sample-data', 'steps', 3);
      await this.samples.move(scope, row.id, ['present', 'failed'], 'removing', at, { operationId, removedBy: caller.memberId, changed: changed ?? 'keep' });
      await this.trail.record(scope, { action: 'onboarding.sample-data.removal-requested', object: { type: 'sample_data', id: row.id }, payload: { changed: changed ?? 'keep', workloads: touched.map(({ key }) => key) } });
      await this.outbox.enqueue(scope, 'onboarding.remove-sample-data', { tenantId: scope.tenantId, sampleId: row.id });
      return { id: row.id, href: SAMPLE_HREF };
    });
  }

  /** The work that runs or ran last. @throws ONBOARDING_SAMPLE_DATA_NOT_FOUND when nobody ever asked for sample data */
  async operation(caller: Caller): Promise<{ scope: TenantScope; operation: OperationRow }> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const row = await this.samples.last(scope);
    const operation = row ? await this.operations.find(scope, row.operationId) : null;
    if (!operation) throw problem('ONBOARDING_SAMPLE_DATA_NOT_FOUND', 'Nobody has asked for sample data yet.');
    return { scope, operation };
  }

  /** For the checklist, in its transaction. */
  async view(scope: TenantScope): Promise<{ view: SampleDataDto; importId: string | null }> {
    const row = await this.samples.current(scope);
    if (!row) return { view: { state: 'none', tag: SAMPLE_TAG, workloads: 0, changed: [], askedAt: null, askedBy: null }, importId: null };
    const workloads = row.importId ? await this.imports.workloads(scope, row.importId) : [];
    const changed = await this.changedWorkloads(scope, row, workloads);
    return {
      view: { state: row.state, tag: SAMPLE_TAG, workloads: workloads.length, changed: changed.map(({ key, name }) => ({ key, name })), askedAt: row.askedAt, askedBy: row.askedByName },
      importId: row.importId,
    };
  }

  /** Sample workloads that are not as they were brought, or that people have worked on since. */
  async changedWorkloads(scope: TenantScope, row: SampleRow, known?: readonly SampleWorkload[]): Promise<SampleWorkload[]> {
    if (!row.importId || !row.addedAt) return [];
    const workloads = known ?? (await this.imports.workloads(scope, row.importId));
    const touched = new Set(await this.samples.workedOn(scope, workloads.map(({ id }) => id), row.addedAt));
    return workloads.filter(({ id, changed }) => changed || touched.has(id));
  }
}
