import { open, type FileHandle } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { imageSize } from 'image-size';
import type { FieldError } from '@roster/platform-errors';
import { inspectArchive, type ArchiveFinding } from './archive-inspection.js';
import { UNDECLARED, UPLOAD_TYPES, allowedExtensions, extensionOf, uploadTypeOf, type UploadType } from './upload-type.js';

/** Largest image: a decoder needs four bytes for each pixel. */
export const MAX_IMAGE_PIXELS = 50_000_000;
/** Image dimensions stand in the header; metadata before them is at most a few blocks of 64 KiB. */
const IMAGE_HEADER_BYTES = 1024 * 1024;
const TEXT_CHUNK_BYTES = 256 * 1024;
const MAX_NAME_LENGTH = 255;

export interface UploadedFile {
  /** On local disk, received in full. */
  readonly path: string;
  readonly size: number;
  readonly fileName: string;
  /** Content type the client gave with the file, empty when none. */
  readonly declaredType: string;
}

export type UploadVerdict = { readonly ok: true; readonly mediaType: string; readonly typeName: string } | { readonly ok: false; readonly error: FieldError };

const refuse = (code: string, message: string): UploadVerdict & { readonly ok: false } => ({ ok: false, error: { path: 'file', code, message } });
const refuseArchive = (finding: ArchiveFinding): UploadVerdict => refuse(finding.code, finding.message);

/**
 * Checks an uploaded file before anything is stored (domain.md section 7): a usable name, an allowed type on which extension, declared type
 * and content agree, and nothing dangerous inside. Reads the file, never unpacks it, holds at most 1 MiB of it.
 */
export async function checkUpload(file: UploadedFile): Promise<UploadVerdict> {
  const nameError = checkFileName(file.fileName);
  if (nameError) return refuse('name_not_allowed', nameError);
  if (file.size === 0) return refuse('empty', 'The file is empty. Send the document itself.');
  const type = checkAnnounced(file.fileName, file.declaredType);
  if ('ok' in type) return type;
  const mismatch = await checkContent(file, type);
  if (mismatch) return mismatch;
  if (type.inspect === 'archive') {
    const finding = await inspectArchive(file.path, file.size, type.mayEmbedDocuments ?? false);
    if (finding) return refuseArchive(finding);
  }
  if (type.inspect === 'image') {
    const finding = await checkImage(file.path, type);
    if (finding) return finding;
  }
  return { ok: true, mediaType: type.mediaType, typeName: type.name };
}

/**
 * What can be said before the content is there: a usable name, and an allowed type that the declared one agrees with.
 * @returns the type to expect, or why not
 */
export function checkAnnounced(fileName: string, declaredType: string): UploadType | (UploadVerdict & { readonly ok: false }) {
  const nameError = checkFileName(fileName);
  if (nameError) return refuse('name_not_allowed', nameError);
  const type = uploadTypeOf(fileName);
  if (!type) {
    const extension = extensionOf(fileName);
    return refuse('type_not_allowed', `${extension ? `Files ending in ".${extension}" are` : 'A file without an extension is'} not accepted as evidence. Use one of: ${allowedExtensions()}.`);
  }
  const declared = mediaTypeOf(declaredType);
  return UNDECLARED.has(declared) || declared === type.mediaType || type.alsoDeclaredAs.includes(declared)
    ? type : refuse('declared_type_differs', `The file is named like a ${type.name} but was sent as "${declared}". Send it as "${type.mediaType}".`);
}

/**
 * @returns what is wrong with a file name, or null. It is shown to people and sent in headers, so it must be one plain name:
 *   no folder, no control or direction-changing character, at most 255 characters
 */
export function checkFileName(name: string): string | null {
  if (name.trim() === '' || name === '.' || name === '..') return 'The file needs a name.';
  if (name.length > MAX_NAME_LENGTH) return `The file name has ${name.length} characters; at most ${MAX_NAME_LENGTH} are allowed.`;
  if (/[/\\]/.test(name)) return 'The file name holds a folder. Send the name alone.';
  if (/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'The file name holds control or direction-changing characters. Rename the file.';
  return null;
}

const mediaTypeOf = (declared: string): string => declared.split(';')[0]?.trim().toLowerCase() ?? '';

async function checkContent(file: UploadedFile, type: UploadType): Promise<UploadVerdict | null> {
  const detected = (await fileTypeFromFile(file.path))?.ext ?? null;
  if (type.recognition === 'text') {
    if (detected !== null && !isTextual(detected)) return refuse('content_differs', `The file is named like a ${type.name}, but its content is ${detected}.`);
    return checkText(file.path, type);
  }
  if (detected === type.recognition.magic) return null;
  const actual = UPLOAD_TYPES.find((t) => t.recognition !== 'text' && t.recognition.magic === detected)?.name ?? detected;
  return refuse('content_differs', `The file is named like a ${type.name}, but its content is ${actual ?? 'not recognised'}. Give it the extension of its content, or export it again.`);
}

/** Text formats that the detector knows by their first words. They are harmless: they are only ever served as plain downloads. */
const isTextual = (extension: string): boolean => ['xml', 'rtf', 'ics', 'vcf', 'vtt', 'ps', 'eps'].includes(extension);

async function checkText(path: string, type: UploadType): Promise<UploadVerdict | null> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(TEXT_CHUNK_BYTES);
    for (let position = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return null;
      const chunk = buffer.subarray(0, bytesRead);
      if (position === 0 && type.extensions.includes('json') && !/^(\uFEFF)?\s*[[{"\-\dtfn]/.test(chunk.subarray(0, 4096).toString('utf8'))) {
        return refuse('content_differs', 'The file is named like a JSON document, but its content does not start like one.');
      }
      if (chunk.includes(0)) return refuse('content_differs', `The file is named like a ${type.name}, but holds NUL bytes. Save it as UTF-8 text.`);
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

async function checkImage(path: string, type: UploadType): Promise<UploadVerdict | null> {
  let size: { width: number; height: number };
  try {
    size = imageSize(await head(path, IMAGE_HEADER_BYTES));
  } catch {
    return refuse('image_unreadable', `The dimensions of the ${type.name} cannot be read. Export it again.`);
  }
  if (!(size.width > 0 && size.height > 0)) return refuse('image_unreadable', `The ${type.name} has no area. Export it again.`);
  return size.width * size.height > MAX_IMAGE_PIXELS
    ? refuse('image_too_large', `The image has ${size.width} x ${size.height} pixels; at most ${MAX_IMAGE_PIXELS} in all are allowed. Scale it down.`)
    : null;
}

async function head(path: string, length: number): Promise<Uint8Array> {
  const handle: FileHandle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
