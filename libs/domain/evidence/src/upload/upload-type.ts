/** How the bytes of a type are recognised: by the name `file-type` gives them, or as text, which has no signature. */
type Recognition = { readonly magic: string } | 'text';

/** One kind of file that may be evidence. Extension, declared type and content have to agree on one of these rows. */
export interface UploadType {
  readonly name: string;
  readonly extensions: readonly string[];
  /** What it is stored and served as. */
  readonly mediaType: string;
  /** What clients also declare for it. */
  readonly alsoDeclaredAs: readonly string[];
  readonly recognition: Recognition;
  /** What is looked at inside. */
  readonly inspect: 'archive' | 'image' | null;
  /** Other packages of documents embedded in it are usual (a chart in a text document holds its sheet). */
  readonly mayEmbedDocuments?: true;
}

const ZIP = ['application/zip', 'application/x-zip-compressed', 'application/x-zip'];
const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/** The allow-list. Nothing that a browser would run is on it: no HTML, SVG or script. */
export const UPLOAD_TYPES: readonly UploadType[] = [
  { name: 'PDF', extensions: ['pdf'], mediaType: 'application/pdf', alsoDeclaredAs: [], recognition: { magic: 'pdf' }, inspect: null },
  { name: 'PNG image', extensions: ['png'], mediaType: 'image/png', alsoDeclaredAs: [], recognition: { magic: 'png' }, inspect: 'image' },
  { name: 'JPEG image', extensions: ['jpg', 'jpeg'], mediaType: 'image/jpeg', alsoDeclaredAs: ['image/jpg'], recognition: { magic: 'jpg' }, inspect: 'image' },
  { name: 'WebP image', extensions: ['webp'], mediaType: 'image/webp', alsoDeclaredAs: [], recognition: { magic: 'webp' }, inspect: 'image' },
  { name: 'Word document', extensions: ['docx'], mediaType: `${OPEN_XML}.wordprocessingml.document`, alsoDeclaredAs: ZIP, recognition: { magic: 'docx' }, inspect: 'archive', mayEmbedDocuments: true },
  { name: 'Excel workbook', extensions: ['xlsx'], mediaType: `${OPEN_XML}.spreadsheetml.sheet`, alsoDeclaredAs: ZIP, recognition: { magic: 'xlsx' }, inspect: 'archive', mayEmbedDocuments: true },
  { name: 'ZIP archive', extensions: ['zip'], mediaType: 'application/zip', alsoDeclaredAs: ZIP, recognition: { magic: 'zip' }, inspect: 'archive' },
  { name: 'CSV table', extensions: ['csv'], mediaType: 'text/csv', alsoDeclaredAs: ['text/plain', 'application/csv', 'application/vnd.ms-excel'], recognition: 'text', inspect: null },
  { name: 'JSON document', extensions: ['json'], mediaType: 'application/json', alsoDeclaredAs: ['text/json', 'text/plain'], recognition: 'text', inspect: null },
  { name: 'Markdown text', extensions: ['md'], mediaType: 'text/markdown', alsoDeclaredAs: ['text/x-markdown', 'text/plain'], recognition: 'text', inspect: null },
  { name: 'Plain text', extensions: ['txt', 'log'], mediaType: 'text/plain', alsoDeclaredAs: ['text/x-log'], recognition: 'text', inspect: null },
];

/** Declared by clients that do not know the type of what they send. */
export const UNDECLARED = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/** Lower-case extension without the dot; empty when there is none. */
export const extensionOf = (fileName: string): string => /\.([^.\s]{1,16})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
export const uploadTypeOf = (fileName: string): UploadType | null => UPLOAD_TYPES.find((t) => t.extensions.includes(extensionOf(fileName))) ?? null;
export const allowedExtensions = (): string => UPLOAD_TYPES.flatMap((t) => t.extensions).join(', ');
