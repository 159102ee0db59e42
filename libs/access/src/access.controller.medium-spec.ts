import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PERMISSION_NAMES } from '@roster/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { EditionDirectory } from './organization/edition-directory.js';
import { Global, Module } from '@nestjs/common';

@Global()
@Module({ providers: [{ provide: EditionDirectory, useValue: { assessableEditions: () => ['psf-1.1', 'other-2'], domainIds: () => [] } satisfies EditionDirectory }], exports: [EditionDirectory] })
class EditionsModule {}

const START = new Date('2026-05-01T09:00:00.000Z');
const PASSWORD = 'quiet lamps dancing';
type Json = Record<string, unknown> & { items: Json[]; errors: { path: string; code: string }[]; member: { id: string; role: string; permissions: string[] }; organization: { id: string } };
interface Answer extends TestAnswer<Json> { readonly cookie: string }

let db: TestDatabase;
let app: NestFastifyApplication;
let clock: FakeClock;
let admin: Client;
let client: TestClient;
let serial = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  clock = new FakeClock(START);
  app = await createTestApp({ config: testConfig(db, { trustedProxyHops: 1 }), clock, imports: [EditionsModule] });
  client = await TestClient.of(app);
  admin = new Client({ connectionString: db.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await app.close();
  await db.drop();
});
beforeEach(() => { clock.set(START); });

async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, options: { as?: string; body?: object; headers?: Record<string, string> } = {}): Promise<Answer> {
  const answer = await client.as(options.as ?? null).send<Json>(method, url, { body: options.body, headers: options.headers });
  return { ...answer, cookie: /__Host-roster_session=([^;]*)/.exec(answer.headers['set-cookie'] ?? '')?.[1] ?? '' };
}
const person = (): { name: string; email: string; password: string } => ({ name: 'Ada Lovelace', email: `ada.${(serial += 1)}@example.test`, password: PASSWORD });
async function signUp(user = person()): Promise<Answer & { email: string }> {
  return { ...await call('POST', '/sign-up', { body: { organization: { name: `Org ${serial}`, timeZone: 'Europe/Berlin' }, user } }), email: user.email };
}
async function invited(as: string, role: string, user = person()): Promise<Answer & { email: string }> {
  const invitation = await call('POST', '/invitations', { as, body: { email: user.email, role } });
  return { ...await call('POST', `/invitations/${String(invitation.body['token'])}/accept`, { body: { name: user.name, password: user.password } }), email: user.email };
}
const signInFrom = (address: string, email: string, password: string): Promise<Answer> => call('POST', '/sessions', { headers: { 'x-forwarded-for': address }, body: { email, password } });
const count = async (sql: string, values: unknown[] = []): Promise<number> => Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values)).rows[0]?.n);

describe('signing up and in', () => {
  it('creates organization, admin and session in one go and answers who I am', async () => {
    const made = await signUp();
    expect(made.status).toBe(201);
    expect(made.headers['set-cookie']).toMatch(/^__Host-roster_session=rs_[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(made.body).toMatchObject({ user: { name: 'Ada Lovelace', email: made.email }, member: { role: 'admin', permissions: PERMISSION_NAMES }, organization: { timeZone: 'Europe/Berlin', edition: 'psf-1.1' } });
    const me = await call('GET', '/me', { as: made.cookie });
    expect(me.body).toEqual({ ...made.body, via: 'session' });
    expect(await count(`trail_entry WHERE tenant_id = $1 AND action = 'access.organization.created'`, [made.body.organization.id])).toBe(1);
  });

  it('stores neither password nor token', async () => {
    const made = await signUp();
    const dump = JSON.stringify((await admin.query(`SELECT * FROM user_account u JOIN member m ON m.user_id = u.id JOIN session s ON s.member_id = m.id WHERE u.email = $1`, [made.email])).rows);
    expect(dump).toContain('$argon2id$');
    expect(dump).not.toContain(PASSWORD);
    expect(dump).not.toContain(made.cookie.slice(50));
  });

  it('refuses a taken address in any case, a weak password, a wrong zone, and unknown fields, and leaves nothing behind', async () => {
    const made = await signUp();
    const before = await count('organization');
    const again = { ...person(), email: made.email.toUpperCase() };
    const attempts: [object, number, string][] = [
      [{ organization: { name: 'X' }, user: again }, 409, 'ACCESS_EMAIL_TAKEN'],
      [{ organization: { name: 'X' }, user: { ...person(), password: 'password2026' } }, 422, 'ACCESS_PASSWORD_REFUSED'],
      [{ organization: { name: 'X', timeZone: '+02:00' }, user: person() }, 400, 'PLATFORM_REQUEST_INVALID'],
      [{ organization: { name: 'X', tenantId: made.body.organization.id }, user: person() }, 400, 'PLATFORM_REQUEST_INVALID'],
      [{ organization: { name: '' }, user: { ...person(), email: 'nobody' } }, 400, 'PLATFORM_REQUEST_INVALID'],
    ];
    for (const [body, status, code] of attempts) expect(await call('POST', '/sign-up', { body })).toMatchObject({ status, body: { code } });
    expect(await count('organization')).toBe(before);
  });

  it('signs in with the password only, under a new session each time, and ends the one the browser had', async () => {
    const made = await signUp();
    const wrong = await call('POST', '/sessions', { body: { email: made.email, password: 'quiet lamps dancinG' } });
    const nobody = await call('POST', '/sessions', { body: { email: 'nobody@example.test', password: PASSWORD } });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'ACCESS_CREDENTIALS_WRONG' } });
    expect({ ...nobody.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    const second = await call('POST', '/sessions', { as: made.cookie, body: { email: made.email.toUpperCase(), password: PASSWORD } });
    expect(second.status).toBe(201);
    expect(second.cookie).not.toBe(made.cookie);
    expect((await call('GET', '/me', { as: made.cookie })).status).toBe(401);
    expect((await call('GET', '/me', { as: second.cookie })).status).toBe(200);
  });

  it('signs out', async () => {
    const { cookie } = await signUp();
    expect((await call('DELETE', '/sessions/current', { as: cookie })).status).toBe(204);
    expect((await call('GET', '/me', { as: cookie })).status).toBe(401);
  });

  it('ends a session after 30 idle minutes and after 12 hours, and not before', async () => {
    const { cookie } = await signUp();
    for (let minutes = 29; minutes < 720; minutes += 29) {
      clock.set(new Date(START.getTime() + minutes * 60_000));
      expect((await call('GET', '/me', { as: cookie })).status).toBe(200);
    }
    clock.set(new Date(START.getTime() + 720 * 60_000));
    expect((await call('GET', '/me', { as: cookie })).status).toBe(401);
    clock.set(START);
    const idle = await signUp();
    clock.set(new Date(START.getTime() + 30 * 60_000));
    expect((await call('GET', '/me', { as: idle.cookie })).status).toBe(401);
  });

  it('refuses broken, foreign and missing credentials alike, and never falls back from a wrong key to a cookie', async () => {
    const { cookie } = await signUp();
    const broken = ['', 'x', cookie.slice(0, -1), `${cookie}x`, cookie.replace(/^rs_/, 'ri_'), cookie.replace(/^rs_/, 'roster_')];
    for (const as of broken) expect(await call('GET', '/me', { as })).toMatchObject({ status: 401, body: { code: 'ACCESS_NOT_AUTHENTICATED' } });
    expect((await call('GET', '/me', { as: cookie, headers: { authorization: 'Bearer roster_no' } })).status).toBe(401);
    expect((await call('GET', '/me', { as: cookie, headers: { authorization: 'Basic YTpi' } })).status).toBe(401);
  });

  it('refuses writes that another site sends, with and without a session', async () => {
    const { cookie } = await signUp();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }] as Record<string, string>[]) {
      expect(await call('DELETE', '/sessions/current', { as: cookie, headers })).toMatchObject({ status: 403, body: { code: 'ACCESS_CROSS_SITE_REQUEST' } });
      expect(await call('POST', '/sessions', { headers, body: { email: 'a@example.test', password: PASSWORD } })).toMatchObject({ status: 403 });
    }
    expect((await call('GET', '/me', { as: cookie, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
    expect((await call('DELETE', '/sessions/current', { as: cookie, headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(204);
  });
});

describe('throttling', () => {
  it('slows the network that fails, keeps every other one free, and lets the owner in after the wait', async () => {
    const made = await signUp();
    const signIn = (password: string, address: string) => signInFrom(address, made.email, password);
    for (let i = 0; i < 5; i += 1) expect((await signIn('wrong wrong wrong', '198.51.100.7')).status).toBe(401);
    const throttled = await signIn(PASSWORD, '198.51.100.9');
    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '1']);
    expect((await signIn(PASSWORD, '203.0.113.5')).status).toBe(201);
    clock.set(new Date(START.getTime() + 1_000));
    expect((await signIn(PASSWORD, '198.51.100.9')).status).toBe(201);
  });

  it('counts parallel guesses one by one: of 40 at once at most the free ones are looked at', async () => {
    const made = await signUp();
    const answers = await Promise.all(Array.from({ length: 40 }, () => signInFrom('192.0.2.4', made.email, 'wrong wrong wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
  });

  it('never locks an account out, however many networks attack it', async () => {
    const made = await signUp();
    for (let i = 0; i < 60; i += 1) await signInFrom(`10.9.${i}.1`, made.email, 'wrong wrong wrong');
    expect((await signInFrom('203.0.113.200', made.email, PASSWORD)).status).toBe(201);
  });
});

describe('changing the password', () => {
  it('ends every other session in every organization at once and goes on under a new token', async () => {
    const first = await signUp();
    const host = await signUp();
    const invitation = await call('POST', '/invitations', { as: host.cookie, body: { email: first.email, role: 'viewer' } });
    const elsewhere = await call('POST', `/invitations/${String(invitation.body['token'])}/accept`, { body: { password: PASSWORD } });
    expect(elsewhere.status).toBe(201);
    const organizationId = first.body.organization.id;
    const ambiguous = await call('POST', '/sessions', { body: { email: first.email, password: PASSWORD } });
    expect(ambiguous).toMatchObject({ status: 422, body: { code: 'ACCESS_ORGANIZATION_REQUIRED', organizations: [{ id: organizationId }, { id: host.body.organization.id }] } });
    const second = await call('POST', '/sessions', { body: { email: first.email, password: PASSWORD, organizationId } });
    const changed = await call('POST', '/me/password', { as: first.cookie, body: { currentPassword: PASSWORD, newPassword: 'slow rivers humming' } });
    expect(changed.status).toBe(204);
    for (const dead of [first.cookie, second.cookie, elsewhere.cookie]) expect((await call('GET', '/me', { as: dead })).status).toBe(401);
    expect((await call('GET', '/me', { as: changed.cookie })).status).toBe(200);
    expect((await call('POST', '/sessions', { body: { email: first.email, password: PASSWORD, organizationId } })).status).toBe(401);
    expect((await call('POST', '/sessions', { body: { email: first.email, password: 'slow rivers humming', organizationId } })).status).toBe(201);
  });

  it('needs the current password, a good new one, and a person', async () => {
    const { cookie } = await signUp();
    const change = (body: object, as = cookie) => call('POST', '/me/password', { as, body });
    expect(await change({ currentPassword: 'wrong wrong wrong', newPassword: 'slow rivers humming' })).toMatchObject({ status: 401 });
    expect(await change({ currentPassword: PASSWORD, newPassword: 'short' })).toMatchObject({ status: 422, body: { errors: [{ path: 'newPassword', code: 'too_short' }] } });
    expect(await change({ currentPassword: PASSWORD, newPassword: PASSWORD })).toMatchObject({ status: 422, body: { errors: [{ code: 'unchanged' }] } });
    const key = await call('POST', '/api-keys', { as: cookie, body: { name: 'ci', permissions: ['inventory:workload:read'] } });
    expect(await change({ currentPassword: PASSWORD, newPassword: 'slow rivers humming' }, String(key.body['key']))).toMatchObject({ status: 403, body: { code: 'ACCESS_SESSION_REQUIRED' } });
    expect((await call('GET', '/me', { as: cookie })).status).toBe(200);
  });
});

describe('invitations and members', () => {
  it('invites by mail and link, once', async () => {
    const host = await signUp();
    const user = person();
    const invitation = await call('POST', '/invitations', { as: host.cookie, body: { email: user.email, role: 'contributor' } });
    expect(invitation).toMatchObject({ status: 201, body: { status: 'open', role: 'contributor', expiresAt: '2026-05-08T09:00:00.000Z' } });
    const token = String(invitation.body['token']);
    expect(invitation.body['url']).toMatch(new RegExp(`/invitations/${token}$`));
    for (const said of [token, 'until 8 May 2026, 11:00 (Europe/Berlin)']) {
      expect(await count('mail_message WHERE tenant_id = $1 AND to_address = $2 AND position($3 IN body) > 0', [host.body.organization.id, user.email, said])).toBe(1);
    }
    expect(await call('GET', `/invitations/${token}`)).toMatchObject({ status: 200, body: { organization: expect.any(String), email: user.email, role: 'contributor', expiresAt: '2026-05-08T09:00:00.000Z' } });
    expect(await call('POST', `/invitations/${token}/accept`, { body: { password: user.password } })).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }] } });
    const accepted = await call('POST', `/invitations/${token}/accept`, { body: { name: user.name, password: user.password } });
    expect(accepted).toMatchObject({ status: 201, body: { member: { role: 'contributor' }, organization: { id: host.body.organization.id } } });
    expect((await call('GET', `/invitations/${token}`)).status).toBe(404);
    expect(await call('POST', `/invitations/${token}/accept`, { body: { name: 'Eve', password: PASSWORD } })).toMatchObject({ status: 404, body: { code: 'ACCESS_INVITATION_INVALID' } });
    expect(await call('POST', '/invitations', { as: host.cookie, body: { email: user.email.toUpperCase(), role: 'viewer' } })).toMatchObject({ status: 409, body: { code: 'ACCESS_MEMBER_EXISTS' } });
    const list = await call('GET', '/invitations?filter[status]=accepted&count=true', { as: host.cookie });
    expect(list.body).toMatchObject({ total: 1, items: [{ id: invitation.body['id'], status: 'accepted' }] });
    expect(JSON.stringify(list.body)).not.toContain(token);
  });

  it('shows an invitation alike whether the address has an account somewhere or not: the inviter holds the link too', async () => {
    const [host, elsewhere] = [await signUp(), await signUp()];
    const preview = async (email: string): Promise<Record<string, unknown>> => {
      const { body } = await call('POST', '/invitations', { as: host.cookie, body: { email, role: 'viewer' } });
      return (await call('GET', `/invitations/${String(body['token'])}`)).body;
    };
    const [known, unknown] = [await preview(elsewhere.email), await preview(person().email)];
    expect(known).toEqual({ ...unknown, email: elsewhere.email });
  });

  it('signs out everywhere', async () => {
    const host = await signUp();
    const { email } = host;
    const elsewhere = (await call('POST', '/sessions', { body: { email, password: PASSWORD } })).cookie;
    expect([(await call('GET', '/me', { as: host.cookie })).status, (await call('GET', '/me', { as: elsewhere })).status]).toEqual([200, 200]);
    expect((await call('DELETE', '/sessions', { as: elsewhere })).status).toBe(204);
    expect([(await call('GET', '/me', { as: host.cookie })).status, (await call('GET', '/me', { as: elsewhere })).status]).toEqual([401, 401]);
  });

  it('takes no revoked, replaced, expired or altered invitation, nor one whose inviter left', async () => {
    const host = await signUp();
    const invite = async (email: string): Promise<{ id: string; token: string }> => {
      const { body } = await call('POST', '/invitations', { as: host.cookie, body: { email, role: 'viewer' } });
      return { id: String(body['id']), token: String(body['token']) };
    };
    const accept = (token: string) => call('POST', `/invitations/${token}/accept`, { body: { name: 'Ada', password: PASSWORD } });
    const revoked = await invite(person().email);
    expect((await call('DELETE', `/invitations/${revoked.id}`, { as: host.cookie })).status).toBe(204);
    expect((await call('DELETE', `/invitations/${revoked.id}`, { as: host.cookie })).status).toBe(404);
    expect((await accept(revoked.token)).status).toBe(404);
    const { email } = person();
    const replaced = await invite(email);
    const replacement = await invite(email);
    expect((await accept(replaced.token)).status).toBe(404);
    expect((await accept(`${replacement.token.slice(0, -1)}${replacement.token.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
    const second = await invited(host.cookie, 'admin');
    const byLeaver = (await call('POST', '/invitations', { as: second.cookie, body: { email: person().email, role: 'viewer' } })).body['token'];
    expect((await call('DELETE', `/members/${second.body.member.id}`, { as: host.cookie, headers: { 'if-match': '*' } })).status).toBe(204);
    expect((await accept(String(byLeaver))).status).toBe(404);
    clock.set(new Date(START.getTime() + 7 * 86_400_000));
    expect((await accept(replacement.token)).status).toBe(404);
  });

  it('adds a known person only with their own password', async () => {
    const known = await signUp();
    const host = await signUp();
    const { body } = await call('POST', '/invitations', { as: host.cookie, body: { email: known.email, role: 'viewer' } });
    expect(await call('POST', `/invitations/${String(body['token'])}/accept`, { body: { name: 'Mallory', password: 'slow rivers humming' } })).toMatchObject({ status: 401, body: { code: 'ACCESS_CREDENTIALS_WRONG' } });
    expect((await call('POST', `/invitations/${String(body['token'])}/accept`, { body: { password: PASSWORD } })).status).toBe(201);
  });

  it('counts a new role from the next request on, and asks for the version it is based on', async () => {
    const host = await signUp();
    const guest = await invited(host.cookie, 'viewer');
    const path = `/members/${guest.body.member.id}`;
    expect((await call('GET', '/api-keys', { as: guest.cookie })).status).toBe(403);
    expect(await call('PATCH', path, { as: host.cookie, body: { role: 'engineering_lead' } })).toMatchObject({ status: 428 });
    const read = await call('GET', path, { as: host.cookie });
    expect(await call('PATCH', path, { as: host.cookie, body: { role: 'engineering_lead' }, headers: { 'if-match': read.headers['etag'] ?? '' } })).toMatchObject({ status: 200, body: { role: 'engineering_lead', version: 2 } });
    expect(await call('PATCH', path, { as: host.cookie, body: { role: 'viewer' }, headers: { 'if-match': read.headers['etag'] ?? '' } })).toMatchObject({ status: 412, body: { currentVersion: 2 } });
    expect((await call('GET', '/api-keys', { as: guest.cookie })).status).toBe(200);
  });

  it('ends sessions and keys of a deactivated member at once, announces it, and brings them back without them', async () => {
    const host = await signUp();
    const lead = await invited(host.cookie, 'engineering_lead');
    const key = String((await call('POST', '/api-keys', { as: lead.cookie, body: { name: 'ci', permissions: ['inventory:workload:read'] } })).body['key']);
    expect((await call('GET', '/me', { as: key })).status).toBe(200);
    const path = `/members/${lead.body.member.id}`;
    expect((await call('DELETE', path, { as: host.cookie, headers: { 'if-match': '"v1"' } })).status).toBe(204);
    for (const as of [lead.cookie, key]) expect((await call('GET', '/me', { as })).status).toBe(401);
    expect(await call('POST', '/sessions', { body: { email: lead.email, password: PASSWORD } })).toMatchObject({ status: 403, body: { code: 'ACCESS_NO_MEMBERSHIP' } });
    expect(await count(`outbox WHERE tenant_id = $1 AND name = 'access.member.deactivated'`, [host.body.organization.id])).toBe(1);
    expect(await call('PATCH', path, { as: host.cookie, body: { status: 'active' }, headers: { 'if-match': '*' } })).toMatchObject({ status: 200, body: { status: 'active', deactivatedAt: null } });
    for (const as of [lead.cookie, key]) expect((await call('GET', '/me', { as })).status).toBe(401);
    expect((await call('POST', '/sessions', { body: { email: lead.email, password: PASSWORD } })).status).toBe(201);
  });

  it('keeps the last admin, also when two remove each other at the same instant', async () => {
    const host = await signUp();
    const star = { 'if-match': '*' };
    const self = `/members/${host.body.member.id}`;
    expect(await call('DELETE', self, { as: host.cookie, headers: star })).toMatchObject({ status: 409, body: { code: 'ACCESS_LAST_ADMIN' } });
    expect(await call('PATCH', self, { as: host.cookie, headers: star, body: { role: 'viewer' } })).toMatchObject({ status: 409, body: { code: 'ACCESS_LAST_ADMIN' } });
    const other = await invited(host.cookie, 'admin');
    const outcomes = await Promise.all([
      call('DELETE', `/members/${other.body.member.id}`, { as: host.cookie, headers: star }), call('DELETE', self, { as: other.cookie, headers: star }),
    ]);
    expect(outcomes.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    expect(await count(`member WHERE tenant_id = $1 AND role = 'admin' AND status = 'active'`, [host.body.organization.id])).toBe(1);
  });

  it('lists people with filters, text and pages', async () => {
    const host = await signUp();
    for (const role of ['viewer', 'viewer', 'auditor']) await invited(host.cookie, role);
    const first = await call('GET', '/members?limit=2&count=true', { as: host.cookie });
    expect([first.body.items.length, first.body['total']]).toEqual([2, 4]);
    const second = await call('GET', `/members?limit=2&cursor=${String(first.body['nextCursor'])}`, { as: host.cookie });
    expect(second.body['nextCursor']).toBeNull();
    expect(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size).toBe(4);
    expect((await call('GET', '/members?filter[role]=viewer', { as: host.cookie })).body.items).toHaveLength(2);
    expect((await call('GET', `/members?q=${host.email.slice(0, 8)}`, { as: host.cookie })).body.items.length).toBeGreaterThan(0);
    expect((await call('GET', '/members?cursor=WzFd', { as: host.cookie })).status).toBe(400);
    const forged = Buffer.from(JSON.stringify({ s: 'createdAt', k: ['yesterday', 'x'] })).toString('base64url');
    expect(await call('GET', `/members?cursor=${forged}`, { as: host.cookie })).toMatchObject({ status: 400, body: { code: 'PLATFORM_CURSOR_INVALID' } });
  });
});

describe('API keys', () => {
  it('shows a key once, acts as itself, and can do no more than it says', async () => {
    const host = await signUp();
    const made = await call('POST', '/api-keys', { as: host.cookie, body: { name: 'pipeline', permissions: ['access:member:read', 'access:member:read'] } });
    expect(made).toMatchObject({ status: 201, body: { permissions: ['access:member:read'], expiresAt: '2026-07-30T09:00:00.000Z', createdBy: host.body.member.id } });
    const key = String(made.body['key']);
    expect((await call('GET', '/members', { as: key })).status).toBe(200);
    expect(await call('GET', '/organization', { as: key })).toMatchObject({ status: 403, body: { code: 'ACCESS_PERMISSION_MISSING', permission: 'access:organization:read' } });
    expect((await call('GET', '/me', { as: key })).body).toMatchObject({ via: 'api_key', member: { permissions: ['access:member:read'] } });
    const list = await call('GET', '/api-keys', { as: host.cookie });
    expect(list.body.items).toMatchObject([{ id: made.body['id'], lastUsedAt: START.toISOString() }]);
    expect(JSON.stringify(list.body)).not.toContain(key.slice(8));
    expect((await call('DELETE', `/api-keys/${String(made.body['id'])}`, { as: host.cookie })).status).toBe(204);
    expect((await call('GET', '/members', { as: key })).status).toBe(401);
    expect((await call('DELETE', `/api-keys/${String(made.body['id'])}`, { as: host.cookie })).status).toBe(404);
  });

  it('cannot manage keys or members, exceed its creator, or outlive its limits', async () => {
    const host = await signUp();
    const lead = await invited(host.cookie, 'engineering_lead');
    const create = (as: string, permissions: string[], more: object = {}) => call('POST', '/api-keys', { as, body: { name: 'k', permissions, ...more } });
    for (const permission of ['access:api-key:manage', 'access:member:manage']) {
      expect(await create(host.cookie, [permission])).toMatchObject({ status: 422, body: { code: 'ACCESS_KEY_SCOPE_TOO_WIDE', errors: [{ path: 'permissions[0]' }] } });
    }
    expect(await create(lead.cookie, ['inventory:workload:read', 'packs:pack:build'])).toMatchObject({ status: 422, body: { errors: [{ path: 'permissions[1]' }] } });
    expect((await create(host.cookie, ['no:such:thing'])).status).toBe(400);
    expect((await create(host.cookie, [])).status).toBe(400);
    for (const expiresAt of ['2026-05-01T09:00:00Z', '2027-06-01T00:00:00Z']) expect(await create(host.cookie, ['inventory:workload:read'], { expiresAt })).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt' }] } });
    const short = await create(lead.cookie, ['inventory:workload:read', 'evidence:item:submit'], { expiresAt: '2026-05-01T10:00:00Z' });
    const key = String(short.body['key']);
    await call('PATCH', `/members/${lead.body.member.id}`, { as: host.cookie, headers: { 'if-match': '*' }, body: { role: 'viewer' } });
    expect((await call('GET', '/me', { as: key })).body.member.permissions).toEqual(['inventory:workload:read']);
    clock.set(new Date('2026-05-01T10:00:00Z'));
    expect((await call('GET', '/me', { as: key })).status).toBe(401);
  });

  it('lets a lead see and revoke their own keys only', async () => {
    const host = await signUp();
    const lead = await invited(host.cookie, 'engineering_lead');
    const foreign = await call('POST', '/api-keys', { as: host.cookie, body: { name: 'admin key', permissions: ['access:member:read'] } });
    const own = await call('POST', '/api-keys', { as: lead.cookie, body: { name: 'lead key', permissions: ['access:member:read'] } });
    expect((await call('GET', '/api-keys?count=true', { as: lead.cookie })).body).toMatchObject({ total: 1, items: [{ id: own.body['id'] }] });
    expect((await call('DELETE', `/api-keys/${String(foreign.body['id'])}`, { as: lead.cookie })).status).toBe(404);
    expect((await call('GET', '/api-keys', { as: host.cookie })).body.items).toHaveLength(2);
  });

  it('never keeps the secret for a repeated request', async () => {
    const host = await signUp();
    const headers = { 'idempotency-key': 'once' };
    const body = { name: 'ci', permissions: ['access:member:read'] };
    const made = await call('POST', '/api-keys', { as: host.cookie, headers, body });
    expect(await call('POST', '/api-keys', { as: host.cookie, headers, body })).toMatchObject({ status: 409, body: { code: 'PLATFORM_IDEMPOTENCY_SECRET' } });
    expect(await count('idempotency_key WHERE tenant_id = $1 AND body <> $2', [host.body.organization.id, ''])).toBe(0);
    expect(made.status).toBe(201);
    expect((await call('GET', '/api-keys', { as: host.cookie })).body.items).toHaveLength(1);
  });
});

describe('the organization', () => {
  it('starts with the presets and takes a checked change under its ETag', async () => {
    const host = await signUp();
    const read = await call('GET', '/organization', { as: host.cookie });
    expect(read.body).toMatchObject({ timeZone: 'Europe/Berlin', edition: 'psf-1.1', tierPolicy: { killSwitchMaxSeconds: 300 }, reviewPolicy: { dueAtLocalTime: '09:00' }, thresholds: { ownerReaffirmDays: 180 }, version: 1 });
    const headers = { 'if-match': read.headers['etag'] ?? '' };
    const changed = await call('PATCH', '/organization', { as: host.cookie, headers, body: { name: 'New name', edition: 'other-2', thresholds: { ownerReaffirmDays: 90 } } });
    expect(changed).toMatchObject({ status: 200, body: { name: 'New name', edition: 'other-2', version: 2, thresholds: { ownerReaffirmDays: 90, decayHorizonDays: 30 } } });
    expect((await call('PATCH', '/organization', { as: host.cookie, headers, body: { name: 'Late' } })).status).toBe(412);
    expect(await count(`outbox WHERE tenant_id = $1 AND name = 'access.organization.changed' AND payload = '{"fields":["name","edition","thresholds"]}'::jsonb`, [host.body.organization.id])).toBe(1);
  });

  it('names every wrong setting and changes nothing', async () => {
    const host = await signUp();
    const patch = (body: object, as = host.cookie) => call('PATCH', '/organization', { as, headers: { 'if-match': '*' }, body });
    expect(await patch({ timeZone: 'Mars', tierPolicy: { killSwitchMaxSeconds: 900 } })).toMatchObject({ status: 400, body: { errors: [{ path: 'timeZone' }, { path: 'tierPolicy.killSwitchMaxSeconds' }] } });
    expect(await patch({ edition: 'psf-9' })).toMatchObject({ status: 422, body: { code: 'ACCESS_EDITION_UNKNOWN', errors: [{ path: 'edition' }] } });
    expect(await patch({ demo: true })).toMatchObject({ status: 400, body: { errors: [{ path: 'demo', code: 'unknown_field' }] } });
    expect(await patch({})).toMatchObject({ status: 200, body: { version: 1 } });
    const guest = await invited(host.cookie, 'risk_owner');
    expect((await patch({ name: 'Mine' }, guest.cookie)).status).toBe(403);
    expect((await call('GET', '/organization', { as: guest.cookie })).body['name']).not.toBe('Mine');
  });
});

describe('another organization', () => {
  it('sees and touches nothing: every id is unknown', async () => {
    const victim = await signUp();
    const attacker = await signUp();
    const guest = await invited(victim.cookie, 'viewer');
    const key = await call('POST', '/api-keys', { as: victim.cookie, body: { name: 'k', permissions: ['access:member:read'] } });
    const invitation = await call('POST', '/invitations', { as: victim.cookie, body: { email: person().email, role: 'viewer' } });
    const star = { 'if-match': '*' };
    const answers = await Promise.all([
      call('GET', `/members/${guest.body.member.id}`, { as: attacker.cookie }),
      call('PATCH', `/members/${guest.body.member.id}`, { as: attacker.cookie, headers: star, body: { role: 'admin' } }),
      call('DELETE', `/members/${guest.body.member.id}`, { as: attacker.cookie, headers: star }),
      call('DELETE', `/api-keys/${String(key.body['id'])}`, { as: attacker.cookie }),
      call('DELETE', `/invitations/${String(invitation.body['id'])}`, { as: attacker.cookie }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await call('GET', '/members', { as: attacker.cookie })).body.items).toHaveLength(1);
    expect((await call('GET', '/members', { as: String(key.body['key']) })).body.items).toHaveLength(2);
  });
});
