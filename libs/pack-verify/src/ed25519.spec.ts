import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyFingerprint, publicKeyFromPem, publicKeyFromRaw, SignaturesUnavailable, verifyEd25519 } from './ed25519.js';

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString();
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('Ed25519', () => {
  it('says so where the platform cannot check, instead of calling a signature bad', async () => {
    const key = publicKeyFromRaw(new Uint8Array(32));
    const present = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      await expect(verifyEd25519(key, Uint8Array.of(1), new Uint8Array(64))).rejects.toThrow(SignaturesUnavailable);
    } finally {
      if (present) Object.defineProperty(globalThis, 'crypto', present);
    }
  });

  it('verifies the published example with a message (RFC 8032 section 7.1, test 2), and no other message, key or signature', async () => {
    const key = publicKeyFromRaw(bytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'));
    const signature = bytes('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00');
    expect(await verifyEd25519(key, Uint8Array.of(0x72), signature)).toBe(true);
    expect(await verifyEd25519(key, Uint8Array.of(0x73), signature)).toBe(false);
    expect(await verifyEd25519(publicKeyFromRaw(bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')), Uint8Array.of(0x72), signature)).toBe(false);
    for (let i = 0; i < 64; i += 1) expect(await verifyEd25519(key, Uint8Array.of(0x72), signature.map((byte, at) => (at === i ? byte ^ 0x10 : byte)))).toBe(false);
    for (const broken of [signature.subarray(0, 63), Uint8Array.of(), new Uint8Array(64), new Uint8Array(64).fill(0xff)]) expect(await verifyEd25519(key, Uint8Array.of(0x72), broken)).toBe(false);
  });

  it('agrees with the signatures of the machine', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const message = Buffer.from('wörds');
    expect(await verifyEd25519(publicKeyFromPem(pemOf(publicKey)), message, sign(null, message, privateKey))).toBe(true);
  });

  it('refuses a signature whose second half is not reduced: the same statement has one signature', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const signature = sign(null, Buffer.from('x'), privateKey);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
    const forged = Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()]);
    expect(await verifyEd25519(publicKeyFromPem(pemOf(publicKey)), Buffer.from('x'), forged)).toBe(false);
  });

  it('reads keys with any line ends and nothing but Ed25519 keys', () => {
    const pem = pemOf(generateKeyPairSync('ed25519').publicKey);
    expect(keyFingerprint(publicKeyFromPem(pem.replaceAll('\n', '\r\n')))).toBe(keyFingerprint(publicKeyFromPem(pem)));
    for (const other of ['', 'x', pem.replace('PUBLIC', 'PRIVATE'), `${pem}${pem}`, pem.replace('MCow', 'MCox'), pemOf(generateKeyPairSync('x25519').publicKey), pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)]) {
      expect(() => publicKeyFromPem(other)).toThrow(TypeError);
    }
    expect(() => publicKeyFromRaw(new Uint8Array(31))).toThrow(TypeError);
  });
});
