import { IMPACT_EFFECTS, type ImpactEffect, type ImpactSummary, type OrganizationSettings, type Stage } from '@roster/contracts';
import type { ReviewImpact } from '../port/review-impact.port.js';

/** What a workload is or would be. */
export interface ImpactState {
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly frozen: boolean;
}
interface Moved {
  /** Rhythms as the policy names them, or an RFC 5545 rule. */
  readonly rhythm: { readonly from: string | null; readonly to: string | null };
  /** RFC 3339. */
  readonly dueAt: { readonly from: string | null; readonly to: string | null };
}

/** What one effect is about, by effect. */
export interface ImpactDetails {
  readonly stage: { readonly from: ImpactState; readonly to: ImpactState; readonly gapCount: number };
  readonly coverage: { readonly missing: number; readonly domains: readonly { readonly domain: string; readonly missing: number }[] };
  readonly drill: { readonly drillId: string; readonly endedAt: string; readonly durationSeconds: number; readonly because: 'too_old' | 'too_slow' };
  readonly rhythm: Moved;
  readonly review_sooner: Moved;
  readonly review_later: Moved;
  readonly review_starts: Moved;
  readonly review_ends: Moved;
  readonly ownership: { readonly owners: number };
  readonly fall: { readonly fallsAt: string };
}

/** One workload and one effect on it. */
export type ImpactRow = { [Effect in ImpactEffect]: { readonly effect: Effect; readonly workloadId: string; readonly detail: ImpactDetails[Effect] } }[ImpactEffect];

const WEEK = 7 * 86_400_000;

const wordOf = (cadence: ReviewImpact['rhythm']['from']): string | null => (cadence === null || typeof cadence === 'string' ? cadence : cadence.rrule);

/** Rows of what happens to reviews. A review moves, starts or ends; its rhythm may change with or without that. */
export function reviewRows({ workloadId, rhythm, dueAt }: ReviewImpact): ImpactRow[] {
  const detail: Moved = {
    rhythm: { from: wordOf(rhythm.from), to: wordOf(rhythm.to) }, dueAt: { from: dueAt.from?.toISOString() ?? null, to: dueAt.to?.toISOString() ?? null },
  };
  const rows: ImpactRow[] = [];
  if (rhythm.from !== null && rhythm.to !== null && detail.rhythm.from !== detail.rhythm.to) rows.push({ effect: 'rhythm', workloadId, detail });
  if (rhythm.from === null && rhythm.to !== null) rows.push({ effect: 'review_starts', workloadId, detail });
  else if (rhythm.to === null && rhythm.from !== null) rows.push({ effect: 'review_ends', workloadId, detail });
  else if (dueAt.from && dueAt.to && dueAt.from.getTime() !== dueAt.to.getTime()) rows.push({ effect: dueAt.to < dueAt.from ? 'review_sooner' : 'review_later', workloadId, detail });
  return rows;
}

const named = ({ stage, hardening, frozen }: ImpactState): string => [stage, ...(hardening ? ['hardening'] : []), ...(frozen ? ['frozen'] : [])].join(', ');

/** Adds up what a preview finds. */
export class ImpactTally {
  private readonly transitions = new Map<string, { from: string; to: string; count: number }>();
  private readonly effects = Object.fromEntries(IMPACT_EFFECTS.map((effect) => [effect, 0])) as Record<ImpactEffect, number>;
  private newlyMissing = 0;
  private ownersAsked = 0;
  private soonest: string | null = null;
  private dueWithinWeek = 0;

  constructor(private readonly now: Date) {}

  add(rows: readonly ImpactRow[]): void {
    for (const row of rows) {
      this.effects[row.effect] += 1;
      switch (row.effect) {
        case 'stage': this.addTransition(named(row.detail.from), named(row.detail.to)); break;
        case 'coverage': this.newlyMissing += row.detail.missing; break;
        case 'ownership': this.ownersAsked += row.detail.owners; break;
        case 'review_sooner': case 'review_later': case 'review_starts': this.addDue(row.detail.dueAt.to); break;
        default: break;
      }
    }
  }

  summary(about: { readonly settings: OrganizationSettings; readonly changed: readonly string[]; readonly tree: string; readonly evaluated: number }): ImpactSummary {
    return {
      changedSettings: about.changed, edition: about.settings.edition, tree: about.tree, evaluated: about.evaluated, changed: this.effects.stage,
      transitions: [...this.transitions.values()].sort((a, b) => b.count - a.count), effects: { ...this.effects }, newlyMissing: this.newlyMissing,
      soonestDueAt: this.soonest, dueWithinWeek: this.dueWithinWeek, ownersAsked: this.ownersAsked,
    };
  }

  private addTransition(from: string, to: string): void {
    const key = `${from} -> ${to}`;
    this.transitions.set(key, { from, to, count: (this.transitions.get(key)?.count ?? 0) + 1 });
  }

  private addDue(dueAt: string | null): void {
    if (dueAt === null) return;
    if (this.soonest === null || dueAt < this.soonest) this.soonest = dueAt;
    if (Date.parse(dueAt) - this.now.getTime() <= WEEK) this.dueWithinWeek += 1;
  }
}
