import { describe, expect, it } from '@jest/globals';
import { usingAccess } from '../testing/access-api.js';

const { call, count, invited, signUp } = usingAccess();

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
