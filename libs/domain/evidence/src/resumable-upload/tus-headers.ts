import { problem } from '@roster/platform-errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,expiration,termination';

/** What a client says about a file before it sends it. */
export interface AnnouncedFile {
  readonly size: number;
  /** As the client calls it: for display only, checked like that of any upload once the file is complete. */
  readonly fileName: string;
  /** As the client declares it; empty when it does not. */
  readonly declaredType: string;
  /** 64 lower-case hexadecimal digits; null when not said. */
  readonly sha256: string | null;
}

const invalid = (path: string, code: string, message: string): Error => problem('PLATFORM_REQUEST_INVALID', 'A header of the upload is not valid. Nothing was stored.', { errors: [{ path, code, message }] });
const single = (request: FastifyRequest, name: string): string | undefined => { const value = request.headers[name]; return typeof value === 'string' ? value : undefined; };

/**
 * Both sides name the version of the protocol on every request (tus 1.0, Tus-Resumable).
 * @throws EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED
 */
export function agreeOnProtocol(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({ 'tus-resumable': TUS_VERSION });
  if (single(request, 'tus-resumable') !== TUS_VERSION) {
    throw problem('EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED', `Send the header Tus-Resumable: ${TUS_VERSION}.`, { headers: { 'tus-version': TUS_VERSION } });
  }
}

/** A whole number of bytes from a header. @throws PLATFORM_REQUEST_INVALID */
export function readByteCount(request: FastifyRequest, name: 'upload-length' | 'upload-offset'): number {
  const text = single(request, name);
  if (text === undefined) throw invalid(name, 'required', 'is required: a whole number of bytes');
  if (!/^\d{1,15}$/.test(text)) throw invalid(name, 'not_a_number', 'expected a whole number of bytes');
  return Number(text);
}

/** Reads Upload-Length and Upload-Metadata (`filename`, `filetype`, `sha256`; values in base64). @throws PLATFORM_REQUEST_INVALID */
export function readAnnouncement(request: FastifyRequest): AnnouncedFile {
  if (request.headers['upload-defer-length'] !== undefined) throw invalid('upload-defer-length', 'not_supported', 'say the size with Upload-Length');
  const size = readByteCount(request, 'upload-length');
  if (size === 0) throw invalid('upload-length', 'empty', 'the file is empty: send the document itself');
  const metadata = readMetadata(single(request, 'upload-metadata') ?? '');
  const fileName = metadata.get('filename') ?? metadata.get('name') ?? '';
  if (fileName === '' || fileName.length > 255) throw invalid('upload-metadata', 'filename_required', 'expected a filename of 1 to 255 characters');
  const declaredType = metadata.get('filetype') ?? metadata.get('type') ?? '';
  if (declaredType.length > 200) throw invalid('upload-metadata', 'filetype_too_long', 'expected a filetype of at most 200 characters');
  const sha256 = metadata.get('sha256') ?? null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) throw invalid('upload-metadata', 'not_sha256', 'expected a sha256 of 64 lower-case hexadecimal digits');
  return { size, fileName, declaredType, sha256 };
}

function readMetadata(header: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const pair of header.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const [key = '', value = '', ...rest] = pair.split(/\s+/);
    if (rest.length > 0 || !/^[\x21-\x7e]+$/.test(key) || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw invalid('upload-metadata', 'not_metadata', 'expected pairs of a key and a base64 value, separated by commas');
    entries.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  return entries;
}
