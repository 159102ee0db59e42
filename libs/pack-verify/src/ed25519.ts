import { decodeBase64 } from './base64.js';
import { concatBytes, equalBytes, fromHex, toHex } from './bytes.js';
import { sha256Of } from './digest.js';

/** DER of an Ed25519 SubjectPublicKeyInfo up to the 32 key bytes (RFC 8410 section 4). */
const SPKI_PREFIX = fromHex('302a300506032b6570032100');
export const ED25519_KEY_BYTES = 32;
const ED25519_SIGNATURE_BYTES = 64;

/** An Ed25519 public key. */
export interface PublicKey {
  /** The 32 bytes of RFC 8032. */
  readonly raw: Uint8Array;
}

/** Something that signs with one Ed25519 key. The private key stays where it is. */
export interface Signer {
  /** Public key as PEM (SubjectPublicKeyInfo). */
  readonly publicKeyPem: string;
  /** @returns the 64 byte signature of RFC 8032 */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** @param raw the 32 bytes of RFC 8032 @throws TypeError when there are not 32 */
export const publicKeyFromRaw = (raw: Uint8Array): PublicKey => {
  if (raw.length !== ED25519_KEY_BYTES) throw new TypeError('An Ed25519 public key has 32 bytes');
  return { raw: Uint8Array.from(raw) };
};

/**
 * Reads an Ed25519 public key.
 * @param pem SubjectPublicKeyInfo as PEM (RFC 7468), alone in its text
 * @throws TypeError when it is not an Ed25519 key
 */
export const publicKeyFromPem = (pem: string): PublicKey => {
  const encoded = /^\s*-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)\s-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1];
  const der = encoded === undefined ? null : decodeBase64(encoded.replace(/\s+/g, ''));
  if (der === null || der.length !== SPKI_PREFIX.length + ED25519_KEY_BYTES || !equalBytes(der.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX)) throw new TypeError('An Ed25519 public key is expected');
  return publicKeyFromRaw(der.subarray(SPKI_PREFIX.length));
};

/** Hex SHA-256 of the SubjectPublicKeyInfo: what people compare out of band, and the keyid of our DSSE envelopes. */
export const keyFingerprint = (key: PublicKey): string => toHex(sha256Of(concatBytes(SPKI_PREFIX, key.raw)));

/** No signature can be checked here: a browser without Ed25519, or a page that was not opened over https (or localhost). */
export class SignaturesUnavailable extends Error {
  constructor() {
    super('This browser cannot check signatures here: it needs Ed25519 and a page opened over https. Use a current browser over https, or `roster pack verify`.');
  }
}

/**
 * Strict verification of RFC 8032 by the Web Cryptography of the platform, which browsers and Node share.
 * @throws SignaturesUnavailable when the platform cannot do it; a signature that is not good is just false
 */
export const verifyEd25519 = async (key: PublicKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
  if (signature.length !== ED25519_SIGNATURE_BYTES) return false;
  // Only secure contexts have it, whatever the type says.
  const subtle = globalThis.crypto?.subtle as typeof globalThis.crypto.subtle | undefined;
  const imported = await subtle?.importKey('raw', Uint8Array.from(key.raw), 'Ed25519', false, ['verify']).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined;
    throw error;
  });
  if (subtle === undefined || imported === undefined) throw new SignaturesUnavailable();
  return subtle.verify('Ed25519', imported, Uint8Array.from(signature), Uint8Array.from(message));
};
