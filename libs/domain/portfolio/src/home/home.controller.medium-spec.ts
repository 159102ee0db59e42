import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClassificationHttpModule } from '@roster/classification';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworkCatalogue } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { ReviewEditions, ReviewsHttpModule } from '@roster/reviews';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { HomeHttpModule } from './home-http.module.js';
import type { HomeDto } from './home.dto.js';

interface Listed { items: { id: string; workload?: { key: string } }[]; nextCursor: string | null; total: number }

describe('GET /home', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let admin: SignedInClient;
  let owner: SignedInClient;
  let lead: SignedInClient;
  let auditor: SignedInClient;
  let foreigner: SignedInClient;
  const clock = new FakeClock('2026-03-15T10:00:00Z');
  const home = async (who: SignedInClient): Promise<HomeDto> => {
    const answer = await who.client.get('/home');
    expect([answer.status, answer.text.slice(0, answer.status === 200 ? 0 : 500)]).toEqual([200, '']);
    return answer.body as unknown as HomeDto;
  };
  const must = async <Body>(answer: Promise<{ status: number; text: string; body: unknown }>): Promise<Body> => {
    const { status, text, body } = await answer;
    if (status > 299) throw new Error(`${status} ${text}`);
    return body as Body;
  };
  /** The list that a block names, read by whoever was shown it. */
  const behind = async (who: SignedInClient, rows: string | undefined): Promise<Listed> => {
    const path = (rows ?? '').replace('/api/v1', '');
    return must<Listed>(who.client.get(`${path}${path.includes('?') ? '&' : '?'}count=true`));
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createTestApp({ config: testConfig(database), clock, imports: [
      InventoryHttpModule, EvidenceHttpModule, IncidentsHttpModule, NotificationsHttpModule, ReviewsHttpModule, ClassificationHttpModule, HomeHttpModule,
      { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] },
    ] });
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp({ name: 'Acme', timeZone: 'Europe/Berlin' });
    owner = await admin.client.invite('risk_owner');
    lead = await admin.client.invite('engineering_lead');
    auditor = await admin.client.invite('auditor');
    foreigner = await anybody.signUp({ name: 'CANARY' });
    for (const [who, prefix, riskOwner] of [[admin, 'BOT', owner], [foreigner, 'CANARY', foreigner]] as const) {
      for (const number of [1, 2]) {
        await must(who.client.post('/workloads', { key: `${prefix}-${number}`, name: `${prefix} ${number}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: riskOwner.email, processesRealData: 'yes', handlesPii: 'yes', executesTools: 'no', riskTier: 'high', riskTierRationale: 'Customers' }));
      }
    }
    await must(admin.client.post('/workloads', { key: 'ORPHAN', name: 'Orphan', kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: owner.email, processesRealData: 'no' }));
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('asks a new owner for their answers first, and lists them all', async () => {
    const { whose, ownershipsToAccept, ownershipsToAffirm } = await home(owner);
    expect(whose).toBe('organization');
    expect(ownershipsToAccept).toMatchObject({ count: 3, items: [{ role: 'risk_owner', domain: null, position: 'owner', proposedBy: admin.name }, {}, {}] });
    expect(ownershipsToAccept?.items.map(({ workload }) => workload.key).sort()).toEqual(['BOT-1', 'BOT-2', 'ORPHAN']);
    expect(ownershipsToAffirm).toMatchObject({ count: 0, items: [] });
    const first = await must<Listed>(owner.client.get('/home/ownerships?limit=2&count=true'));
    expect([first.items.length, first.total]).toEqual([2, 3]);
    const second = await must<Listed>(owner.client.get(`/home/ownerships?limit=2&count=true&cursor=${first.nextCursor ?? ''}`));
    expect(second.total).toBe(3);
    expect([...first.items, ...second.items].map(({ workload }) => workload?.key).sort()).toEqual(['BOT-1', 'BOT-2', 'ORPHAN']);
    expect(second.nextCursor).toBeNull();
    expect((await must<Listed>(foreigner.client.get('/home/ownerships?count=true'))).items.every(({ workload }) => workload?.key.startsWith('CANARY'))).toBe(true);
    for (const wrong of ['filter[status]=ended', 'filter[status]=proposed&filter[status]=accepted', 'sort=-at', 'filter[role]=on_call']) expect((await owner.client.get(`/home/ownerships?${wrong}`)).status).toBe(400);
  });

  it('then is about what they own: gaps, freezes, reviews, as the lists behind them say', async () => {
    for (const key of ['BOT-1', 'BOT-2']) {
      await must(owner.client.post(`/workloads/${key}/owners/risk_owner/accept`));
      await must(admin.client.post(`/workloads/${key}/classification`));
    }
    const shown = await home(owner);
    expect(shown).toMatchObject({ whose: 'mine', nextStage: { count: 2 }, frozen: { count: 2 }, falls: { count: 0 }, orphanedOwners: { count: 0 }, reviewsOverdue: { count: 0 }, reviewsDue: { count: 0 } });
    const [nearest] = shown.nextStage?.items ?? [];
    expect(nearest).toMatchObject({ stage: 'pilot', frozen: true });
    expect([nearest?.gaps.length, (nearest?.gapCount ?? 0) >= 3]).toEqual([3, true]);
    expect(nearest?.gaps.map(({ message }) => message)).toContain('Nobody has accepted the role on call.');
    expect(shown.frozen?.items[0]?.gaps[0]?.message).toMatch(/PSF-[37]/);
    for (const block of [shown.frozen, shown.falls, shown.unowned]) expect((await behind(owner, block?.rows)).total).toBe(block?.count);
    // Every gap of every workload, page by page, by kind and by workload; nothing of anybody else's organization.
    interface Gaps { items: { workload: { key: string }; edition: string; gaps: { action: { kind: string } }[] }[]; nextCursor: string | null }
    const gaps = (query: string, who = owner): Promise<Gaps> => must<Gaps>(who.client.get(`/home/gaps${query}`));
    expect(shown.nextStage?.rows).toBe('/api/v1/home/gaps');
    const all = await gaps('');
    expect(all.items.map(({ workload, gaps: found }) => [workload.key, found.length])).toEqual(shown.nextStage?.items.map(({ workload, gapCount }) => [workload.key, gapCount]).sort());
    const first = await gaps('?limit=1');
    expect([first.items.map(({ workload }) => workload.key), (await gaps(`?limit=1&cursor=${first.nextCursor}`)).items.map(({ workload }) => workload.key)]).toEqual([['BOT-1'], ['BOT-2']]);
    const owners = await gaps('?filter[kind]=assign_owner&filter[workload]=BOT-2');
    expect(owners.items).toHaveLength(1);
    expect(owners.items[0]).toMatchObject({ workload: { key: 'BOT-2' }, edition: 'psf-1.1' });
    expect(new Set(owners.items[0]?.gaps.map(({ action }) => action.kind))).toEqual(new Set(['assign_owner']));
    expect(await gaps('?filter[workload]=CANARY-1')).toEqual({ items: [], nextCursor: null });
    expect((await gaps('', auditor)).items.map(({ workload }) => workload.key)).toEqual(['BOT-1', 'BOT-2']);
    expect(JSON.stringify(await gaps('', foreigner))).not.toContain('BOT-');
    for (const wrong of ['filter[kind]=dance', 'filter[workload]=A&filter[workload]=B', 'count=true', 'sort=-key']) expect((await owner.client.get(`/home/gaps?${wrong}`)).status).toBe(400);
    // The auditor owns nothing: the organization's freezes, no gaps of workloads of their own, nothing to decide.
    expect(await home(auditor)).toMatchObject({ whose: 'organization', frozen: { count: 2 }, nextStage: null, evidenceToDecide: null, exceptionsToDecide: null, ownershipsToAccept: null, unowned: null, orphanedOwners: null, reviewsToSignOff: null, packs: { count: 0 } });
  });

  it('shows reviews as they come due and go overdue, and who has to sign off', async () => {
    const [listed] = (await must<{ items: { id: string; dueAt: string }[] }>(owner.client.get('/reviews?filter[workload]=BOT-1'))).items;
    const due = new Date(listed?.dueAt ?? '');
    clock.set(new Date(due.getTime() - 3 * 86_400_000).toISOString());
    for (const who of [admin, owner, lead, auditor, foreigner]) await again(who);
    const soon = await home(owner);
    expect([soon.reviewsDue?.count, soon.reviewsOverdue?.count]).toEqual([2, 0]);
    expect((await behind(owner, soon.reviewsDue?.rows)).total).toBe(2);
    // The engineering lead owns nothing and sees those of everybody; the foreigner their own only.
    expect((await home(lead)).reviewsDue?.count).toBe(2);
    expect(JSON.stringify(await home(foreigner))).not.toContain('BOT-');
    expect(JSON.stringify(await home(owner))).not.toContain('CANARY');
    clock.advance({ days: 5 });
    for (const who of [admin, owner]) await again(who);
    const late = await home(owner);
    expect(late.reviewsOverdue).toMatchObject({ count: 2, items: [{ overdue: true, riskTier: 'high' }, {}] });
    expect(late.reviewsDue?.count).toBe(0);
    expect((await behind(owner, late.reviewsOverdue?.rows)).total).toBe(2);
    const { template } = await must<{ template: { questions: { id: string }[] } }>(owner.client.post(`/reviews/${listed?.id ?? ''}/start`));
    await must(owner.client.post(`/reviews/${listed?.id ?? ''}/submit`, { answers: template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' })), changes: ['New owner'], outcome: 'continue_with_conditions', rationale: 'Key is old',
      findings: [{ severity: 'high', title: 'Rotate the key', ownerMemberId: owner.memberId, dueAt: new Date(clock.now().getTime() + 86_400_000).toISOString() }] }));
    expect((await home(owner)).reviewsToSignOff?.count).toBe(0);
    const waiting = (await home(admin)).reviewsToSignOff;
    expect(waiting).toMatchObject({ count: 1, items: [{ id: listed?.id, status: 'awaiting_sign_off' }] });
    expect((await behind(admin, waiting?.rows)).total).toBe(1);
    await must(admin.client.post(`/reviews/${listed?.id ?? ''}/sign-off`));
    expect((await home(owner)).actions).toMatchObject({ count: 1, items: [{ title: 'Rotate the key', severity: 'high', status: 'open', overdue: false, version: 1 }] });
    expect((await home(admin)).actions?.count).toBe(0);
    expect((await behind(owner, (await home(owner)).actions?.rows)).total).toBe(1);
    // One that is due later is not counted, nor among the rows.
    await must(owner.client.patch(`/actions/${(await home(owner)).actions?.items[0]?.id ?? ''}`, { dueAt: new Date(clock.now().getTime() + 9 * 86_400_000).toISOString() }));
    const later = (await home(owner)).actions;
    expect([later?.count, (await behind(owner, later?.rows)).total]).toEqual([0, 0]);
  });

  it('tells evidence to those who may decide it, and never their own', async () => {
    await again(lead);
    await must(lead.client.post('/evidence', { kind: 'link', title: 'Runbook', url: 'https://example.test/runbook' }));
    const waiting = (await home(owner)).evidenceToDecide;
    expect(waiting).toMatchObject({ count: 1, items: [{ title: 'Runbook', version: 1, submittedBy: lead.name }] });
    expect((await behind(owner, waiting?.rows)).total).toBe(1);
    expect((await home(lead)).evidenceToDecide?.count).toBe(0);
  });

  it('tells who left, until somebody is asked; and unowned workloads', async () => {
    await must(owner.client.post('/workloads/ORPHAN/owners/risk_owner/accept'));
    await must(admin.client.put('/workloads/BOT-2/owners/on_call', { memberId: lead.memberId }));
    await must(lead.client.post('/workloads/BOT-2/owners/on_call/accept'));
    await must(admin.client.delete(`/members/${lead.memberId}`));
    const orphaned = (await home(owner)).orphanedOwners;
    expect((await behind(owner, orphaned?.rows)).items).toEqual(orphaned?.items);
    expect(orphaned).toMatchObject({ count: 1, items: [{ role: 'on_call', left: lead.name, workload: { key: 'BOT-2' } }] });
    await must(admin.client.put('/workloads/BOT-2/owners/on_call', { memberId: owner.memberId }));
    expect((await home(owner)).orphanedOwners?.count).toBe(0);
    await must(admin.client.delete(`/members/${owner.memberId}`));
    const { unowned, orphanedOwners, reviewsOverdue } = await home(admin);
    expect([unowned?.count, (await behind(admin, unowned?.rows)).total]).toEqual([3, 3]);
    expect([orphanedOwners?.count, reviewsOverdue?.count]).toEqual([4, 1]);
    // All of them, page by page; nothing of anybody else's organization.
    expect((await behind(admin, orphanedOwners?.rows)).total).toBe(4);
    const pages: Listed[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null) pages.push(await must<Listed>(admin.client.get(`/home/orphaned-owners?limit=3&count=true${cursor === '' ? '' : `&cursor=${cursor}`}`)));
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([[3, 4], [1, 4]]);
    const found = pages.flatMap(({ items }) => items);
    expect(found).toEqual((await behind(admin, orphanedOwners?.rows)).items);
    // The longest without an owner first, whoever was asked first.
    await asAdmin(database, admin.tenantId, clock.now(), (sql) => sql.query(`
      UPDATE owner_assignment SET effective_to = effective_to + interval '1 hour' WHERE tenant_id = $1 AND id = (SELECT id FROM owner_assignment WHERE tenant_id = $1 AND status = 'orphaned' AND effective_to IS NOT NULL AND role = 'risk_owner' ORDER BY id LIMIT 1)`, [admin.tenantId]));
    const later = (await behind(admin, orphanedOwners?.rows)).items as unknown as { role: string; since: string; workload: { key: string } }[];
    const moved = found.find((one) => (one as unknown as { role: string }).role === 'risk_owner') as unknown as { workload: { key: string } };
    expect(later.at(-1)).toMatchObject({ role: 'risk_owner', workload: { key: moved.workload.key } });
    for (const who of [foreigner, auditor]) await again(who);
    expect((await must<Listed>(foreigner.client.get('/home/orphaned-owners?count=true'))).total).toBe(0);
    expect((await auditor.client.get('/home/orphaned-owners')).status).toBe(403);
    for (const wrong of ['filter[role]=on_call', 'sort=-since', 'cursor=x']) expect((await admin.client.get(`/home/orphaned-owners?${wrong}`)).status).toBe(400);
  });

  it('sums the organization up', async () => {
    const { summary } = await home(admin);
    expect(summary?.funnel.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    for (const step of summary?.funnel ?? []) expect((await behind(admin, step.rows)).total).toBe(step.count);
    expect(summary?.punctuality).toMatchObject({ published: 0.4, onTime: 0 });
    const { rows, due, onTime, late, notDone, missedPeriods } = summary?.punctuality ?? { rows: undefined };
    expect([(await behind(admin, rows?.due)).total, (await behind(admin, rows?.onTime)).total, (await behind(admin, rows?.late)).total, (await behind(admin, rows?.notDone)).total]).toEqual([(due ?? 0) - (missedPeriods ?? 0), onTime, late, notDone]);
    expect(due).toBeGreaterThan(0);
    expect((await admin.client.as(null).get('/home')).status).toBe(401);
    expect((await admin.client.as((await admin.client.createKey(['evidence:item:read'])).key).get('/home')).status).toBe(403);
  });

  it('counts what the rows behind it are: an ownership that waits for an answer, or a request of one\'s own, is in neither', async () => {
    await again(admin);
    const [ann, bea] = [await admin.client.invite('engineering_lead'), await admin.client.invite('risk_owner')];
    for (const key of ['BOT-1', 'BOT-2']) await must(admin.client.put(`/workloads/${key}/owners/data_steward`, { memberId: ann.memberId }));
    await must(ann.client.post('/workloads/BOT-1/owners/data_steward/accept'));
    const { frozen, whose } = await home(ann);
    expect([whose, frozen?.count, (await behind(ann, frozen?.rows)).total]).toEqual(['mine', 1, 1]);
    for (const [who, criterion] of [[admin, 'psf-1.1/PSF-1.1'], [bea, 'psf-1.1/PSF-1.2']] as const) {
      await must(who.client.post('/exceptions', { workload: 'BOT-1', criterion, reason: 'Not used', compensatingControl: 'None needed', expiresAt: new Date(clock.now().getTime() + 30 * 86_400_000).toISOString() }));
    }
    const { exceptionsToDecide } = await home(admin);
    expect([exceptionsToDecide?.count, (await behind(admin, exceptionsToDecide?.rows)).total]).toEqual([1, 1]);
  });

  /** Sessions do not outlive the days that pass here. */
  async function again(who: SignedInClient): Promise<void> {
    await asAdmin(database, who.tenantId, clock.now(), (client) => client.query(`UPDATE session SET last_seen_at = $1, absolute_expires_at = $1::timestamptz + interval '12 hours' WHERE member_id = $2`, [clock.now(), who.memberId]));
  }
});
