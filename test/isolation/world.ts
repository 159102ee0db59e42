import { TestClient, waitFor, type SignedInClient, type TestAnswer } from '@roster/testing';
import type { World } from './route-case.js';

/** What stands in every organization of the matrix. Texts carry the canary of the organization; keys and addresses do not, because answers echo them. */
export interface Furniture {
  readonly member: SignedInClient;
  /** A workload that many others of the furniture hang on; nobody uses it up. */
  readonly workload: { readonly key: string; readonly id: string };
  /** A requirement of the organization's edition. */
  readonly criterion: string;
  /** `<edition>/<id>` of a domain of it. */
  readonly domain: string;
  readonly component: { readonly id: string };
  readonly evidence: { readonly id: string; readonly linkId: string };
  /** Evidence with a file. */
  readonly file: { readonly id: string };
  readonly exception: { readonly id: string };
  readonly drill: { readonly id: string };
  readonly review: { readonly id: string };
  readonly action: { readonly id: string };
  readonly pack: { readonly id: string };
  readonly workloadImport: { readonly id: string };
  readonly workloadExport: { readonly id: string };
  /** Another one, to be committed. */
  readonly dryRun: { readonly id: string };
  readonly reevaluation: { readonly id: string };
  readonly preview: { readonly id: string };
  readonly mail: { readonly id: string };
  readonly notification: { readonly id: string };
  readonly trailEntry: { readonly id: string };
}

/** @throws Error with the whole answer unless the call succeeded: a matrix over half a world proves nothing */
export function made<Body>(answer: TestAnswer<Body>): Body {
  if (answer.status < 200 || answer.status > 299) throw new Error(`Furnishing failed: ${answer.status} ${answer.text}`);
  return answer.body;
}

let serial = 0;
const DAY = 86_400_000;
export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
interface Identified { id: string }
interface Listed { items: Identified[] }

/** Another workload of an organization, for requests that use one up. Its risk owner has accepted. */
export async function freshWorkload(world: Pick<World, 'admin' | 'text'>, more: Record<string, unknown> = {}): Promise<{ key: string; id: string }> {
  serial += 1;
  const { client } = world.admin;
  const workload = made(await client.post<{ key: string; id: string }>('/workloads', {
    key: `MATRIX-${serial}`, name: world.text(`workload ${serial}`), kind: 'agent', purpose: world.text('purpose'), team: world.text('team'),
    riskOwner: world.admin.email, processesRealData: 'yes', ...more,
  }));
  made(await client.post(`/workloads/${workload.key}/owners/risk_owner/accept`));
  return workload;
}

export async function freshEvidence(world: Pick<World, 'admin' | 'text'>, links: object[] = []): Promise<{ id: string; links: { id: string }[] }> {
  const { id } = made(await world.admin.client.post<Identified>('/evidence', { kind: 'link', title: world.text('evidence'), url: 'https://example.test/runbook', notes: world.text('notes'), links }));
  return made(await world.admin.client.get<{ id: string; links: { id: string }[] }>(`/evidence/${id}`));
}

export const TUS = { 'tus-resumable': '1.0.0' };
/** A resumable upload of five bytes, of which none has arrived. */
export async function freshUpload(world: Pick<World, 'admin' | 'text'>): Promise<Identified> {
  return made(await world.admin.client.send<Identified>('POST', '/uploads', { headers: { ...TUS, 'upload-length': '5', 'upload-metadata': `filename ${Buffer.from(`${world.text('upload')}.txt`).toString('base64')}` } }));
}

export async function freshException(world: World): Promise<Identified> {
  const workload = await freshWorkload(world);
  return made(await world.admin.client.post<Identified>('/exceptions', exceptionFor(world, workload.key)));
}
export const exceptionFor = (world: Pick<World, 'criterion' | 'text'>, workload: string): object =>
  ({ workload, criterion: world.criterion, reason: world.text('reason'), compensatingControl: world.text('control'), expiresAt: inDays(30) });

export async function freshReview(world: Pick<World, 'admin' | 'text'>, step: 'requested' | 'started' | 'awaiting_sign_off' = 'requested'): Promise<Identified> {
  const workload = await freshWorkload(world, { riskTier: 'critical', riskTierRationale: world.text('rationale') });
  const { client } = world.admin;
  const review = made(await client.post<Identified>('/reviews', { workload: workload.key, reason: world.text('reason'), dueAt: inDays(3) }));
  if (step === 'requested') return review;
  made(await client.post(`/reviews/${review.id}/start`));
  if (step === 'awaiting_sign_off') made(await client.post(`/reviews/${review.id}/submit`, await submissionOf(world, review.id)));
  return review;
}
/** A complete submission with one finding, which becomes an action. */
export async function submissionOf(world: Pick<World, 'admin' | 'text'>, reviewId: string): Promise<object> {
  const { template } = made(await world.admin.client.get<{ template: { questions: Identified[] } }>(`/reviews/${reviewId}`));
  return {
    answers: template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' })), changes: [world.text('change')], outcome: 'continue',
    findings: [{ severity: 'low', title: world.text('finding'), ownerMemberId: world.admin.memberId, dueAt: inDays(20) }],
  };
}

export const importForm = (world: Pick<World, 'text'>): FormData => {
  const form = new FormData();
  form.set('file', new File([`name,purpose,team\n${world.text('imported')},${world.text('purpose')},${world.text('team')}\n`], 'inventory.csv', { type: 'text/csv' }));
  form.set('options', JSON.stringify({ dryRun: true }));
  return form;
};

/** Signs up an organization and puts something of everything into it, through the API. */
export async function buildWorld(nobody: TestClient, canary: string): Promise<World> {
  const text = (what: string): string => `${canary} ${what}`;
  const admin = await nobody.signUp({ name: text('organization') }, { name: text('admin') });
  const { client } = admin;
  const second = await client.invite('admin', { name: text('second') });
  const member = await client.invite('contributor', { name: text('member') });
  const base = { admin, second, member, text };
  const { edition } = made(await client.get<{ edition: string }>('/organization'));
  const { requirements } = made(await client.get<{ requirements: { key: string; domainId: string }[] }>(`/frameworks/${edition}`));
  const criterion = requirements[0]?.key ?? '';
  const domain = `${edition}/${requirements[0]?.domainId ?? ''}`;
  const workload = await freshWorkload(base, { handlesPii: 'unknown', onCall: second.email });
  const component = made(await client.put<Listed>(`/workloads/${workload.key}/components`, { components: [{ type: 'model', name: text('component'), provider: text('provider') }] })).items[0];
  const evidence = await freshEvidence(base, [{ workload: workload.key, criterion }]);
  const upload = new FormData();
  upload.set('file', new File([text('content of the file')], 'runbook.txt', { type: 'text/plain' }));
  upload.set('kind', 'document');
  upload.set('title', text('file'));
  const file = made(await client.send<Identified>('POST', '/evidence', { raw: upload }));
  const exception = made(await client.post<Identified>('/exceptions', exceptionFor({ criterion, text }, workload.key)));
  const drill = made(await client.post<Identified>(`/workloads/${workload.key}/drills`, drillOf({ text })));
  made(await client.get(`/workloads/${workload.key}/classification`));
  const submitted = await freshReview(base, 'awaiting_sign_off');
  made(await second.client.post(`/reviews/${submitted.id}/sign-off`, { decision: 'approve' }));
  const action = made(await client.get<Listed>('/actions')).items[0];
  const review = made(await client.post<Identified>('/reviews', { workload: workload.key, reason: text('reason'), dueAt: new Date(Date.now() + 1_500).toISOString() }));
  const pack = made(await client.post<Identified>('/packs', { scope: { workloads: [workload.key] } }));
  const workloadImport = made(await client.send<Identified>('POST', '/workload-imports', { raw: importForm({ text }) }));
  const dryRun = made(await client.send<Identified>('POST', '/workload-imports', { raw: importForm({ text: (what) => text(`second ${what}`) }) }));
  const workloadExport = made(await client.post<Identified>('/workload-exports', { format: 'csv', query: `filter[team]=${encodeURIComponent(text('team'))}` }));
  const reevaluation = made(await client.post<Identified>('/classification/re-evaluations'));
  const preview = made(await client.post<Identified>('/organization/impact-preview', { edition: 'psf-definition-2026-04' }));
  const mail = made(await client.get<Listed>('/mail-messages')).items[0];
  const trailEntry = made(await client.get<Listed>('/trail')).items.at(-1);
  if (!component || !action || !mail || !trailEntry || !evidence.links[0]) throw new Error('Furnishing failed: something is not listed');
  const furniture = {
    member, workload, criterion, domain, component, evidence: { id: evidence.id, linkId: evidence.links[0].id }, file, exception, drill, review, action, pack, workloadImport, workloadExport, dryRun, reevaluation, preview, mail, trailEntry,
  };
  return { ...base, ...furniture, notification: { id: '' } };
}

export const drillOf = ({ text }: Pick<World, 'text'>): object => ({
  kind: 'kill_switch', startedAt: new Date(Date.now() - 600_000).toISOString(), endedAt: new Date(Date.now() - 400_000).toISOString(), result: 'passed', method: text('method'), notes: text('notes'),
});

/** Waits until the worker has done what the furniture asked for, and adds what only it makes. */
export async function settle(world: World): Promise<World> {
  const { client } = world.admin;
  const finished = async (path: string): Promise<boolean> => ['succeeded', 'failed'].includes((await client.get<{ status: string }>(path)).body.status);
  for (const path of [`/packs/${world.pack.id}`, `/workload-imports/${world.workloadImport.id}`, `/workload-imports/${world.dryRun.id}`, `/workload-exports/${world.workloadExport.id}`, `/classification/re-evaluations/${world.reevaluation.id}`, `/organization/impact-previews/${world.preview.id}`]) {
    await waitFor(async () => finished(path), { what: `${path} to finish`, timeout: 60_000 });
  }
  await waitFor(async () => (await client.get(`/trail/entries/${world.trailEntry.id}/proof`)).status === 200, { what: 'a checkpoint', timeout: 30_000 });
  const notification = await waitFor(async () => (await client.get<Listed>('/notifications')).body.items[0] ?? null, { what: 'a notification', timeout: 30_000 });
  return { ...world, notification: notification ?? { id: '' } };
}
