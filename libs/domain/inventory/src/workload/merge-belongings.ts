import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ComponentRepository } from '../component/component.repository.js';
import { FactRecorder } from '../fact/fact-recorder.js';
import { effectiveStatement, FACT_NAMES } from '../fact/fact-statement.js';
import { WorkloadFactsRepository } from '../fact/workload-facts.repository.js';
import { OwnerAssignmentRepository } from '../owner/owner-assignment.repository.js';
import { RelationRepository } from '../relation/relation.repository.js';
import { ToolGrantRepository } from '../tool-grant/tool-grant.repository.js';
import { WorkloadChange } from './workload-change.js';
import type { FactValues, WorkloadState } from './workload.repository.js';

type Statements = Awaited<ReturnType<WorkloadFactsRepository['statements']>>;

/** What belongs to a workload and comes along when it is merged. */
@Injectable()
export class MergeBelongings {
  constructor(
    readonly change: WorkloadChange, private readonly facts: WorkloadFactsRepository, private readonly recorder: FactRecorder, private readonly owners: OwnerAssignmentRepository,
    private readonly components: ComponentRepository, private readonly relations: RelationRepository, private readonly grants: ToolGrantRepository,
  ) {}

  /** Statements of the source where the target has none of that strength, and the effective values that follow. */
  async missingFacts(scope: TenantScope, sourceId: string, intoId: string): Promise<{ values: FactValues; statements: Statements }> {
    const own = await this.recorder.known(scope, intoId);
    const taken = (await this.recorder.known(scope, sourceId)).filter((theirs) => !own.some((mine) => mine.fact === theirs.fact && mine.provenance === theirs.provenance));
    const values = Object.fromEntries(FACT_NAMES.flatMap((fact) => {
      const added = taken.filter((statement) => statement.fact === fact);
      return added.length === 0 ? [] : [[fact, effectiveStatement([...own.filter((statement) => statement.fact === fact), ...added])?.value ?? 'unknown']];
    }));
    return { values, statements: taken };
  }

  async move(scope: TenantScope, source: WorkloadState, into: WorkloadState, statements: Statements, at: Date): Promise<Record<string, unknown>> {
    if (statements.length > 0) await this.facts.record(scope, into.id, statements);
    const components = await this.components.of(scope, source.id);
    const declared = new Set((await this.components.of(scope, into.id)).map(({ id }) => id));
    await this.components.add(scope, into.id, components.filter(({ id }) => !declared.has(id)).map(({ id, usage }) => ({ id, usage })), at);
    await this.relations.move(scope, source.id, into.id);
    const own = await this.grants.list(scope, into.id);
    const extra = (await this.grants.list(scope, source.id)).filter((grant) => !own.some((mine) => mine.name === grant.name && mine.scope === grant.scope));
    await this.grants.replace(scope, into.id, [...own, ...extra].map(({ name, access, scope: on }) => ({ name, access, scope: on })), at);
    const ended = (await this.owners.list(scope, source.id, null)).filter(({ status }) => status === 'accepted' || status === 'proposed');
    await this.owners.end(scope, ended.map(({ id }) => id), at);
    return { components: components.length, toolGrants: extra.length, endedOwners: ended.map(({ role, email }) => ({ role, email })) };
  }
}
