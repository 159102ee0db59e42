import { describe, expect, it } from '@jest/globals';
import { PERMISSION_NAMES } from '@roster/contracts';
import { PASSWORD, START, usingAccess } from '../testing/access-api.js';

const { call, clock, count, person, signInFrom, signUp, stored } = usingAccess();

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
    const dump = JSON.stringify(await stored(`SELECT * FROM user_account u JOIN member m ON m.user_id = u.id JOIN session s ON s.member_id = m.id WHERE u.email = $1`, [made.email]));
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

  it('signs out everywhere', async () => {
    const host = await signUp();
    const { email } = host;
    const elsewhere = (await call('POST', '/sessions', { body: { email, password: PASSWORD } })).cookie;
    expect([(await call('GET', '/me', { as: host.cookie })).status, (await call('GET', '/me', { as: elsewhere })).status]).toEqual([200, 200]);
    expect((await call('DELETE', '/sessions', { as: elsewhere })).status).toBe(204);
    expect([(await call('GET', '/me', { as: host.cookie })).status, (await call('GET', '/me', { as: elsewhere })).status]).toEqual([401, 401]);
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
