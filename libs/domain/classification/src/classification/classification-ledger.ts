import { Injectable } from '@nestjs/common';
import type { EventName, EventPayloads } from '@roster/contracts';
import { WorkloadProjection } from '@roster/inventory';
import { newId, type TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail, type TrailEvent } from '@roster/trail';
import { STRICTEST_TIER } from '../fact/derive-facts.js';
import type { Gap } from '../fact/gap.js';
import { openDomains } from '../fact/open-requirement.js';
import type { Fall } from '../forecast/decay-forecast.js';
import { ForecastRepository } from '../forecast/forecast.repository.js';
import { BreakGlassRepository, type BreakGlassRow } from '../freeze/break-glass.repository.js';
import { ReviewSchedulePort } from '../port/review-schedule.port.js';
import { earliest } from '../tree/evaluate-tree.js';
import { ClassificationRepository, type NewClassification, type StandingRow } from './classification.repository.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import type { Outcome } from './outcome.js';
import { buildTrace, packTrace, traceDigest, type Trace } from './trace.js';

/** An outcome beside what stood before. */
export interface Decision extends Outcome {
  readonly standing: StandingRow;
  readonly triggers: readonly string[];
  readonly falls: readonly Fall[];
}
interface Prepared {
  readonly decision: Decision;
  readonly row: NewClassification;
  readonly fresh: boolean;
  readonly reevaluateAt: Date | null;
  readonly missingEvidence: number;
  readonly fallsAt: Date | null;
  readonly glass: { readonly id: string; readonly why: 'ran_out' | 'gaps_closed' } | null;
}

/**
 * Writes results with everything that belongs to them: projection, break-glass, forecast, review schedule, trail entry, events. Call it
 * in the unit of work that locked the workloads (architecture.md section 3, order inside a write).
 */
@Injectable()
export class ClassificationLedger {
  constructor(
    private readonly results: ClassificationRepository, private readonly projection: WorkloadProjection, private readonly glasses: BreakGlassRepository,
    private readonly forecasts: ForecastRepository, private readonly schedules: ReviewSchedulePort, private readonly trail: Trail, private readonly outbox: Outbox,
  ) {}

  /**
   * Stores the decisions whose outcome or trace differs from the current result.
   * @param always store even what says the same
   * @returns how many results were stored
   */
  async store(scope: TenantScope, decisions: readonly Decision[], policy: EvaluationPolicy, now: Date, always: boolean): Promise<number> {
    if (decisions.length === 0) return 0;
    const ids = decisions.map((d) => d.standing.workloadId);
    const current = await this.results.currentResults(scope, decisions.flatMap((d) => d.standing.classificationId ?? []));
    const open = await this.glasses.findOpen(scope, ids);
    const prepared = decisions.map((decision) => prepare(decision, policy, now, open.get(decision.standing.workloadId) ?? null, current.get(decision.standing.workloadId) ?? null, always));
    const fresh = prepared.filter((p) => p.fresh);
    if (fresh.length > 0) {
      await this.results.rememberTree(scope, policy.tree, now);
      await this.results.insertMany(scope, fresh.map((p) => p.row));
    }
    await this.project(scope, prepared, now);
    await this.glasses.close(scope, prepared.flatMap(({ glass }) => (glass ? [{ ...glass, at: now }] : [])));
    await this.forecasts.replace(scope, ids, new Map(decisions.flatMap((d) => (d.falls[0] ? [[d.standing.workloadId, d.falls[0]] as const] : []))), now);
    if (fresh.length === 0) return 0;
    await this.schedules.ensure(scope, fresh.filter(({ decision }) => decision.input.lifecycle !== 'retired').map(({ row, decision: { input } }) => ({
      workloadId: row.workloadId, classificationId: row.id, stage: row.stage, hardening: row.hardening, riskTier: input.riskTier,
      handlesPii: input.statements.handlesPii.value, executesTools: input.statements.executesTools.value, decidedAt: now,
    })));
    await this.trail.recordMany(scope, fresh.map(trailEvent));
    await this.outbox.publishMany(scope, fresh.flatMap(events));
    return fresh.length;
  }

  /** Workloads that are not evaluated any more (retired, withdrawn, merged) wait for no instant and are in no forecast. */
  async settle(scope: TenantScope, rows: readonly StandingRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.forecasts.replace(scope, rows.map((row) => row.workloadId), new Map(), new Date(0));
    await this.projection.applyStages(scope, rows.flatMap((row) => (row.stage && row.classificationId && row.classifiedAt && (row.reevaluateAt ?? row.fallsAt ?? row.missingEvidence) !== null
      ? [{
          workloadId: row.workloadId, stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, frozen: row.frozen,
          classificationId: row.classificationId, classifiedAt: row.classifiedAt, reevaluateAt: null,
          missingEvidence: null, fallsAt: null,
        }] : [])));
  }

  private project(scope: TenantScope, prepared: readonly Prepared[], now: Date): Promise<void> {
    return this.projection.applyStages(scope, prepared.flatMap(({ fresh, row, reevaluateAt, missingEvidence, fallsAt, decision: { standing } }) => {
      const state = { workloadId: row.workloadId, stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, frozen: row.frozen, reevaluateAt, missingEvidence, fallsAt };
      if (fresh) return [{ ...state, classificationId: row.id, classifiedAt: now }];
      const same = standing.reevaluateAt?.getTime() === reevaluateAt?.getTime() && standing.fallsAt?.getTime() === fallsAt?.getTime() && standing.missingEvidence === missingEvidence;
      if (same || !standing.classificationId || !standing.classifiedAt) return [];
      return [{ ...state, classificationId: standing.classificationId, classifiedAt: standing.classifiedAt }];
    }));
  }
}

function prepare(decision: Decision, policy: EvaluationPolicy, now: Date, open: BreakGlassRow | null,
  current: { readonly number: number; readonly traceDigest: string } | null, always: boolean): Prepared {
  const { evaluation, freeze, input, standing } = decision;
  const applies = freeze.active || freeze.undetermined;
  const inForce = open !== null && applies && open.endsAt > now ? open : null;
  const frozen = freeze.active && inForce === null;
  const trace: Trace = buildTrace(evaluation, freeze, inForce && { id: inForce.id, until: inForce.endsAt.toISOString(), reason: inForce.reason }, input);
  const outcome = { stage: evaluation.stage, hardening: evaluation.hardening, undetermined: evaluation.undetermined, frozen };
  const packedTrace = JSON.stringify(packTrace(trace));
  const digest = traceDigest(outcome, policy.tree.digest, policy.digest, packedTrace);
  const next = earliest([evaluation.nextChangeAt, inForce?.endsAt.toISOString() ?? null]);
  return {
    decision, missingEvidence: missingEvidence(decision, policy, now), fallsAt: decision.falls[0] ? new Date(decision.falls[0].at) : null,
    // A workload that was withdrawn and came back has results but no stage: whatever they said, it is decided anew, with the schedule it owes.
    fresh: always || standing.stage === null || current?.traceDigest !== digest, reevaluateAt: next === null ? null : new Date(next),
    glass: open !== null && inForce === null ? { id: open.id, why: open.endsAt <= now ? 'ran_out' : 'gaps_closed' } : null,
    row: {
      id: newId(now), workloadId: standing.workloadId, number: (current?.number ?? 0) + 1, treeDigest: policy.tree.digest, edition: policy.edition.id, policyDigest: policy.digest, ...outcome,
      packedTrace, traceDigest: digest, triggers: [...new Set(decision.triggers)], decidedAt: now, previousId: standing.classificationId,
      nextChangeAt: evaluation.nextChangeAt === null ? null : new Date(evaluation.nextChangeAt),
    },
  };
}

/** How many requirements the required set of the tier still asks for; an unset tier counts as critical (domain.md section 5). */
function missingEvidence({ input }: Decision, { facts: { edition, tierPolicy } }: EvaluationPolicy, now: Date): number {
  const open = openDomains(input.coverageAt(now).domains, edition, tierPolicy, input.riskTier ?? STRICTEST_TIER, input.statements.executesTools.value);
  return open.reduce((sum, { need }) => sum + need, 0);
}

const gapName = (gap: Gap): string => ('requirement' in gap ? `${gap.code}:${gap.requirement}` : 'domain' in gap ? `${gap.code}:${gap.domain}` : gap.code);

function trailEvent({ row, decision: { standing, evaluation } }: Prepared): TrailEvent {
  const changed = standing.stage !== row.stage;
  return {
    action: changed ? 'classification.stage.changed' : 'classification.result.recorded', object: { type: 'classification', id: row.id }, workloadId: row.workloadId,
    payload: {
      from: standing.stage, to: row.stage, hardening: row.hardening, undetermined: row.undetermined, frozen: row.frozen, tree: row.treeDigest, edition: row.edition,
      triggers: row.triggers, traceDigest: row.traceDigest,
      // A first result has no "because"; its gaps stand in the result.
      ...(standing.stage === null ? {} : { gaps: evaluation.gaps.map(gapName) }),
    },
  };
}

function events({ row, decision: { standing } }: Prepared): { name: EventName; payload: EventPayloads[EventName] }[] {
  const first = standing.stage === null;
  // A first result below production is no news: an import of 100,000 rows would announce each of them.
  const stage = standing.stage !== row.stage && (!first || row.stage === 'production' || row.stage === 'scaled');
  const freeze = standing.frozen !== row.frozen && !first;
  return [
    ...(stage ? [{ name: 'classification.stage.changed' as const, payload: { workloadId: row.workloadId, from: standing.stage, to: row.stage, classificationId: row.id } }] : []),
    ...(freeze ? [{ name: 'classification.freeze.changed' as const, payload: { workloadId: row.workloadId, active: row.frozen } }] : []),
  ];
}
