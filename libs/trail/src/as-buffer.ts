/** The same bytes as a `Buffer`, which the database driver and the encodings of the trail want; nothing is copied. */
export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
