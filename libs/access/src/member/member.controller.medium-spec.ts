import { describe, expect, it } from '@jest/globals';
import { PASSWORD, START, usingAccess } from '../testing/access-api.js';

const { call, clock, count, invited, person, signUp } = usingAccess();

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
