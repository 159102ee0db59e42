import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashFile } from './hash-file.js';

describe('hashing a file piece by piece', () => {
  it.each([0, 1, 1024 * 1024, 1024 * 1024 + 1, 3_500_000])('gives the SHA-256 of %i bytes', async (size) => {
    const bytes = new Uint8Array(size).map((_byte, index) => (index * 31) % 251);
    const shares: number[] = [];
    expect(await hashFile(new Blob([bytes]), (share) => shares.push(share))).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(shares.at(-1) ?? 1).toBe(1);
  });
});
