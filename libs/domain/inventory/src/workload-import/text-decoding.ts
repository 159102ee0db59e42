import iconv from 'iconv-lite';

/** Makes the decoder for one pass: iconv-lite keeps half characters between chunks and drops the byte order mark. */
const decoderOf = (encoding: string): { write(chunk: Buffer): string; end(): string } => {
  const decoder = iconv.getDecoder(encoding);
  return { write: (chunk) => decoder.write(chunk), end: () => decoder.end() ?? '' };
};

/**
 * Decodes chunks into text with every line break as `\n` (CRLF and CR too, also inside quoted cells), so that line numbers and
 * records do not depend on the system that wrote the file.
 */
export async function* decodeText(file: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let heldCr = false;
  const normalise = (text: string, last: boolean): string => {
    let all = heldCr ? `\r${text}` : text;
    heldCr = !last && all.endsWith('\r');
    if (heldCr) all = all.slice(0, -1);
    return all.includes('\r') ? all.replace(/\r\n?/g, '\n') : all;
  };
  for await (const chunk of file) {
    const text = normalise(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)), false);
    if (text) yield text;
  }
  const rest = normalise(decoder.end(), true);
  if (rest) yield rest;
}
