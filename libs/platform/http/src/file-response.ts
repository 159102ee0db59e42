import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';

/**
 * Sends stored bytes as a download that no browser will run (ASVS 3.2.1, 5.4.1, 5.4.2): attachment, sandboxed, not sniffed, not cached.
 * @param fileName any Unicode; encoded per RFC 6266
 */
export function sendDownload(reply: FastifyReply, content: Readable, options: { fileName: string; mediaType: string; size?: number; sha256?: string }): FastifyReply {
  const ascii = options.fileName.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  return reply.headers({
    'content-type': options.mediaType,
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(options.fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'cross-origin-resource-policy': 'same-site',
    ...(options.size === undefined ? {} : { 'content-length': String(options.size) }),
    ...(options.sha256 === undefined ? {} : { 'repr-digest': `sha-256=:${Buffer.from(options.sha256, 'hex').toString('base64')}:` }),
  }).send(content);
}
