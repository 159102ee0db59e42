/** The worked walk of the API contract, step by step, against a started stack: launcher, database, api, worker, all real. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitFor } from '@roster/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { form, Person, type Operation as LongWork } from './person.js';
import { Launcher } from './launcher.js';

jest.setTimeout(120_000);
const run = promisify(execFile);
const WORKLOAD = 'SUPPORT-BOT';
const inventory = ['Name,Purpose,Team,Kind,Handles PII', 'Résumé ranking,Ranks applications,People,ranking,yes', 'Invoice reader,Reads invoices,Finance,vision,N/A', 'Invoice reader 2,Reads more invoices,Finance,vision,', ''].join('\r\n');

interface Classification { stage: string; hardening: boolean; gaps: { code: string; message: string }[] }
interface Page<Item> { items: Item[]; nextCursor: string | null }
interface Operation extends LongWork { href: string; result: Record<string, number> }

describe('the worked walk', () => {
  let home: string;
  let clockFile: string;
  let stack: Launcher;
  let ada: Person;
  let grace: Person;
  let now = new Date('2026-06-01T09:00:00.000Z');

  const advance = async (days: number): Promise<void> => {
    now = new Date(now.getTime() + days * 86_400_000);
    await writeFile(clockFile, now.toISOString());
    // Sessions end long before the next review: people sign in again.
    await ada.signIn();
    await grace.signIn();
  };
  const minutesAgo = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();
  const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();
  const classification = (): Promise<Classification> => ada.get<Classification>(`/workloads/${WORKLOAD}/classification`);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'roster-walk-'));
    clockFile = join(tmpdir(), `roster-walk-clock-${process.pid}`);
    await writeFile(clockFile, now.toISOString());
    stack = await Launcher.start(home, { env: { ROSTER_ENV: 'test', TEST_CLOCK_FILE: clockFile } });
    ada = new Person(stack.url, 'ada@example.test', 'a long enough passphrase');
    grace = new Person(stack.url, 'grace@example.test', 'another long passphrase');
  });
  afterAll(async () => {
    await stack.interrupt();
    await rm(home, { recursive: true, force: true });
    await rm(clockFile, { force: true });
  });

  it('sign up', async () => {
    await ada.must(201, 'POST', '/sign-up', { organization: { name: 'Walk Ltd', timeZone: 'Europe/Berlin' }, user: { name: 'Ada', email: ada.email, password: ada.password } });
    expect(await ada.get('/me')).toMatchObject({ user: { name: 'Ada' }, organization: { name: 'Walk Ltd', timeZone: 'Europe/Berlin', edition: 'psf-1.1' } });
    // A short cadence, so that a review falls due while evidence and drill still count.
    await ada.must(200, 'PATCH', '/organization', { reviewPolicy: { productionCadence: { low: 'monthly' } } }, { 'if-match': '*' });
  });

  it('import a CSV: a dry run changes nothing, the import accounts for every row, a second one changes nothing', async () => {
    const send = async (dryRun: boolean): Promise<Operation> => {
      const accepted = await ada.must<Operation>(202, 'POST', '/workload-imports', form('inventory.csv', 'text/csv', Buffer.from(inventory, 'latin1'), { options: { dryRun } }));
      return ada.finished<Operation>(accepted.href);
    };
    expect(await send(true)).toMatchObject({ status: 'succeeded', result: { total: 3, created: 3, rejected: 0 } });
    expect((await ada.get<Page<unknown>>('/workloads')).items).toHaveLength(0);
    expect(await send(false)).toMatchObject({ status: 'succeeded', result: { total: 3, created: 3, updated: 0, unchanged: 0, merged: 0, rejected: 0 } });
    expect(await send(false)).toMatchObject({ status: 'succeeded', result: { total: 3, created: 0, updated: 0, unchanged: 3, merged: 0, rejected: 0 } });
    const { items } = await ada.get<Page<{ name: string; handlesPii: string; unowned: boolean }>>('/workloads?sort=name&count=true');
    expect(items.map((row) => [row.name, row.handlesPii])).toEqual([['Invoice reader', 'unknown'], ['Invoice reader 2', 'unknown'], ['Résumé ranking', 'yes']]);
    expect(items.every((row) => row.unowned)).toBe(true);
  });

  it('register one workload; the same request with the same key registers it once', async () => {
    const me = await ada.get<{ member: { id: string } }>('/me');
    const request = { name: 'Support bot', key: WORKLOAD, kind: 'agent', purpose: 'Answers customers', team: 'Support', riskOwner: me.member.id, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier: 'low', riskTierRationale: 'Reads public help pages only' };
    const first = await ada.must<{ id: string }>(201, 'POST', '/workloads', request, { 'idempotency-key': 'register-1' });
    const second = await ada.must<{ id: string }>(201, 'POST', '/workloads', request, { 'idempotency-key': 'register-1' });
    expect(second.id).toBe(first.id);
    expect(await classification()).toMatchObject({ stage: 'pilot' });
  });

  it('owners accept', async () => {
    const invitation = await ada.must<{ token: string }>(201, 'POST', '/invitations', { email: grace.email, role: 'risk_owner' });
    const joined = await grace.must<{ member: { id: string } }>(201, 'POST', `/invitations/${invitation.token}/accept`, { name: 'Grace', password: grace.password });
    await ada.must(200, 'PUT', `/workloads/${WORKLOAD}/owners/on_call`, { memberId: joined.member.id });
    await grace.must(200, 'POST', `/workloads/${WORKLOAD}/owners/on_call/accept`);
    await ada.must(200, 'POST', `/workloads/${WORKLOAD}/owners/risk_owner/accept`);
  });

  it('upload evidence; a second member accepts it, the first may not', async () => {
    const { edition, domains } = await ada.get<{ edition: string; domains: { criteria: { id: string }[] }[] }>(`/workloads/${WORKLOAD}/coverage`);
    expect(edition).toBe('psf-1.1');
    const links = domains.map((domain) => ({ workload: WORKLOAD, criterion: domain.criteria[0]?.id }));
    // Monitoring counts for longer than the rest, so that what runs out later makes a Pilot that only has to harden.
    const { monitoringDomain } = await ada.get<{ monitoringDomain: string }>(`/frameworks/${edition}`);
    const monitors = domains.findIndex((domain) => (domain as { id?: string }).id === monitoringDomain);
    expect(monitors).toBeGreaterThanOrEqual(0);
    for (const [title, days, mine] of [['Monitoring', 400, links.slice(monitors, monitors + 1)], ['Controls', 60, links.filter((_link, index) => index !== monitors)]] as const) {
      const submitted = await ada.must<{ id: string; version: number; status: string }>(201, 'POST', '/evidence',
        form('controls.md', 'text/markdown', `# ${title}\n\nTested.\n`, { kind: 'document', title, expiresAt: inDays(days), links: mine }));
      expect(submitted).toMatchObject({ version: 1, status: 'submitted' });
      const decision = `/evidence/${submitted.id}/versions/1/decision`;
      expect((await ada.send('POST', decision, { decision: 'accept', comment: 'my own' })).status).toBe(403);
      await grace.must(200, 'POST', decision, { decision: 'accept', comment: 'Checked against the runbook' });
    }
    expect(await ada.get<{ required: { met: number; total: number } }>(`/workloads/${WORKLOAD}/coverage`)).toMatchObject({ required: { met: domains.length, total: domains.length } });
    expect(await classification()).toMatchObject({ stage: 'pilot', hardening: true });
  });

  it('a 240 s kill-switch drill makes it Production, and a review appears with a due date', async () => {
    await ada.must(201, 'POST', `/workloads/${WORKLOAD}/drills`, { kind: 'kill_switch', startedAt: minutesAgo(10), endedAt: minutesAgo(6), result: 'passed', method: 'Feature flag off' });
    expect(await classification()).toMatchObject({ stage: 'production', hardening: false, gaps: [] });
    const { items } = await ada.get<Page<{ status: string; dueAt: string }>>(`/reviews?filter[workload]=${WORKLOAD}`);
    expect(items).toHaveLength(1);
    expect(items[0]?.status).toBe('scheduled');
    expect(new Date(items[0]?.dueAt ?? 0).getTime()).toBeGreaterThan(now.getTime());
    expect(await ada.get(`/workloads/${WORKLOAD}/gate?for=production`)).toMatchObject({ verdict: 'pass' });
  });

  it('the worker makes the review due and notifies', async () => {
    const { items: [review] } = await ada.get<Page<{ id: string; dueAt: string }>>(`/reviews?filter[workload]=${WORKLOAD}`);
    const days = (new Date(review?.dueAt ?? 0).getTime() - now.getTime()) / 86_400_000;
    await advance(days + 0.01);
    await waitFor(async () => (await ada.get<{ status: string }>(`/reviews/${review?.id}`)).status === 'due', { timeout: 30_000 });
    await waitFor(async () => (await ada.get<Page<{ kind: string }>>('/notifications')).items.some((n) => n.kind.includes('review')), { timeout: 30_000 });
    await waitFor(async () => (await ada.get<Page<{ to: string }>>('/mail-messages')).items.length > 0, { timeout: 30_000, what: 'a mail about it' });
  });

  it('complete the review; the next one is scheduled', async () => {
    const { items: [row] } = await ada.get<Page<{ id: string }>>(`/reviews?filter[workload]=${WORKLOAD}&sort=dueAt`);
    const review = `/reviews/${row?.id}`;
    await ada.must(200, 'POST', `${review}/start`, undefined, { 'if-match': '*' });
    const { template } = await ada.get<{ template: { questions: { id: string }[] } }>(review);
    await ada.must(200, 'POST', `${review}/submit`, {
      answers: template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' })), changes: ['The help pages grew'], outcome: 'continue', concentrationReviewed: true,
    }, { 'if-match': '*' });
    expect(await ada.get(review)).toMatchObject({ status: 'completed', outcome: 'continue' });
    const { items } = await ada.get<Page<{ status: string }>>(`/reviews?filter[workload]=${WORKLOAD}&filter[status]=scheduled`);
    expect(items).toHaveLength(1);
  });

  it('build a pack and verify it offline, with our verifier and with plain tools', async () => {
    const accepted = await ada.must<Operation>(202, 'POST', '/packs', { scope: { workloads: [WORKLOAD] } });
    expect(await ada.finished<Operation>(accepted.href)).toMatchObject({ status: 'succeeded' });
    const file = join(home, 'pack.zip');
    await writeFile(file, await ada.download(`/packs/${accepted.id}/content`));
    const { stdout } = await run(process.execPath, ['apps/cli/dist/main.js', 'pack', 'verify', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    const folder = join(home, 'unzipped');
    await run('unzip', ['-q', file, '-d', folder]);
    await run('sh', ['-c', 'cd */ && sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt'], { cwd: folder });
    const flipped = await ada.download(`/packs/${accepted.id}/content`);
    flipped[Math.floor(flipped.length / 2)]! ^= 1;
    await writeFile(file, flipped);
    await expect(run(process.execPath, ['apps/cli/dist/main.js', 'pack', 'verify', file])).rejects.toMatchObject({ code: 1 });
  });

  it('let evidence expire: the stage falls to a hardening Pilot, and the trail shows why', async () => {
    // The evidence ends after 60 days, the drill of a low tier counts for 365: only the evidence runs out.
    await advance(40);
    await waitFor(async () => {
      const { stage } = await ada.get<{ stage: string }>(`/workloads/${WORKLOAD}`);
      return stage === 'pilot';
    }, { timeout: 30_000 });
    const fallen = await classification();
    expect(fallen).toMatchObject({ stage: 'pilot', hardening: true });
    expect(fallen.gaps.length).toBeGreaterThan(0);
    const { items } = await ada.get<Page<{ action: string; payload: unknown }>>(`/trail?filter[workload]=${WORKLOAD}&filter[action]=classification.stage.changed`);
    expect(JSON.stringify(items)).toContain('expir');
  });
});
