import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from './base64.js';
import { fromHex, toHex } from './bytes.js';
import { PORTABLE_DIGESTS, sha256Hex } from './digest.js';

const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });

describe('portable digests', () => {
  it('are those of the machine, however the bytes are cut', () => {
    fc.assert(fc.property(pieces, (parts) => {
      const hash = PORTABLE_DIGESTS.sha256();
      const native = createHash('sha256');
      let crc = 0;
      for (const part of parts) {
        hash.update(part);
        native.update(part);
        crc = PORTABLE_DIGESTS.crc32(part, crc);
      }
      expect([hash.hex(), crc]).toEqual([native.digest('hex'), crc32(Buffer.concat(parts))]);
    }));
  });

  it('know the published check values', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(PORTABLE_DIGESTS.crc32(Buffer.from('123456789'), 0)).toBe(0xcbf43926);
  });
});

describe('encodings', () => {
  it('are those of the machine, and the way back', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }), { numRuns: 30 });
    for (const text of ['A', 'AA=', 'AB==', 'AA==\n', '-_A=']) expect(decodeBase64(text)).toBeNull();
    for (const text of ['0', 'zz']) expect(() => fromHex(text)).toThrow(TypeError);
  });
});
