/** What is compared to find out whether two entries mean the same workload (domain.md section 3). */
export interface DuplicateCandidate {
  readonly name: string;
  readonly team: string | null;
  readonly purpose: string | null;
  /** As `normal_reference` in the database spells them. */
  readonly repositories: readonly string[];
  readonly interfaces: readonly string[];
  /** Provider, name and pinned version of the models, joined. */
  readonly models: readonly string[];
}

export type DuplicateReason = 'similar_name_in_team' | 'similar_name' | 'same_repository' | 'same_interface' | 'same_model_and_purpose';

export interface DuplicateScore {
  /** 0 to 1: how likely both mean the same workload. */
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
}

/** From here on two entries are shown as likely duplicates. */
export const LIKELY_DUPLICATE = 0.5;
const SIMILAR_NAME = 0.5;
const NAME_IN_TEAM = 0.9;
/** Scores have two digits. */
const ROUNDING = 0.005;
/** From this similarity on the names of two entries of a team alone make them likely duplicates. */
export const LIKELY_BY_NAME = (LIKELY_DUPLICATE - ROUNDING) / NAME_IN_TEAM;
const SIMILAR_PURPOSE = 0.6;

/**
 * How likely two entries mean the same workload. Each reason is independent evidence, so that the doubts multiply: a same repository (0.7) and a
 * same name in the team (up to 0.9) give 0.97. A similar name outside the team is weak (at most 0.45) and is never enough alone.
 */
export function duplicateScore(a: DuplicateCandidate, b: DuplicateCandidate): DuplicateScore {
  const reasons: { reason: DuplicateReason; weight: number }[] = [];
  const name = textSimilarity(a.name, b.name);
  if (name >= SIMILAR_NAME) {
    const sameTeam = a.team !== null && b.team !== null && fold(a.team) === fold(b.team);
    reasons.push(sameTeam ? { reason: 'similar_name_in_team', weight: NAME_IN_TEAM * name } : { reason: 'similar_name', weight: 0.45 * name });
  }
  if (overlap(a.repositories, b.repositories)) reasons.push({ reason: 'same_repository', weight: 0.7 });
  if (overlap(a.interfaces, b.interfaces)) reasons.push({ reason: 'same_interface', weight: 0.7 });
  if (overlap(a.models, b.models) && a.purpose !== null && b.purpose !== null && textSimilarity(a.purpose, b.purpose) >= SIMILAR_PURPOSE) {
    reasons.push({ reason: 'same_model_and_purpose', weight: 0.6 });
  }
  const doubt = reasons.reduce((rest, { weight }) => rest * (1 - weight), 1);
  return { score: Math.round((1 - doubt) * 100) / 100, reasons: reasons.sort((x, y) => y.weight - x.weight).map(({ reason }) => reason) };
}

/** Similarity of two texts, 0 to 1: shared trigrams of their words over all of them, as pg_trgm measures it. */
export function textSimilarity(a: string, b: string): number {
  const left = nameTrigrams(a);
  const right = nameTrigrams(b);
  if (left.size === 0 || right.size === 0) return fold(a) === fold(b) && fold(a) !== '' ? 1 : 0;
  let shared = 0;
  for (const trigram of left) if (right.has(trigram)) shared += 1;
  return shared / (left.size + right.size - shared);
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** Trigrams of the words of a text. */
export function nameTrigrams(text: string): Set<string> {
  const found = new Set<string>();
  for (const word of fold(text).split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')) {
    const padded = `  ${word} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  }
  return found;
}

const overlap = (a: readonly string[], b: readonly string[]): boolean => a.some((value) => value !== '' && b.includes(value));
