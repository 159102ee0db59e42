import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatToken, hashSecret, issueToken, parseToken, secretMatches, type TokenKind } from './credential-token.js';

const KINDS: TokenKind[] = ['api_key', 'session', 'invitation'];
const TENANT = '01890a5d-ac96-774b-bcce-b302099a8057';
const ROW = '01890a5d-ac96-774b-bcce-b302099a8058';
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) =>
  Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const secretBytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('credential tokens', () => {
  it('read back what was written, for every kind', () => {
    fc.assert(fc.property(fc.constantFrom(...KINDS), uuid, uuid, secretBytes, (kind, tenantId, id, secret) => {
      const token = formatToken(kind, tenantId, id, secret);
      expect(parseToken(kind, token)).toEqual({ tenantId, id, secret });
      for (const other of KINDS.filter((k) => k !== kind)) expect(parseToken(other, token)).toBeNull();
    }), { numRuns: 200 });
  });

  it('holds at the edges of the range', () => {
    const [zero, full] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    for (const [id, secret] of [[zero, Buffer.alloc(32)], [full, Buffer.alloc(32, 255)]] as const) {
      expect(parseToken('api_key', formatToken('api_key', id, id, secret))).toEqual({ tenantId: id, id, secret });
    }
  });

  it('notices every changed character', () => {
    const token = formatToken('api_key', TENANT, ROW, Buffer.alloc(32, 7));
    for (let i = 0; i < token.length; i += 1) {
      const changed = `${token.slice(0, i)}${token[i] === 'x' ? 'y' : 'x'}${token.slice(i + 1)}`;
      expect(parseToken('api_key', changed)).toBeNull();
    }
  });

  it('refuses anything else without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(parseToken('session', text)).toBeNull(); }), { numRuns: 200 });
    expect(parseToken('api_key', '')).toBeNull();
    expect(() => formatToken('api_key', TENANT.toUpperCase(), ROW, Buffer.alloc(32))).toThrow(TypeError);
    expect(() => formatToken('api_key', TENANT, ROW, Buffer.alloc(31))).toThrow(TypeError);
  });

  it('has the published shape and stores only a hash that the secret matches', () => {
    const { token, hash } = issueToken('api_key', TENANT, ROW);
    expect(token).toMatch(/^roster_[0-9A-Za-z]{43}_[0-9A-Za-z]{49}$/);
    const parsed = parseToken('api_key', token);
    expect(parsed && secretMatches(parsed.secret, hash)).toBe(true);
    expect(secretMatches(Buffer.alloc(32), hash)).toBe(false);
    expect(secretMatches(Buffer.alloc(32), Buffer.alloc(5))).toBe(false);
    expect(hashSecret(Buffer.alloc(32)).toString('hex')).toBe('66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925');
    expect(issueToken('api_key', TENANT, ROW).token).not.toBe(token);
  });
});
