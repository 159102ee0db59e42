import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { PackDigests } from './digest.js';
import { type PackReport, verifyPack, type VerifyPackOptions } from './verify-pack.js';

/** The digests of the machine: several times as fast as the portable ones on large files. */
const NATIVE_DIGESTS: PackDigests = {
  sha256: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => { hash.update(bytes); }, hex: () => hash.digest('hex') };
  },
  crc32,
};

/**
 * {@link verifyPack} for a file on this machine.
 * @param path a pack as downloaded
 * @throws the error of the file system when the file itself cannot be read; whatever is wrong inside is in the report
 */
export const verifyPackFile = async (path: string, options: Omit<VerifyPackOptions, 'digests'> = {}): Promise<PackReport> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (position: number, length: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - position)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
      return bytes.subarray(0, bytesRead);
    };
    return await verifyPack({ size, read }, { ...options, digests: NATIVE_DIGESTS });
  } finally {
    await handle.close();
  }
};
