import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { duplicateScore, LIKELY_BY_NAME, LIKELY_DUPLICATE, type DuplicateCandidate } from '../duplicate/duplicate-score.js';
import { alikeNames } from './alike-names.js';
import { type FoundDuplicate, type FreshRow, ImportDuplicateRepository, type KnownWorkload, type SharedReference } from './import-duplicate.repository.js';

/** Comparisons of names in one import: some seconds at most. What is left out then is counted and shown. */
const BUDGET = 10_000_000;

type Other = Pick<FoundDuplicate, 'workloadId' | 'otherLine'> & { readonly name: string; readonly team: string; readonly repositories: readonly string[]; readonly interfaces: readonly string[] };

/** Finds what the new rows of an import may be the same as, by the score that registering a single workload is shown (domain.md section 3). */
@Injectable()
export class ImportDuplicates {
  constructor(private readonly repository: ImportDuplicateRepository) {}

  /** Compares and keeps what was found, in the caller's transaction, after the plan and before the write. @param budget comparisons of names at most */
  async check(scope: TenantScope, importId: string, budget = BUDGET): Promise<void> {
    const fresh = await this.repository.fresh(scope, importId);
    const shared = fresh.length === 0 ? [] : await this.repository.sharedReferences(scope, importId);
    const teams = byTeam(fresh);
    const known = byTeam(teams.size === 0 ? [] : await this.repository.inTeams(scope, [...teams.keys()]));
    const alike = new Map<number, { other: Other; others: number }>();
    let left = budget;
    let unchecked = 0;
    for (const [team, rows] of teams) {
      const there = known.get(team) ?? [];
      const { best, checked, comparisons } = await alikeNames(there, rows, LIKELY_BY_NAME, left);
      left -= comparisons;
      unchecked += rows.length - checked;
      for (const [place, one] of best) {
        const row = rows[place];
        const other = one.of === 'known' ? otherOfWorkload(there[one.index]) : otherOfRow(rows[one.index]);
        if (row && other) alike.set(row.line, { other, others: one.others });
      }
    }
    await this.repository.replace(scope, importId, mostLikely(fresh, alike, shared), unchecked);
  }
}

/** By folded team; what names no team is compared by its references only. */
function byTeam<Entry extends { readonly team: string }>(entries: readonly Entry[]): Map<string, Entry[]> {
  const teams = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.team === '') continue;
    const there = teams.get(entry.team);
    if (there) there.push(entry);
    else teams.set(entry.team, [entry]);
  }
  return teams;
}

const otherOfWorkload = (workload: KnownWorkload | undefined): Other | null => (workload ? { workloadId: workload.id, otherLine: null, name: workload.name, team: workload.team, repositories: [], interfaces: [] } : null);
const otherOfRow = (row: FreshRow | undefined): Other | null => (row ? { workloadId: null, otherLine: row.line, name: row.name, team: row.team, repositories: [], interfaces: [] } : null);
const identityOf = ({ workloadId, otherLine }: Pick<Other, 'workloadId' | 'otherLine'>): string => workloadId ?? `line ${otherLine}`;
const candidate = (name: string, team: string, references: Pick<Other, 'repositories' | 'interfaces'>): DuplicateCandidate => ({ name, team: team === '' ? null : team, purpose: null, models: [], repositories: references.repositories, interfaces: references.interfaces });

/** The best of those alike by name and those with the same references; an import says nothing of models. */
function mostLikely(fresh: readonly FreshRow[], alike: ReadonlyMap<number, { other: Other; others: number }>, shared: readonly SharedReference[]): FoundDuplicate[] {
  const referring = new Map<number, SharedReference[]>();
  for (const one of shared) referring.set(one.line, [...(referring.get(one.line) ?? []), one]);
  return fresh.flatMap(({ line, name, team }): FoundDuplicate[] => {
    const byName = alike.get(line);
    const references = referring.get(line) ?? [];
    const named = byName && !references.some((one) => identityOf(one) === identityOf(byName.other)) ? [byName.other] : [];
    const scored = [...references, ...named]
      .map((other) => ({ other, ...duplicateScore(candidate(name, team, other), candidate(other.name, other.team, other)) }))
      .filter(({ score }) => score >= LIKELY_DUPLICATE)
      // What is in the inventory before what is only in the file.
      .sort((a, b) => b.score - a.score || Number(a.other.workloadId === null) - Number(b.other.workloadId === null));
    const [best] = scored;
    if (!best) return [];
    return [{ line, workloadId: best.other.workloadId, otherLine: best.other.otherLine, otherName: best.other.name, score: best.score, reasons: best.reasons, others: scored.length - 1 + (byName?.others ?? 0) }];
  });
}
