import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** What `fetch` needs to send a form with a file, streamed from disk. */
export interface FormUpload {
  readonly body: ReadableStream<Uint8Array>;
  readonly headers: Record<string, string>;
  /** Needed by fetch for a streamed body. */
  readonly duplex: 'half';
}

/**
 * A multipart form with one file that is never in memory as a whole. The fields come first, so that the service knows what the file is.
 * @param path the file
 * @param fields text fields; undefined ones are left out
 * @param onProgress told the bytes handed over so far, and about how many there are
 */
export async function fileForm(path: string, fields: Readonly<Record<string, string | undefined>>, onProgress: (done: number, total: number) => void = () => undefined): Promise<FormUpload> {
  const { size } = await stat(path);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  form.append('file', await openAsBlob(path), basename(path));
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type');
  if (!encoded.body || !type) throw new TypeError('a form always has a body and a type');
  let done = 0;
  const counted = encoded.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      done += chunk.byteLength;
      onProgress(Math.min(done, size), size);
      controller.enqueue(chunk);
    },
  }));
  return { body: counted, headers: { 'content-type': type }, duplex: 'half' };
}
