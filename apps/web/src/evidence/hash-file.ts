/** Bytes hashed between two breaths of the page. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * SHA-256 of a file of any size, with one chunk in memory at a time.
 * @param onProgress told the share that is done, 0 to 1
 * @returns 64 lower-case hexadecimal digits
 */
export async function hashFile(file: Blob, onProgress?: (share: number) => void): Promise<string> {
  // The digest of the platform needs the whole file at once, so this one is fed piece by piece.
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    hash.update(new Uint8Array(await file.slice(start, start + CHUNK_BYTES).arrayBuffer()));
    onProgress?.(Math.min(1, (start + CHUNK_BYTES) / file.size));
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
