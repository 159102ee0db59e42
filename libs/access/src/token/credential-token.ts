import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a token opens. The kind is part of the text and of the checksum, so one kind is never taken for another. */
export type TokenKind = 'api_key' | 'session' | 'invitation';

/** The API key prefix is what secret scanners look for; the others stay short because they travel in cookies and links. */
const PREFIX: Readonly<Record<TokenKind, string>> = { api_key: 'roster', session: 'rs', invitation: 'ri' };
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 > 2^256: every 32 bytes fit. */
const WIDTH = 43;
const CHECKSUM_WIDTH = 6;
const LIMIT = 1n << 256n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function encode(value: bigint, width: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < width; i += 1) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

function decode(text: string): Buffer | null {
  let value = 0n;
  for (const char of text) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return null;
    value = value * 62n + BigInt(digit);
  }
  return value < LIMIT ? Buffer.from(value.toString(16).padStart(64, '0'), 'hex') : null;
}

const toUuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const toBigInt = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const checksum = (text: string): string => encode(BigInt(crc32(text)), CHECKSUM_WIDTH);

/** Where the row of a token is, so that it can be looked up inside row security, and the secret that proves the right to it. */
export interface CredentialToken {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: Buffer;
}

/** SHA-256 of the secret: with 256 random bits a plain hash is enough (ASVS 5.0 6.5.2), and only the hash is stored. */
export const hashSecret = (secret: Buffer): Buffer => createHash('sha256').update(secret).digest();

/** Compares in constant time. */
export const secretMatches = (secret: Buffer, storedHash: Buffer): boolean => {
  const hash = hashSecret(secret);
  return storedHash.length === hash.length && timingSafeEqual(hash, storedHash);
};

/**
 * Writes a token: `<prefix>_<43 base62 of tenant id and row id>_<43 base62 of the secret><6 base62 of a CRC-32 over all before it>`.
 * @param tenantId lower-case UUID of the organization
 * @param id lower-case UUID of the row
 * @param secret 32 random bytes
 */
export function formatToken(kind: TokenKind, tenantId: string, id: string, secret: Buffer): string {
  if (!UUID.test(tenantId) || !UUID.test(id) || secret.length !== 32) throw new TypeError('A token is made of two lower-case UUIDs and 32 bytes');
  const reference = encode(BigInt(`0x${tenantId.replaceAll('-', '')}${id.replaceAll('-', '')}`), WIDTH);
  const body = `${PREFIX[kind]}_${reference}_${encode(toBigInt(secret), WIDTH)}`;
  return body + checksum(body);
}

/** Reads a token of one kind; null when the text is not one (wrong kind, alphabet, length, range or checksum). Touches no database. */
export function parseToken(kind: TokenKind, text: string): CredentialToken | null {
  const parts = text.split('_');
  const [prefix, reference, tail] = parts;
  if (parts.length !== 3 || prefix !== PREFIX[kind] || reference?.length !== WIDTH || tail?.length !== WIDTH + CHECKSUM_WIDTH) return null;
  if (checksum(text.slice(0, -CHECKSUM_WIDTH)) !== tail.slice(WIDTH)) return null;
  const place = decode(reference);
  const secret = decode(tail.slice(0, WIDTH));
  return place && secret ? { tenantId: toUuid(place.subarray(0, 16)), id: toUuid(place.subarray(16)), secret } : null;
}

/** A new token: the text to show once, and the hash to store. */
export function issueToken(kind: TokenKind, tenantId: string, id: string): { token: string; hash: Buffer } {
  const secret = randomBytes(32);
  return { token: formatToken(kind, tenantId, id, secret), hash: hashSecret(secret) };
}
