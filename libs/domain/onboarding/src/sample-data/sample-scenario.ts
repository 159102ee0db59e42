import type { RiskTier, TriState, WorkloadKind } from '@roster/contracts';
import { SAMPLE_TAG } from './sample-state.js';

/**
 * How far a sample workload has come.
 * - `experiment`: no real data. `unanswered`: nobody has said whether it processes real data.
 * - `pilot`: real data, and nobody on call. `waiting`: evidence is submitted and nobody has decided.
 * - `hardening`: somebody on call and monitoring, but the drill was too slow and evidence is missing.
 * - `production`: everything proven. `expiring`: proven, but not for much longer.
 */
export type SampleStory = 'experiment' | 'unanswered' | 'pilot' | 'waiting' | 'hardening' | 'production' | 'expiring';

export interface SampleWorkloadPlan {
  readonly key: string;
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly purpose: string;
  readonly team: string;
  readonly businessUnit: string;
  readonly story: SampleStory;
  readonly tier: RiskTier | null;
  readonly pii: TriState;
  readonly tools: TriState;
  /** Whether anybody answers for its risk. */
  readonly owned: boolean;
}

type Row = readonly [SampleStory, string, string, WorkloadKind, string, string, string, RiskTier | null, TriState, TriState, boolean?];

const ROWS: readonly Row[] = [
  ['production', 'SAMPLE-HELP-ANSWERS', 'Help centre answers', 'rag_pipeline', 'Answers questions of customers from the help centre', 'Support', 'Operations', 'medium', 'yes', 'no'],
  ['production', 'SAMPLE-ROUTE-RANKING', 'Parcel route ranking', 'ranking', 'Ranks routes for parcels', 'Logistics', 'Operations', 'low', 'no', 'no'],
  ['production', 'SAMPLE-FRAUD-SCORE', 'Payment fraud score', 'classical_ml', 'Scores payments before they are released', 'Payments', 'Finance', 'high', 'yes', 'no'],
  ['expiring', 'SAMPLE-TICKET-TRANSLATION', 'Ticket translation', 'model', 'Translates tickets for agents', 'Support', 'Operations', 'low', 'yes', 'no'],
  ['hardening', 'SAMPLE-ORDER-AGENT', 'Order change agent', 'agent', 'Changes orders on request of customers', 'Support', 'Operations', 'high', 'yes', 'yes'],
  ['hardening', 'SAMPLE-DAMAGE-PHOTOS', 'Damage photo check', 'vision', 'Estimates repair costs from photos', 'Claims', 'Insurance', 'medium', 'no', 'no'],
  ['waiting', 'SAMPLE-TENDER-SEARCH', 'Tender search', 'rag_pipeline', 'Finds public tenders that fit', 'Sales', 'Commercial', 'low', 'no', 'no'],
  ['pilot', 'SAMPLE-CV-RANKING', 'Application ranking', 'ranking', 'Ranks applications for open positions', 'People', 'Corporate', 'high', 'yes', 'no'],
  ['pilot', 'SAMPLE-MEETING-MINUTES', 'Meeting minutes', 'embedded_feature', 'Writes minutes; part of the meeting product', 'Workplace', 'Corporate', null, 'unknown', 'unknown', false],
  ['experiment', 'SAMPLE-CLAIM-GENERATOR', 'Synthetic claim generator', 'model', 'Makes up claims for tests', 'Claims', 'Insurance', 'low', 'no', 'no'],
  ['experiment', 'SAMPLE-LABEL-READER', 'Price label reader', 'vision', 'Reads price labels on photos of shelves', 'Logistics', 'Operations', 'low', 'no', 'no'],
  ['unanswered', 'SAMPLE-OFFER-WRITER', 'Offer letter writer', 'model', 'Drafts offer letters', 'People', 'Corporate', null, 'unknown', 'no', false],
];

/** A dozen workloads of a made-up company: every stage that can be reached without waiting, and each of the usual gaps. */
export const SAMPLE_WORKLOADS: readonly SampleWorkloadPlan[] = ROWS.map(([story, key, name, kind, purpose, team, businessUnit, tier, pii, tools, owned = true]) =>
  ({ story, key, name, kind, purpose, team, businessUnit, tier, pii, tools, owned }));

const realData = ({ story }: SampleWorkloadPlan): string => (story === 'experiment' ? 'no' : story === 'unanswered' ? '' : 'yes');
export const isLive = ({ story }: SampleWorkloadPlan): boolean => ['hardening', 'production', 'expiring'].includes(story);

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The sample inventory as a file, the way an organization would bring its own.
 * @param ownerEmail who answers for the workloads: the person who asked for the sample data
 */
export const sampleCsv = (workloads: readonly SampleWorkloadPlan[], ownerEmail: string): string => {
  const header = ['Key', 'Name', 'Kind', 'Purpose', 'Team', 'Business unit', 'Risk owner', 'On call', 'Processes real data', 'Handles PII', 'Executes tools', 'Maintained', 'Risk tier', 'Risk rationale', 'Exposure', 'Operation', 'Environments', 'Tags'];
  const rows = workloads.map((workload) => {
    const live = isLive(workload);
    return [
      workload.key, workload.name, workload.kind, workload.purpose, workload.team, workload.businessUnit, workload.owned ? ownerEmail : '', live ? ownerEmail : '', realData(workload),
      workload.pii === 'unknown' ? '' : workload.pii, workload.tools === 'unknown' ? '' : workload.tools, 'yes', workload.tier ?? '', workload.tier ? 'Made up, like everything of the sample data' : '',
      live ? 'general' : workload.story === 'experiment' || workload.story === 'unanswered' ? 'none' : 'internal', 'on_demand', live ? 'production' : 'test', SAMPLE_TAG,
    ];
  });
  return [header, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n').concat('\r\n');
};

const REPORTS = [['Security and data report', 'document'], ['Operations and monitoring report', 'measurement'], ['Evaluation report', 'test_run']] as const;

export interface SampleReport {
  readonly title: string;
  readonly kind: (typeof REPORTS)[number][1];
  readonly fileName: string;
  readonly text: string;
  /** Criteria it supports: `<edition>/<id>`. */
  readonly criteria: readonly string[];
  /** Days from now after which it no longer counts; null for never. */
  readonly expiresInDays: number | null;
}

/**
 * The reports of a workload: three that share the domains of the edition among them, whatever domains it has.
 * @param edition the organization's own, its domains in order, and the one whose evidence proves monitoring
 */
export const sampleReports = (
  workload: SampleWorkloadPlan, edition: { readonly id: string; readonly monitoringDomain: string | null; readonly domains: readonly { readonly id: string; readonly criteria: readonly { readonly id: string }[] }[] },
): SampleReport[] => {
  if (!isLive(workload) && workload.story !== 'waiting') return [];
  // A hardening workload is watched, and its other domains are proven only in part.
  const domains = workload.story === 'hardening' ? edition.domains.filter((domain, index) => domain.id === edition.monitoringDomain || index % 2 === 0) : edition.domains;
  return REPORTS.flatMap(([title, kind], part): SampleReport[] => {
    const covered = domains.filter((domain) => edition.domains.indexOf(domain) % REPORTS.length === part);
    if (covered.length === 0) return [];
    return [{
      title: `${title}: ${workload.name}`, kind, fileName: `${workload.key.toLowerCase()}-${part + 1}.md`, criteria: covered.flatMap(({ criteria }) => criteria.map(({ id }) => `${edition.id}/${id}`)),
      text: `# ${title}: ${workload.name}\n\nSample data: made up, to show what evidence looks like.\n\nSupports ${covered.map(({ id }) => id).join(', ')} of ${edition.id} for ${workload.key}.\n`,
      expiresInDays: workload.story === 'expiring' && part === 1 ? 21 : part === 1 ? 150 : 330,
    }];
  });
};

/** Seconds its kill switch took in the drill; null when none was held. More than the limit in a hardening workload. */
export const drillSeconds = ({ story, name }: SampleWorkloadPlan): number | null =>
  (story === 'production' || story === 'expiring' ? 90 + (name.length * 7) % 150 : story === 'hardening' ? 430 : null);
