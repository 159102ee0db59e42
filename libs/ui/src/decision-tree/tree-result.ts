import type { Provenance, Stage, TriState } from '@roster/contracts';

/** A fact that a question read. */
export interface TreeFact {
  readonly id: string;
  readonly title: string;
  readonly value: TriState;
  readonly provenance: Provenance;
  /** What it was read from: `kind:id` (`evidence:…`, `drill:…`, `member:…`, `workload:…`, `coverage:<edition>`), or the words of whoever stated it. */
  readonly source: string | null;
  /** Since when it is so, RFC 3339; null when that is not known. */
  readonly at: string | null;
  /** How old it was when the result was decided, in seconds. */
  readonly ageSeconds: number | null;
}

/** Where an answer leads: to another question, or out of the tree at a stage. */
export interface TreeBranch {
  readonly answer: TriState;
  readonly question: string | null;
  readonly stage: Stage | null;
  readonly hardening: boolean;
}

/** One missing thing, and what to do about it. */
export interface TreeGap {
  readonly code: string;
  readonly question: string;
  readonly fact: string;
  readonly domain: string | null;
  readonly requirement: string | null;
  readonly requirements: readonly string[];
  /** How many of `requirements` are needed; null when it is not a choice. */
  readonly need: number | null;
  readonly message: string;
  /** What the words speak of: instants in RFC 3339, counts, seconds. */
  readonly values?: Readonly<Partial<Record<'expiredAt', string | null> & Record<'validityDays' | 'seconds' | 'limitSeconds' | 'count' | 'minimum', number | null>>>;
  readonly action: { readonly kind: string; readonly href: string | null; readonly subject: string | null };
}

export interface TreeQuestion {
  readonly id: string;
  readonly text: string;
  readonly help: string | null;
  readonly cite: string | null;
  readonly answer: TriState;
  readonly onPath: boolean;
  readonly branches: readonly TreeBranch[];
  readonly facts: readonly TreeFact[];
  readonly gaps: readonly TreeGap[];
}

/** A freeze of scope expansion. */
export interface TreeFreeze {
  readonly frozen: boolean;
  readonly active: boolean;
  readonly undetermined: boolean;
  /** The statements that made it apply, such as `handlesPii:unknown`. */
  readonly because: readonly string[];
  readonly gaps: readonly TreeGap[];
  readonly breakGlass: { readonly id: string; readonly until: string; readonly reason: string } | null;
}

/** A classification as `GET /workloads/{key}/classification` and the what-if answer it. */
export interface TreeResult {
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly unknownFacts: readonly string[];
  readonly tree: { readonly id: string; readonly digest: string; readonly title: string };
  readonly edition: string;
  readonly questions: readonly TreeQuestion[];
  readonly path: readonly { readonly question: string; readonly answer: TriState }[];
  readonly gaps: readonly TreeGap[];
  readonly freeze: TreeFreeze;
  readonly decidedAt: string;
  readonly decidedBy: { readonly type: string; readonly name: string };
  readonly trigger: string;
  readonly nextChangeAt: string | null;
}

/** Answers other than the one that was followed, put together where they lead to the same place. */
export interface BranchGroup {
  readonly answers: readonly TriState[];
  readonly question: string | null;
  readonly stage: Stage | null;
  readonly hardening: boolean;
}

/** The questions in the order in which they were asked, then those that were not asked, in the order of the tree. */
export function arrange(result: Pick<TreeResult, 'questions' | 'path'>): { readonly asked: readonly TreeQuestion[]; readonly notAsked: readonly TreeQuestion[] } {
  const byId = new Map(result.questions.map((question) => [question.id, question]));
  const asked = result.path.flatMap((step) => byId.get(step.question) ?? []);
  const taken = new Set(asked.map((question) => question.id));
  return { asked, notAsked: result.questions.filter((question) => !taken.has(question.id)) };
}

/** Groups branches by where they lead. @param except the answer that was followed; null keeps all */
export function branchGroups(branches: readonly TreeBranch[], except: TriState | null): BranchGroup[] {
  const groups: (Omit<BranchGroup, 'answers'> & { answers: TriState[] })[] = [];
  for (const { answer, question, stage, hardening } of branches) {
    if (answer === except) continue;
    const same = groups.find((group) => group.question === question && group.stage === stage && group.hardening === hardening);
    if (same) same.answers.push(answer);
    else groups.push({ answers: [answer], question, stage, hardening });
  }
  return groups;
}

/** How many single things a list of gaps asks for: a choice of n among several counts n. */
export const countOfGaps = (gaps: readonly TreeGap[]): number => gaps.reduce((sum, gap) => sum + (gap.need ?? 1), 0);

/** The stage after this one; null at the end of the ladder. A workload below Production aims at Production (ui.md, signature piece 1). */
export function nextStage(stage: Stage): Stage | null {
  return stage === 'scaled' ? null : stage === 'production' ? 'scaled' : 'production';
}

/** Gaps of one domain that ask for the same kind of act, or a single gap of another kind. */
export interface GapGroup {
  readonly key: string;
  readonly domain: string | null;
  readonly gaps: readonly TreeGap[];
}

const ABOUT_REQUIREMENTS = /^(REQUIREMENT_|DOMAIN_)/;

/** Puts gaps about requirements together by domain, in the order in which the domains appear; others stand alone. */
export function groupGaps(gaps: readonly TreeGap[]): GapGroup[] {
  const groups: (Omit<GapGroup, 'gaps'> & { gaps: TreeGap[] })[] = [];
  for (const [index, gap] of gaps.entries()) {
    const shared = gap.domain !== null && ABOUT_REQUIREMENTS.test(gap.code) ? `domain:${gap.domain}` : null;
    const same = shared === null ? undefined : groups.find((group) => group.key === shared);
    if (same) same.gaps.push(gap);
    else groups.push({ key: shared ?? `${gap.code}:${gap.fact}:${gap.action.subject ?? ''}:${index}`, domain: shared === null ? null : gap.domain, gaps: [gap] });
  }
  return groups;
}
