import type { Provenance, TriState } from '@roster/contracts';
import type { TreeBranch, TreeFact, TreeGap, TreeQuestion, TreeResult } from '@roster/ui';

type Exit = Pick<TreeBranch, 'question' | 'stage' | 'hardening'>;
const to = (question: string): Exit => ({ question, stage: null, hardening: false });
const at = (stage: TreeBranch['stage'], hardening = false): Exit => ({ question: null, stage, hardening });
const branches = (yes: Exit, otherwise: Exit): TreeBranch[] => [{ answer: 'yes', ...yes }, { answer: 'no', ...otherwise }, { answer: 'unknown', ...otherwise }];

/** What a fact of a sample says. */
export interface SampleFact {
  readonly value: TriState;
  readonly provenance?: Provenance;
  readonly source?: string | null;
  readonly ageDays?: number | null;
}
export type SampleFacts = Readonly<Record<string, SampleFact>>;

const DECIDED_AT = '2026-06-30T07:00:00.000Z';
const DAY_SECONDS = 86_400;
const TITLES: Readonly<Record<string, string>> = {
  processesRealData: 'Processes real user or customer data on request', onCallOwner: 'Named on-call owner, accepted and active', productionMonitoring: 'Production monitoring, with accepted evidence',
  killSwitchInTime: 'Kill switch worked within the limit', killSwitchFresh: 'Kill-switch drill is recent enough for the risk tier', requiredCoverage: 'Controls are proven for the risk tier',
  severalInProduction: 'Several workloads of the organization are in production', reusedInProduction: 'Shares a component with, or is called by, another production workload',
  returnOnInvestment: 'Return on investment is visible to the board', concentrationReviewed: 'Concentration risk was looked at in the last review',
};
const QUESTIONS: readonly { readonly id: string; readonly text: string; readonly help: string; readonly cite: string; readonly facts: readonly string[]; readonly branches: readonly TreeBranch[] }[] = [
  { id: 'q1', text: 'Does it process real user or customer data on request?', help: 'Real data of real people or customers, reached when somebody asks for it: not synthetic test data, a demo or a sandbox.', cite: 'decision tree, step 1', facts: ['processesRealData'], branches: branches(to('q2'), at('experiment')) },
  { id: 'q2', text: 'Is there a named on-call owner and production monitoring?', help: 'A person who accepted the on-call role, and accepted, unexpired evidence in the observability domain of the edition.', cite: 'decision tree, step 2', facts: ['onCallOwner', 'productionMonitoring'], branches: branches(to('q3'), at('pilot')) },
  { id: 'q3', text: 'Can it be disabled in under five minutes, and are controls proven for its risk tier?', help: 'The newest passed kill-switch drill is fast enough and recent enough, and coverage meets the required set of the tier.', cite: 'decision tree, step 3', facts: ['killSwitchInTime', 'killSwitchFresh', 'requiredCoverage'], branches: branches(to('q4'), at('pilot', true)) },
  { id: 'q4', text: 'Is it part of a scaled portfolio: several production workloads, reuse, visible return, concentration looked at?', help: 'From the maturity table, not from the decision tree. Without it the workload is in production.', cite: 'maturity table, row Scaled production', facts: ['severalInProduction', 'reusedInProduction', 'returnOnInvestment', 'concentrationReviewed'], branches: branches(at('scaled'), at('production')) },
];

const gap = (code: string, question: string, fact: string, message: string, action: TreeGap['action'], more: Partial<TreeGap> = {}): TreeGap => ({
  code, question, fact, message, action, domain: null, requirement: null, requirements: [], need: null, ...more,
});
const criterion = (code: string, key: string): TreeGap => gap(code, 'q3', 'requiredCoverage', key, { kind: code === 'REQUIREMENT_SUBMITTED' ? 'decide_evidence' : 'submit_evidence', href: '/api/v1/evidence', subject: null },
  { domain: key.split('.')[0] ?? key, requirement: key, requirements: [key] });

/** The tasks that each open fact of the samples stands for. */
const GAPS: Readonly<Record<string, readonly TreeGap[]>> = {
  processesRealData: [gap('STATEMENT_UNKNOWN', 'q1', 'processesRealData', 'It is not known whether it processes real data.', { kind: 'state_fact', href: null, subject: 'processesRealData' })],
  onCallOwner: [gap('OWNER_MISSING', 'q2', 'onCallOwner', 'Nobody has accepted the role on call.', { kind: 'assign_owner', href: null, subject: 'on_call' })],
  productionMonitoring: [gap('DOMAIN_EVIDENCE_MISSING', 'q2', 'productionMonitoring', 'No accepted evidence.', { kind: 'submit_evidence', href: null, subject: null }, { domain: 'd4', requirements: ['d4.1', 'd4.2', 'd4.3'], need: 1 })],
  killSwitchInTime: [gap('DRILL_MISSING', 'q3', 'killSwitchInTime', 'No passed kill-switch drill is recorded.', { kind: 'record_drill', href: null, subject: 'kill_switch' })],
  killSwitchFresh: [],
  requiredCoverage: [
    criterion('REQUIREMENT_MISSING', 'd3.1'), criterion('REQUIREMENT_EXPIRED', 'd3.4'), criterion('REQUIREMENT_SUBMITTED', 'd3.5'),
    gap('DOMAIN_SHORT', 'q3', 'requiredCoverage', 'short', { kind: 'submit_evidence', href: null, subject: null }, { domain: 'd2', need: 2, requirements: ['d2.1', 'd2.2', 'd2.4', 'd2.5'] }),
    criterion('REQUIREMENT_MISSING', 'd7.1'), criterion('REQUIREMENT_MISSING', 'd7.2'), criterion('REQUIREMENT_MISSING', 'd7.3'), criterion('REQUIREMENT_REJECTED', 'd7.4'), criterion('REQUIREMENT_MISSING', 'd7.5'),
  ],
  severalInProduction: [gap('TOO_FEW_IN_PRODUCTION', 'q4', 'severalInProduction', 'The organization has 1 production workloads; scaled needs 2.', { kind: 'none', href: null, subject: null })],
  reusedInProduction: [gap('NOT_REUSED', 'q4', 'reusedInProduction', 'It shares no declared component with, and is not called by, another production workload.', { kind: 'link_workload', href: null, subject: null })],
  returnOnInvestment: [gap('EVIDENCE_KIND_MISSING', 'q4', 'returnOnInvestment', 'No accepted, unexpired evidence of kind roi report names it.', { kind: 'submit_evidence', href: null, subject: 'roi_report' })],
  concentrationReviewed: [gap('CONCENTRATION_NOT_REVIEWED', 'q4', 'concentrationReviewed', 'Concentration risk was not looked at in its last review.', { kind: 'conduct_review', href: null, subject: null })],
};

export const SAMPLE_NAMES = {
  domain: (id: string): string => ({ d2: 'Domain 2 Output quality', d3: 'Domain 3 Data protection', d4: 'Domain 4 Observability', d7: 'Domain 7 Security' })[id] ?? id,
  requirement: (key: string): string => ({
    'd3.1': '3.1 Classify the data it reads', 'd3.4': '3.4 Mask personal data in logs', 'd3.5': '3.5 Delete on request', 'd7.2': '7.2 Manage keys and secrets', 'd7.1': '7.1 Limit what tools may reach',
    'd7.3': '7.3 Test against prompt injection', 'd7.4': '7.4 Patch what it depends on', 'd7.5': '7.5 Watch for abuse',
  })[key] ?? key,
};

const TREE = { id: 'sample-tree', digest: 'sha256:4f1c9d7a0b3e6f58219c4d7e8a6b5c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b', title: 'Are you doing production AI yet?' };

/** Evaluates the sample tree, so that the gallery's what-if answers without a service. */
export function sampleResult(given: SampleFacts, more: Partial<Pick<TreeResult, 'freeze' | 'trigger' | 'nextChangeAt'>> = {}): TreeResult {
  const factOf = (id: string): TreeFact => {
    const { value, provenance = 'declared', source = null, ageDays = null } = given[id] ?? { value: 'unknown' };
    const ageSeconds = ageDays === null ? null : ageDays * DAY_SECONDS;
    return { id, title: TITLES[id] ?? id, value, provenance, source, ageSeconds, at: ageSeconds === null ? null : new Date(Date.parse(DECIDED_AT) - ageSeconds * 1_000).toISOString() };
  };
  const answered = QUESTIONS.map((question) => {
    const facts = question.facts.map(factOf);
    const answer: TriState = facts.some((fact) => fact.value === 'no') ? 'no' : facts.some((fact) => fact.value === 'unknown') ? 'unknown' : 'yes';
    return { ...question, facts, answer };
  });
  const path: { question: string; answer: TriState }[] = [];
  let exit: TreeBranch | undefined;
  for (let id: string | null = 'q1'; id !== null;) {
    const question = answered.find((other) => other.id === id);
    exit = question?.branches.find((branch) => branch.answer === question.answer);
    if (!question || !exit) throw new Error(`The sample tree has no question ${id}`);
    path.push({ question: question.id, answer: question.answer });
    id = exit.question;
  }
  const onPath = new Set(path.map((step) => step.question));
  const gapsOf = new Set(exit?.stage === 'pilot' ? ['q2', 'q3'] : [path.at(-1)?.question]);
  const questions = answered.map((question): TreeQuestion => ({
    ...question, onPath: onPath.has(question.id),
    gaps: onPath.has(question.id) || gapsOf.has(question.id) ? question.facts.filter((fact) => fact.value !== 'yes').flatMap((fact) => GAPS[fact.id] ?? []) : [],
  }));
  const unknownFacts = path.filter((step) => step.answer === 'unknown').flatMap((step) => answered.find((question) => question.id === step.question)?.facts ?? []).filter((fact) => fact.value === 'unknown').map((fact) => fact.id);
  return {
    stage: exit?.stage ?? 'experiment', hardening: exit?.hardening ?? false, undetermined: unknownFacts.length > 0, unknownFacts, tree: TREE, edition: 'sample-1', questions, path,
    gaps: questions.filter((question) => gapsOf.has(question.id)).flatMap((question) => question.gaps),
    freeze: { frozen: false, active: false, undetermined: false, because: [], gaps: [], breakGlass: null },
    decidedAt: DECIDED_AT, decidedBy: { type: 'member', name: 'Ada Lovelace' }, trigger: 'fact, evidence', nextChangeAt: null, ...more,
  };
}

const yes = (source: string | null, ageDays: number | null, provenance: Provenance = 'verified'): SampleFact => ({ value: 'yes', provenance, source, ageDays });
const no = (): SampleFact => ({ value: 'no', provenance: 'observed' });
const REAL: SampleFacts = { processesRealData: yes('service manifest', 12, 'declared') };
const OWNED: SampleFacts = { ...REAL, onCallOwner: yes('member:1', 41, 'attested'), productionMonitoring: yes('evidence:1', null) };
const HARDENED: SampleFacts = { ...OWNED, killSwitchInTime: yes('drill:1', 8, 'attested'), killSwitchFresh: yes('drill:1', 8, 'attested'), requiredCoverage: yes('coverage:sample-1', null) };
const NOT_SCALED: SampleFacts = { severalInProduction: yes(null, null, 'observed'), reusedInProduction: no(), returnOnInvestment: no(), concentrationReviewed: { value: 'unknown' } };
const OPEN_CONTROLS: SampleFacts = { killSwitchInTime: no(), killSwitchFresh: no(), requiredCoverage: no(), ...NOT_SCALED };

export const SAMPLE_FACTS = {
  nothingKnown: {}, notReal: { processesRealData: { value: 'no', provenance: 'attested', source: 'interview with the team', ageDays: 3 } }, pilot: { ...REAL, onCallOwner: no(), productionMonitoring: no(), ...OPEN_CONTROLS },
  hardening: { ...OWNED, ...OPEN_CONTROLS }, undetermined: { ...OWNED, ...HARDENED, requiredCoverage: { value: 'unknown', provenance: 'verified', source: 'coverage:sample-1' }, ...NOT_SCALED },
  production: { ...HARDENED, ...NOT_SCALED },
  scaled: { ...HARDENED, severalInProduction: yes(null, null, 'observed'), reusedInProduction: yes('workload:2', null, 'observed'), returnOnInvestment: yes('evidence:2', null), concentrationReviewed: yes('review:1', 20, 'attested') },
} satisfies Record<string, SampleFacts>;

const FREEZE_GAPS = ['d3.1', 'd3.4', 'd7.2'].map((key) => ({ ...criterion('REQUIREMENT_MISSING', key), question: 'freeze', fact: 'freeze' }));
export const SAMPLE_FREEZES: Readonly<Record<'frozen' | 'undetermined' | 'lifted' | 'none', TreeResult['freeze']>> = {
  frozen: { frozen: true, active: true, undetermined: false, because: ['handlesPii:yes', 'executesTools:unknown'], gaps: FREEZE_GAPS, breakGlass: null },
  undetermined: { frozen: true, active: false, undetermined: true, because: ['handlesPii:unknown'], gaps: FREEZE_GAPS.slice(0, 1), breakGlass: null },
  lifted: { frozen: false, active: true, undetermined: false, because: ['handlesPii:yes'], gaps: FREEZE_GAPS, breakGlass: { id: '1', until: '2026-07-04T16:00:00.000Z', reason: 'Regulator asks for the new language by Friday' } },
  none: { frozen: false, active: false, undetermined: false, because: [], gaps: [], breakGlass: null },
};
