import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, utf8 } from './bytes.js';

/** A SHA-256 that is fed piece by piece. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** Closes it. @returns 64 lower-case hex digits */
  hex(): string;
}

/** How the large files of a pack are digested. The default runs everywhere; a server may bring its faster one. */
export interface PackDigests {
  sha256(): Sha256;
  /** CRC-32 of ZIP (ISO 3309). @param value result for the bytes before, 0 at the start */
  crc32(bytes: Uint8Array, value: number): number;
}

/** @returns the 32 bytes of SHA-256 over the pieces in their order */
export const sha256Of = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** SHA-256 of a text in UTF-8, hex. */
export const sha256Hex = (text: string): string => toHex(sha256Of(utf8(text)));

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_unused, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** Digests without a built-in module: constant memory, and the same in a browser without a secure context. */
export const PORTABLE_DIGESTS: PackDigests = {
  sha256: () => {
    const hash = sha256.create();
    return { update: (bytes) => { hash.update(bytes); }, hex: () => toHex(hash.digest()) };
  },
  crc32: (bytes, value) => {
    let crc = ~value;
    for (let i = 0; i < bytes.length; i += 1) crc = (CRC_TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
    return ~crc >>> 0;
  },
};
