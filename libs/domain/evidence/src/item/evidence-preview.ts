import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { EvidenceContent } from './evidence-content.js';

/** Of a text only this much is shown; the whole of it is one download away. */
export const PREVIEW_TEXT_BYTES = 1_048_576;

/** What a stored type is shown as. Text of any kind is shown as plain text; what is not here is only ever downloaded. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf', 'image/png': 'image/png', 'image/jpeg': 'image/jpeg', 'image/webp': 'image/webp', 'text/plain': 'text/plain; charset=utf-8',
  'text/markdown': 'text/plain; charset=utf-8', 'text/csv': 'text/plain; charset=utf-8', 'application/json': 'text/plain; charset=utf-8',
};

/** The content type a file is shown as, or null when it can only be downloaded. */
export const previewTypeOf = (mediaType: string): string | null => SHOWN_AS[mediaType] ?? null;

const isText = (contentType: string): boolean => contentType.startsWith('text/plain');

/** How many bytes a preview has. */
export const previewSize = (contentType: string, size: number): number => (isText(contentType) ? Math.min(size, PREVIEW_TEXT_BYTES) : size);

/**
 * Shows stored bytes in a frame of this very application and nowhere else (ASVS 3.2.1, 5.4.2). The document has an origin of its own, runs no
 * script, submits nothing, loads nothing and is not sniffed or kept.
 */
export function sendPreview(reply: FastifyReply, { stream, size, sha256 }: EvidenceContent, contentType: string): FastifyReply {
  const shown = previewSize(contentType, size);
  return reply.headers({
    'content-type': contentType, 'content-length': String(shown), 'content-disposition': 'inline',
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    'x-frame-options': 'SAMEORIGIN', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer', 'roster-sha256': sha256,
  }).send(shown === size ? stream : Readable.from(firstBytes(stream, shown), { objectMode: false }));
}

async function* firstBytes(source: Readable, count: number): AsyncGenerator<Buffer> {
  let left = count;
  // Leaving the loop closes the source.
  for await (const chunk of source as AsyncIterable<Buffer>) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}
