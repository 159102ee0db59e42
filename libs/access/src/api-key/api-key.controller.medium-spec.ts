import { describe, expect, it } from '@jest/globals';
import { START, usingAccess } from '../testing/access-api.js';

const { call, clock, count, invited, signUp } = usingAccess();

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
