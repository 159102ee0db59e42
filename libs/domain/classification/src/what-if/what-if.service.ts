import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { GapDto, WhatIfDto } from '../classification/classification.dto.js';
import { ClassificationViews } from '../classification/classification-view.js';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { EvaluationPolicies } from '../classification/evaluation-policy.js';
import { buildTrace } from '../classification/trace.js';
import { deriveFacts } from '../fact/derive-facts.js';
import type { LeafFact } from '../fact/leaf-fact.js';
import { evaluateFreeze } from '../freeze/freeze.js';
import { evaluateTree } from '../tree/evaluate-tree.js';
import { assume, missingFor, type Missing } from './missing.js';
import { readSupposition, suppose } from './supposition.js';

/** Evaluates with changed facts; nothing is stored (domain.md section 5, what-if). */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly policies: EvaluationPolicies,
    private readonly evaluation: EvaluateWorkloadsUsecase, private readonly views: ClassificationViews, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND, CLASSIFICATION_FACT_UNKNOWN naming each fact and what is accepted */
  async suppose(caller: Caller, key: string, given: Readonly<Record<string, unknown>>): Promise<WhatIfDto> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const workload = await this.workloads.require(scope, key);
    const policy = await this.policies.of(scope);
    const supposition = readSupposition(given, policy.tree, new Set(policy.requirements.map((r) => r.key)));
    if (Array.isArray(supposition)) throw problem('CLASSIFICATION_FACT_UNKNOWN', 'Some facts cannot be supposed.', { errors: supposition });
    const now = this.clock.now();
    const found = (await this.evaluation.outcomes(scope, [workload.id], policy, now, (input) => suppose(input, supposition))).get(workload.id);
    if (!found) throw problem('INVENTORY_WORKLOAD_NOT_FOUND', `There is no workload ${key}.`);
    // Asked whatever the stage, since the supposed facts may lead to production.
    const input = (await this.evaluation.withPortfolio(scope, [workload.id], [workload.id], new Map([[workload.id, found.input]]), policy)).get(workload.id) ?? found.input;
    const coverage = input.coverageAt(now);
    const facts: Record<string, LeafFact> = { ...deriveFacts(policy.tree, input, policy.facts, now, coverage) };
    for (const [id, value] of supposition.facts) facts[id] = assume(value);
    const evaluation = evaluateTree(policy.tree, facts);
    const freeze = evaluateFreeze(evaluation, input, policy.facts, coverage);
    const view = await this.views.full(scope, {
      id: null, treeDigest: policy.tree.digest, edition: policy.edition.id, policyDigest: policy.digest, stage: evaluation.stage, hardening: evaluation.hardening,
      undetermined: evaluation.undetermined, frozen: freeze.active, trace: buildTrace(evaluation, freeze, null, input), triggers: ['what-if'], decidedAt: now, decidedBy: scope.actor,
      nextChangeAt: evaluation.nextChangeAt === null ? null : new Date(evaluation.nextChangeAt),
    }, workload.key);
    const describe = this.views.describer(policy.edition.id, workload.key, policy.tree);
    const missing = (stage: 'pilot' | 'production' | 'scaled'): Missing => missingFor(stage, policy.tree, facts) ?? { stage, count: 0, gaps: [] };
    const [pilot, production, scaled] = [missing('pilot'), missing('production'), missing('scaled')];
    const gaps = (list: Missing): GapDto[] => list.gaps.map(describe);
    return {
      ...view, missingFor: { pilot: gaps(pilot), production: gaps(production), scaled: gaps(scaled) },
      missingCount: { pilot: pilot.count, production: production.count, scaled: scaled.count },
    };
  }
}
