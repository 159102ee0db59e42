import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** DER of an Ed25519 SubjectPublicKeyInfo up to the 32 key bytes (RFC 8410 section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
export const ED25519_KEY_BYTES = 32;

/** Something that signs with one Ed25519 key. The private key stays where it is. */
export interface Signer {
  /** Public key as PEM (SubjectPublicKeyInfo). */
  readonly publicKeyPem: string;
  /** @returns the 64 byte signature of RFC 8032 */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/**
 * Reads an Ed25519 public key.
 * @param pem SubjectPublicKeyInfo as PEM
 * @throws TypeError when it is not an Ed25519 key
 */
export const publicKeyFromPem = (pem: string): KeyObject => {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('An Ed25519 public key is expected');
  return key;
};

const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

/** The 32 bytes of RFC 8032. */
export const rawPublicKey = (key: KeyObject): Buffer => spki(key).subarray(SPKI_PREFIX.length);

/** @param raw the 32 bytes of RFC 8032 */
export const publicKeyFromRaw = (raw: Uint8Array): KeyObject => {
  if (raw.length !== ED25519_KEY_BYTES) throw new TypeError('An Ed25519 public key has 32 bytes');
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
};

/** Hex SHA-256 of the SubjectPublicKeyInfo: what people compare out of band, and the keyid of our DSSE envelopes. */
export const keyFingerprint = (key: KeyObject): string => createHash('sha256').update(spki(key)).digest('hex');

export const verifyEd25519 = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === 64 && verify(null, message, key, signature);
