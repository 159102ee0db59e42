/** What runs everywhere: the door for browsers. It reaches no built-in module of Node; the rest of the library does so in pack-file only. */
export * from './bag.js';
export * from './base64.js';
export { equalBytes, fromHex, toHex, utf8 } from './bytes.js';
export * from './checkpoint.js';
export { sha256Hex, sha256Of } from './digest.js';
export * from './dsse.js';
export * from './ed25519.js';
export * from './merkle.js';
export { blobArchive, type BlobLike, type PackArchive } from './pack-archive.js';
export * from './signed-note.js';
export * from './statement.js';
export * from './tlog-proof.js';
export * from './verify-pack.js';
export { archiveSize } from './zip-layout.js';
