import type { RiskTier, TriState } from '@roster/contracts';

/**
 * How a workload of the demo came to be where it is. Everything here is made up.
 * - experiment: no real data, or nobody knows
 * - pilot: real data, nothing proven
 * - waiting: owners and evidence proposed, nobody has answered
 * - rejected: its evidence was turned down
 * - hardening: on call and monitored, but not everything its tier asks for
 * - excepted: hardening, with exceptions and not-applicable statements, some waiting
 * - production: proven, drilled, reviewed
 * - scaled: production, part of a reused platform, with its return reported
 * - expiring: production, with evidence that ends within days
 * - fallen: was in production until evidence ended
 * - lapsed: was in production until nobody repeated the drill
 * - orphaned: was in production until its on-call owner left
 * - brokenGlass: frozen, lifted for some days
 * - paused, retired: what their names say
 */
export type Story = 'experiment' | 'pilot' | 'waiting' | 'rejected' | 'hardening' | 'excepted' | 'production' | 'scaled' | 'expiring' | 'fallen' | 'lapsed' | 'orphaned' | 'brokenGlass' | 'paused' | 'retired';

/** What becomes of its reviews: done in time, late, left alone, begun, or waiting for the second person. */
export type ReviewHabit = 'punctual' | 'late' | 'never' | 'begins' | 'awaits' | 'finds';

export interface DemoWorkload {
  readonly story: Story;
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly team: string;
  readonly unit: string;
  readonly tier: RiskTier | null;
  readonly pii: TriState;
  readonly tools: TriState;
  readonly realData: TriState;
  /** Days ago. */
  readonly since: number;
  readonly reviews: ReviewHabit;
  /** Component it shares with others of the same name. */
  readonly component?: string;
}

type Row = readonly [Story, string, string, string, string, RiskTier | null, TriState, TriState, number, ReviewHabit, string?];
const UNITS: Readonly<Record<string, string>> = { Support: 'Customer', Claims: 'Operations', Lending: 'Risk', People: 'Corporate', Platform: 'Technology', Marketing: 'Customer', Logistics: 'Operations', Finance: 'Corporate' };

/** story, name, kind, purpose, team, risk tier, personal data, tools, registered days ago, habit, shared component */
const ROWS: readonly Row[] = [
  ['scaled', 'Customer answer service', 'rag_pipeline', 'Answers customers from the product handbook', 'Support', 'medium', 'yes', 'no', 300, 'punctual', 'Answer platform'],
  ['scaled', 'Agent desk co-pilot', 'rag_pipeline', 'Drafts answers that agents send', 'Support', 'medium', 'yes', 'no', 280, 'punctual', 'Answer platform'],
  ['scaled', 'Policy search', 'rag_pipeline', 'Finds clauses in policies', 'Claims', 'low', 'no', 'no', 260, 'punctual', 'Answer platform'],
  ['production', 'Claim triage', 'classical_ml', 'Sorts claims by urgency', 'Claims', 'high', 'yes', 'no', 250, 'punctual', 'Feature store'],
  ['production', 'Fraud score', 'classical_ml', 'Scores payments for fraud', 'Finance', 'critical', 'yes', 'no', 200, 'punctual', 'Feature store'],
  ['production', 'Credit limit advice', 'classical_ml', 'Suggests credit limits to analysts', 'Lending', 'critical', 'yes', 'no', 160, 'awaits', 'Feature store'],
  ['production', 'Document reader', 'vision', 'Reads scanned forms', 'Claims', 'medium', 'yes', 'no', 240, 'finds'],
  ['production', 'Parcel routing', 'ranking', 'Ranks routes for parcels', 'Logistics', 'medium', 'no', 'yes', 210, 'late'],
  ['production', 'Shelf photo check', 'vision', 'Checks shelves on photos', 'Logistics', 'low', 'no', 'no', 190, 'punctual'],
  ['production', 'Invoice matching', 'model', 'Matches invoices to orders', 'Finance', 'high', 'no', 'yes', 230, 'never'],
  ['production', 'Offer ranking', 'ranking', 'Ranks offers on the web site', 'Marketing', 'high', 'yes', 'no', 220, 'begins'],
  ['production', 'Call summary', 'model', 'Summarises support calls', 'Support', 'high', 'yes', 'no', 205, 'punctual', 'Speech platform'],
  ['production', 'Address correction', 'model', 'Corrects delivery addresses', 'Logistics', 'medium', 'yes', 'no', 195, 'punctual'],
  ['production', 'Demand forecast', 'classical_ml', 'Forecasts demand per store', 'Logistics', 'low', 'no', 'no', 180, 'punctual', 'Feature store'],
  ['production', 'Payment reminder timing', 'classical_ml', 'Chooses when to remind of payments', 'Finance', 'medium', 'yes', 'no', 188, 'late'],
  ['production', 'Spam filter', 'classical_ml', 'Keeps spam out of the ticket queue', 'Support', 'low', 'yes', 'no', 170, 'punctual'],
  ['expiring', 'Contract clause finder', 'rag_pipeline', 'Finds unusual clauses', 'Lending', 'medium', 'yes', 'no', 175, 'punctual', 'Answer platform'],
  ['expiring', 'Damage estimate', 'vision', 'Estimates repair costs from photos', 'Claims', 'high', 'yes', 'no', 150, 'punctual'],
  ['expiring', 'Translation of tickets', 'model', 'Translates tickets for agents', 'Support', 'low', 'yes', 'no', 140, 'punctual', 'Speech platform'],
  ['expiring', 'Price elasticity', 'classical_ml', 'Estimates the effect of prices', 'Marketing', 'low', 'no', 'no', 130, 'punctual'],
  ['fallen', 'Sales call coach', 'model', 'Gives hints after sales calls', 'Marketing', 'medium', 'yes', 'no', 260, 'never', 'Speech platform'],
  ['fallen', 'Early warning of arrears', 'classical_ml', 'Warns of arrears', 'Lending', 'high', 'yes', 'no', 215, 'late', 'Feature store'],
  ['fallen', 'Warehouse camera count', 'vision', 'Counts pallets', 'Logistics', 'low', 'no', 'no', 230, 'punctual'],
  ['lapsed', 'Refund decision', 'agent', 'Decides on small refunds', 'Support', 'critical', 'yes', 'yes', 170, 'punctual'],
  ['lapsed', 'Sanction list check', 'model', 'Compares names with sanction lists', 'Finance', 'high', 'yes', 'no', 210, 'punctual'],
  ['orphaned', 'Candidate ranking', 'ranking', 'Ranks applications', 'People', 'high', 'yes', 'no', 200, 'punctual'],
  ['orphaned', 'Shift planning', 'model', 'Proposes shifts', 'People', 'medium', 'yes', 'no', 190, 'late'],
  ['hardening', 'Order change agent', 'agent', 'Changes orders on request', 'Support', 'high', 'yes', 'yes', 90, 'punctual'],
  ['hardening', 'Claims chat', 'agent', 'Takes claims in a chat', 'Claims', 'high', 'yes', 'yes', 75, 'never'],
  ['hardening', 'Loan file summary', 'rag_pipeline', 'Summarises loan files', 'Lending', 'high', 'yes', 'no', 110, 'finds', 'Answer platform'],
  ['hardening', 'Campaign text writer', 'model', 'Writes first drafts of campaigns', 'Marketing', 'medium', 'no', 'no', 80, 'punctual'],
  ['hardening', 'Churn score', 'classical_ml', 'Scores who may leave', 'Marketing', 'medium', 'yes', 'no', 95, 'late', 'Feature store'],
  ['hardening', 'Expense audit', 'model', 'Marks unusual expenses', 'Finance', 'medium', 'yes', 'no', 70, 'punctual'],
  ['hardening', 'Incident triage', 'agent', 'Sorts alerts and opens tickets', 'Platform', 'medium', 'no', 'yes', 60, 'begins'],
  ['excepted', 'Voice bot', 'agent', 'Answers the phone at night', 'Support', 'high', 'yes', 'yes', 120, 'punctual', 'Speech platform'],
  ['excepted', 'Rent index', 'classical_ml', 'Estimates rents', 'Lending', 'low', 'no', 'no', 100, 'punctual'],
  ['excepted', 'Driver assistance log reader', 'vision', 'Reads tachographs', 'Logistics', 'medium', 'yes', 'no', 85, 'late'],
  ['brokenGlass', 'Recall notice agent', 'agent', 'Calls customers about recalls', 'Support', 'critical', 'yes', 'yes', 50, 'punctual'],
  ['brokenGlass', 'Storm claim intake', 'agent', 'Takes claims after storms', 'Claims', 'high', 'yes', 'yes', 45, 'punctual'],
  ['waiting', 'Tender search', 'rag_pipeline', 'Finds public tenders', 'Marketing', 'low', 'no', 'no', 14, 'punctual', 'Answer platform'],
  ['waiting', 'Onboarding guide', 'rag_pipeline', 'Answers questions of new people', 'People', 'low', 'yes', 'no', 12, 'punctual'],
  ['waiting', 'Supplier risk news', 'model', 'Reads news about suppliers', 'Finance', 'medium', 'no', 'no', 9, 'punctual'],
  ['waiting', 'Return reason coding', 'classical_ml', 'Codes reasons of returns', 'Logistics', 'low', 'no', 'no', 8, 'punctual'],
  ['rejected', 'Exit interview themes', 'model', 'Finds themes in interviews', 'People', 'medium', 'yes', 'no', 40, 'punctual'],
  ['rejected', 'Underwriting notes', 'rag_pipeline', 'Answers from underwriting notes', 'Lending', 'high', 'yes', 'unknown', 55, 'never'],
  ['pilot', 'Meeting minutes', 'embedded_feature', 'Writes minutes, part of the meeting product', 'Platform', null, 'unknown', 'unknown', 65, 'punctual'],
  ['pilot', 'Code review hints', 'embedded_feature', 'Comments on changes', 'Platform', 'low', 'no', 'no', 50, 'punctual'],
  ['pilot', 'Ticket routing', 'classical_ml', 'Sends tickets to the right team', 'Support', 'low', 'yes', 'no', 35, 'punctual'],
  ['pilot', 'Social media listening', 'model', 'Finds complaints in public posts', 'Marketing', null, 'unknown', 'no', 30, 'never'],
  ['pilot', 'Visitor badge photo', 'vision', 'Compares faces at the gate', 'People', 'critical', 'yes', 'yes', 25, 'punctual'],
  ['pilot', 'Cash flow outlook', 'classical_ml', 'Projects cash flow', 'Finance', 'medium', 'no', 'no', 20, 'punctual'],
  ['pilot', 'Loading dock assistant', 'agent', 'Assigns gates to lorries', 'Logistics', 'medium', 'no', 'yes', 18, 'punctual'],
  ['experiment', 'Synthetic claim generator', 'model', 'Makes up claims for tests', 'Claims', 'low', 'no', 'no', 70, 'punctual'],
  ['experiment', 'Offer letter writer', 'model', 'Drafts offer letters', 'People', null, 'unknown', 'no', 33, 'punctual'],
  ['experiment', 'Knowledge graph trial', 'rag_pipeline', 'Tries a graph index', 'Platform', null, 'no', 'no', 28, 'punctual'],
  ['experiment', 'Price label reader', 'vision', 'Reads price labels', 'Logistics', 'low', 'no', 'no', 15, 'punctual'],
  ['experiment', 'Contract negotiation agent', 'agent', 'Negotiates with itself', 'Lending', 'high', 'no', 'yes', 10, 'punctual'],
  ['paused', 'Coupon allocation', 'ranking', 'Hands out coupons', 'Marketing', 'medium', 'yes', 'no', 150, 'punctual'],
  ['retired', 'Old chat bot', 'model', 'Answered from a decision list', 'Support', 'medium', 'yes', 'no', 310, 'punctual'],
  ['retired', 'Paper mail sorter', 'vision', 'Sorted paper mail', 'Claims', 'low', 'no', 'no', 290, 'punctual'],
];

export const DEMO_WORKLOADS: readonly DemoWorkload[] = ROWS.map(([story, name, kind, purpose, team, tier, pii, tools, since, reviews, component]) => ({
  // On few days, because each person has to sign in for what can only be done in person.
  since: since - (since % (since > 60 ? 30 : 10)) + 4,
  story, name, kind, purpose, team, unit: UNITS[team] ?? 'Corporate', tier, pii, tools, realData: story === 'experiment' ? (pii === 'unknown' ? 'unknown' : 'no') : 'yes', reviews, ...(component ? { component } : {}),
}));

/** What an import brings that nobody answers for yet. */
export const UNOWNED_INVENTORY = `Use case,Purpose,Department,Kind,Handles personal data,Stated stage
Plant disease photos,Recognises plant diseases,Logistics,vision,no,Pilot
Résumé keywords,Finds keywords in résumés,People,model,yes,In production
Energy outlook,Forecasts energy use of buildings,Platform,model,N/A,Planned
Quiz writer,Writes quiz questions,Marketing,model,,Research
`;
