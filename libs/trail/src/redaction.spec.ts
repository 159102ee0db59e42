import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { redact, REDACTED } from './redaction.js';

describe('redact', () => {
  it.each([
    'password', 'Password', 'newPassword', 'password_hash', 'passphrase', 'clientSecret', 'client_secret', 'secret', 'token', 'accessToken', 'refresh-token',
    'inviteToken', 'apiKey', 'api_key', 'X-API-Key', 'apiKeyHash', 'Authorization', 'authorization', 'Set-Cookie', 'cookie', 'privateKey', 'secretAccessKey',
    'sessionId', 'databaseUrl', 'DATABASE_URL', 'totp',
  ])('removes what stands under %s', (name) => {
    expect(redact({ outer: [{ [name]: 'hunter22', kept: 'yes' }] })).toEqual({ outer: [{ [name]: REDACTED, kept: 'yes' }] });
    expect(redact({ [name]: { nested: 'hunter22' } })).toEqual({ [name]: REDACTED });
    expect(redact({ [name]: ['hunter22'] })).toEqual({ [name]: REDACTED });
  });

  it.each(['tokenCount', 'passwordPolicy', 'secretariat', 'keyResults', 'description', 'tokenizer', 'cookieBanner', 'authorizationModel'])('keeps what stands under %s', (name) => {
    expect(redact({ [name]: 'kept' })).toEqual({ [name]: 'kept' });
  });

  it('keeps flags, counts and empty values under a secret name, but not numeric passwords', () => {
    expect(redact({ tokens: 4096, password: null, secret: true, otp: 123456, passphrase: 12345678 }))
      .toEqual({ tokens: 4096, password: null, secret: true, otp: REDACTED, passphrase: REDACTED });
  });

  it('understands headers and settings that are written as pairs', () => {
    expect(redact([{ name: 'Authorization', value: 'abc' }, { key: 'API_KEY', value: 'abc' }, { name: 'Accept', value: 'text/csv' }]))
      .toEqual([{ name: 'Authorization', value: REDACTED }, { key: 'API_KEY', value: REDACTED }, { name: 'Accept', value: 'text/csv' }]);
  });

  it.each([
    ['a key of ours', 'use roster_018f4a2b9c_Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5 for it', 'use [redacted] for it'],
    ['a bearer header', 'curl -H "Authorization: Bearer abcdefgh12345678"', 'curl -H "Authorization: Bearer [redacted]"'],
    ['a JWT', 'got eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJib3QifQ.c2lnbmF0dXJl back', 'got [redacted] back'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', REDACTED],
    ['a provider key', 'key sk-proj-abcDEF1234567890abcdef works', 'key [redacted] works'],
    ['a Stripe key', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', REDACTED],
    ['a GitHub token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', REDACTED],
    ['a Slack token', 'xoxb-123456789012-abcdefghijkl', REDACTED],
    ['a URL with a password', 'postgres://app:s3cr3t@db.internal:5432/x', 'postgres://[redacted]@db.internal:5432/x'],
    ['a signed link', 'https://s3.test/b/k?X-Amz-Signature=abcdef0123456789&x=1', 'https://s3.test/b/k?X-Amz-Signature=[redacted]&x=1'],
    ['an assignment', 'PASSWORD=hunter22 ./run', 'PASSWORD=[redacted] ./run'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----', REDACTED],
    ['a cut-off private key', 'x -----BEGIN RSA PRIVATE KEY-----\nMC4CAQ', 'x [redacted]'],
  ])('recognises %s in a text', (_name, text, expected) => {
    expect(redact({ note: text })).toEqual({ note: expected });
    expect(redact(redact({ note: text }))).toEqual({ note: expected });
  });

  it.each([
    'We use sk-learn-gradient-boosting-regression here', 'The basic idea is sound', 'Token budget: see the plan', 'Signature: Jane Roe', 'https://user@host.test/path',
    'The password was changed', 'See https://docs.test/a:b@c', 'bearer of bad news',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('writes dates as RFC 3339 and leaves undefined members out', () => {
    expect(redact({ at: new Date(Date.UTC(2026, 4, 1)), gone: undefined, list: [undefined] })).toEqual({ at: '2026-05-01T00:00:00.000Z', list: [null] });
  });

  it('replaces what neither Postgres nor canonical JSON can hold', () => {
    expect(redact({ a: 'x\ud800y\u0000z' })).toEqual({ a: 'x\ufffdy\ufffdz' });
  });

  it.each([[{ f: () => 1 }, '$.f'], [{ a: [{ b: Number.NaN }] }, '$.a[0].b'], [{ big: 1n }, '$.big']])('refuses what JSON cannot say and names the place', (value, place) => {
    expect(() => redact(value)).toThrow(place);
  });

  it('treats a member named __proto__ as data', () => {
    const clean = redact(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(canonicalJson(clean)).toBe('{"__proto__":{"admin":true}}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('always yields something canonical, whatever it is given', () => {
    fc.assert(fc.property(fc.object({ withDate: true, maxDepth: 4 }), (value) => {
      const clean = redact(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(clean)).toBe(canonicalJson(redact(clean)));
    }), { numRuns: 200 });
  });

  it('takes linear time on hostile text', () => {
    const started = process.hrtime.bigint();
    for (const text of ['a'.repeat(500_000), 'sk-'.repeat(150_000), 'token='.repeat(80_000), 'eyJ'.repeat(150_000), '-----BEGIN PRIVATE KEY-----'.repeat(10_000), 'http://'.repeat(60_000)]) redact(text);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
  });
});
