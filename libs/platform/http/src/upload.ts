import type { FastifyRequest } from 'fastify';
import { problem } from '@roster/platform-errors';
import type { SpooledFile, FileStorage } from '@roster/platform-storage';

export interface ReceivedUpload {
  /** Text fields of the form. */
  readonly fields: Readonly<Record<string, string>>;
  readonly file: SpooledFile;
  /** As the client called it: for display only, never a path. */
  readonly fileName: string;
  /** As the client declared it: checked against the content before it is believed. */
  readonly declaredType: string;
}

export const isMultipart = (request: FastifyRequest): boolean => request.isMultipart();

/**
 * Receives a form with exactly one part named `file` and text fields, in any order, streaming the file to the spool.
 * The caller discards `file` when done.
 * @throws PLATFORM_REQUEST_INVALID, PLATFORM_BODY_TOO_LARGE, PLATFORM_MEDIA_TYPE_UNSUPPORTED
 */
export async function receiveUpload(request: FastifyRequest, storage: FileStorage, maxBytes: number): Promise<ReceivedUpload> {
  if (!request.isMultipart()) throw problem('PLATFORM_MEDIA_TYPE_UNSUPPORTED', 'Send multipart/form-data with a part named "file".');
  const fields: Record<string, string> = {};
  let received: Omit<ReceivedUpload, 'fields'> | null = null;
  const invalid = (path: string, code: string, message: string): Error => problem('PLATFORM_REQUEST_INVALID', 'The form is not valid. Nothing was stored.', { errors: [{ path, code, message }] });
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes + 1, files: 1, fields: 50, fieldSize: 1_048_576, parts: 60 } })) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file' || received) throw invalid(part.fieldname, 'unexpected_file', 'expected one file, in the part named "file"');
        received = { file: await storage.spool(part.file, maxBytes), fileName: part.filename, declaredType: part.mimetype };
      } else if (typeof part.value === 'string') {
        if (part.valueTruncated) throw invalid(part.fieldname, 'too_long', 'expected at most 1 MiB of text');
        fields[part.fieldname] = part.value;
      }
    }
    if (!received) throw invalid('file', 'required', 'is required: a part named "file"');
    return { fields, ...received };
  } catch (error) {
    await received?.file.discard();
    throw error;
  }
}

/** A form field that holds JSON. @throws PLATFORM_REQUEST_INVALID naming the field */
export function jsonFormField(fields: Readonly<Record<string, string>>, name: string): unknown {
  const text = fields[name];
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw problem('PLATFORM_REQUEST_INVALID', 'The form is not valid. Nothing was stored.', { errors: [{ path: name, code: 'not_json', message: `expected JSON text: ${(error as Error).message}` }] });
  }
}
