import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { OrganizationSettings } from '@roster/contracts';
import { Reaffirmation, WorkloadFactsQuery } from '@roster/inventory';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations } from '@roster/platform-queue';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { EvaluationPolicies, type EvaluationPolicy } from '../classification/evaluation-policy.js';
import type { Outcome } from '../classification/outcome.js';
import { ForecastRepository } from '../forecast/forecast.repository.js';
import { ReviewImpactPort, type SupposedWorkload } from '../port/review-impact.port.js';
import { ImpactTally, reviewRows, type ImpactRow } from './impact.js';
import { ImpactPreviewRepository } from './impact-preview.repository.js';
import { policyRows, sameState } from './supposed-policy.js';

const BATCH = 1_000;
const DAY = 86_400_000;

/** Settings as they are and as they are supposed to be. */
interface Supposition {
  readonly current: OrganizationSettings;
  readonly supposed: OrganizationSettings;
  readonly before: EvaluationPolicy;
  readonly after: EvaluationPolicy;
  readonly now: Date;
}

/**
 * Looks at every workload under the settings in force and under supposed ones, and keeps what differs. Adopts nothing and stores no
 * classification. Whether a workload would be Scaled is measured against the portfolio as it is.
 */
@Injectable()
export class PreviewImpactUsecase {
  constructor(
    private readonly facts: WorkloadFactsQuery, private readonly evaluation: EvaluateWorkloadsUsecase, private readonly policies: EvaluationPolicies, private readonly organizations: OrganizationQuery,
    private readonly reaffirmation: Reaffirmation, private readonly reviews: ReviewImpactPort, private readonly forecasts: ForecastRepository, private readonly previews: ImpactPreviewRepository,
    private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Number of workloads a preview visits. */
  size(scope: TenantScope): Promise<number> {
    return this.facts.count(scope);
  }

  /**
   * Runs a preview and ends its operation with an `ImpactSummary`. A run that starts again begins from nothing, and ends the one before: of two at
   * once only the newest writes rows.
   * @param number which run it is, of `Operations.begin`
   * @param change what `PATCH /organization` takes, without the name
   * @param signal stops the run between batches; it is started again elsewhere
   */
  async run(scope: TenantScope, operationId: string, number: number, change: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void> {
    const total = await this.facts.count(scope);
    const begun = await this.unitOfWork.run(scope, async () => {
      if (!(await this.operations.progress(scope, operationId, 0, total, number))) return false;
      await this.previews.clear(scope, operationId);
      return true;
    });
    if (!begun) return;
    const { current, supposed, changed } = await this.organizations.suppose(scope, change);
    const about: Supposition = { current, supposed, before: this.policies.under(current), after: this.policies.under(supposed), now: this.clock.now() };
    const tally = new ImpactTally(about.now);
    let evaluated = 0;
    for (let after: string | null = null; ;) {
      const ids = await this.facts.page(scope, after, BATCH);
      if (ids.length === 0) break;
      if (signal.aborted) throw new Error('The worker is stopping; the preview starts again elsewhere');
      const found = await this.unitOfWork.run(scope, async () => {
        if (!(await this.operations.holds(scope, operationId, number))) return null;
        const rows = await this.rowsOf(scope, ids, about);
        await this.previews.insertMany(scope, operationId, rows);
        return rows;
      });
      if (found === null) return;
      tally.add(found);
      evaluated += ids.length;
      if (!(await this.operations.progress(scope, operationId, evaluated, Math.max(total, evaluated), number))) return;
      after = ids.at(-1) ?? null;
    }
    await this.operations.succeed(scope, operationId, tally.summary({ settings: supposed, changed, tree: about.after.tree.id, evaluated }), evaluated);
  }

  private async rowsOf(scope: TenantScope, ids: readonly string[], about: Supposition): Promise<ImpactRow[]> {
    const { current, supposed, before, after, now } = about;
    const rows: ImpactRow[] = [];
    let moved = new Map<string, Outcome>();
    // The tree reads nothing of what is not in the digest: only then there is something to evaluate.
    if (before.digest !== after.digest) {
      const old = await this.evaluation.outcomes(scope, ids, before, now);
      const next = await this.evaluation.outcomes(scope, ids, after, now);
      const pairs = [...old].flatMap(([id, outcome]) => { const other = next.get(id); return other && outcome.input.lifecycle !== 'retired' ? [[outcome, other] as const] : []; });
      rows.push(...pairs.flatMap(([was, is]) => policyRows(was, is, before, after, now)));
      moved = new Map(pairs.filter(([was, is]) => !sameState(was, is)).map(([, is]) => [is.input.workloadId, is]));
    }
    if (moved.size > 0 || reviewSettings(current) !== reviewSettings(supposed)) {
      const workloads = ids.map((workloadId): SupposedWorkload => ({ workloadId, outcome: demandOf(moved.get(workloadId)) }));
      rows.push(...(await this.reviews.impact(scope, workloads, current, supposed)).flatMap(reviewRows));
    }
    const days = supposed.thresholds.ownerReaffirmDays;
    if (days < current.thresholds.ownerReaffirmDays) {
      const asked = await this.reaffirmation.askedWithPeriod(scope, ids, days);
      rows.push(...[...asked].map(([workloadId, owners]): ImpactRow => ({ effect: 'ownership', workloadId, detail: { owners } })));
    }
    const [near, far] = [current, supposed].map(({ thresholds }) => new Date(now.getTime() + thresholds.decayHorizonDays * DAY));
    if (near && far && near < far) {
      const falls = await this.forecasts.between(scope, ids, near, far);
      rows.push(...falls.map(({ workloadId, fallsAt }): ImpactRow => ({ effect: 'fall', workloadId, detail: { fallsAt: fallsAt.toISOString() } })));
    }
    return rows;
  }
}

/** What schedules of reviews are computed from. */
const reviewSettings = ({ timeZone, reviewPolicy }: OrganizationSettings): string => JSON.stringify([timeZone, reviewPolicy.productionCadence, reviewPolicy.pilotWithPiiOrTools, reviewPolicy.hardeningPilot, reviewPolicy.dueAtLocalTime]);

const demandOf = (outcome: Outcome | undefined): SupposedWorkload['outcome'] => (outcome ? {
  stage: outcome.evaluation.stage, hardening: outcome.evaluation.hardening, riskTier: outcome.input.riskTier,
  handlesPii: outcome.input.statements.handlesPii.value, executesTools: outcome.input.statements.executesTools.value,
} : null);
