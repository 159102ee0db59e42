import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import { inspectArchive } from './archive-inspection.js';
import { checkFileName, checkUpload } from './upload-check.js';
import { UPLOAD_TYPES, allowedExtensions } from './upload-type.js';

const folder = mkdtempSync(join(tmpdir(), 'upload-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const store = (content: Buffer | string): { path: string; size: number } => {
  const path = join(folder, String((made += 1)));
  writeFileSync(path, content);
  return { path, size: Buffer.byteLength(content) };
};
const verdict = async (fileName: string, content: Buffer | string, declaredType = ''): Promise<string> => {
  const result = await checkUpload({ ...store(content), fileName, declaredType });
  return result.ok ? result.mediaType : result.error.code;
};

interface Entry { readonly name: string; readonly content?: Buffer | string; readonly mode?: number; readonly compress?: boolean }
async function zipOf(entries: readonly Entry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content = 'text', mode = 0o100644, compress = true } of entries) zip.addBuffer(Buffer.from(content), name, { mode, compress, mtime: new Date(0) });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
/** Same length, so that every offset stays right. */
const rename = (zip: Buffer, from: string, to: string): Buffer => {
  const patched = Buffer.from(zip);
  for (let at = patched.indexOf(from); at >= 0; at = patched.indexOf(from, at + 1)) patched.write(to, at);
  return patched;
};
const centralDirectory = (zip: Buffer): number => zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));

const crcTable = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc32 = (data: Buffer): number => (data.reduce((crc, byte) => (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const u32 = (n: number): Buffer => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; };
const chunk = (type: string, data: Buffer): Buffer => { const body = Buffer.concat([Buffer.from(type), data]); return Buffer.concat([u32(data.length), body, u32(crc32(body))]); };
const png = (width: number, height: number): Buffer => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])])), chunk('IDAT', deflateSync(Buffer.alloc(16))), chunk('IEND', Buffer.alloc(0))]);
const jpeg = (width: number, height: number): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
  Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]), Buffer.from([0xff, 0xd9])]);
const webp = (width: number, height: number): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBPVP8X'), Buffer.from([10, 0, 0, 0, 0, 0, 0, 0]), Buffer.from([(width - 1) & 255, ((width - 1) >> 8) & 255, (width - 1) >> 16, (height - 1) & 255, ((height - 1) >> 8) & 255, (height - 1) >> 16])]);
  const size = Buffer.alloc(4); size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), size, body]);
};
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const contentTypes = (part: string): string => `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`;
const openXml = (part: string, more: readonly Entry[] = []): Promise<Buffer> => zipOf([{ name: '[Content_Types].xml', content: contentTypes(part) }, { name: '_rels/.rels', content: '<x/>' }, ...more]);
const docx = (more?: readonly Entry[]) => openXml('wordprocessingml.document', more);
const xlsx = (more?: readonly Entry[]) => openXml('spreadsheetml.sheet', more);

describe('what is accepted', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>, string, string]>([
    ['report.pdf', () => pdf, 'application/pdf', 'application/pdf'],
    ['Report.PDF', () => pdf, 'application/octet-stream', 'application/pdf'],
    ['shot.png', () => png(4, 4), 'image/png', 'image/png'],
    ['photo.jpg', () => jpeg(640, 480), 'image/jpeg', 'image/jpeg'],
    ['photo.jpeg', () => jpeg(640, 480), 'image/jpg', 'image/jpeg'],
    ['photo.webp', () => webp(640, 480), 'image/webp', 'image/webp'],
    ['policy.docx', () => docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['chart.docx', () => docx([{ name: 'word/embeddings/sheet.xlsx', content: 'inner' }]), '', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['table.xlsx', () => xlsx(), 'application/zip', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['bundle.zip', () => zipOf([{ name: 'a/b.txt' }, { name: 'c.pdf', content: pdf }]), 'application/x-zip-compressed', 'application/zip'],
    ['rows.csv', () => 'a;b\r\n1;\xe4\r\n', 'application/vnd.ms-excel', 'text/csv'],
    ['rows.csv', () => 'a,b\n1,2\n', 'text/csv; charset=utf-8', 'text/csv'],
    ['run.json', () => '\uFEFF{"ok":true}', 'application/json', 'application/json'],
    ['notes.md', () => '# Title\n', 'text/markdown', 'text/markdown'],
    ['out.log', () => '\u001b[31mred\u001b[0m\n', 'text/plain', 'text/plain'],
    ['feed.txt', () => '<?xml version="1.0"?><a/>', 'text/plain', 'text/plain'],
  ])('%s', async (name, content, declared, mediaType) => {
    expect(await verdict(name, await content(), declared)).toBe(mediaType);
  });
});

describe('what is refused', () => {
  it.each<[string, string, () => Buffer | string | Promise<Buffer>, string, string]>([
    ['a type that is not on the list', 'page.html', () => '<html></html>', 'text/html', 'type_not_allowed'],
    ['a drawing that may hold a script', 'drawing.svg', () => '<svg/>', 'image/svg+xml', 'type_not_allowed'],
    ['a program behind a second extension', 'report.pdf.exe', () => 'MZ', '', 'type_not_allowed'],
    ['no extension', 'report', () => pdf, 'application/pdf', 'type_not_allowed'],
    ['an empty file', 'report.pdf', () => '', 'application/pdf', 'empty'],
    ['a name with a folder', '../report.pdf', () => pdf, 'application/pdf', 'name_not_allowed'],
    ['a declared type that differs', 'report.pdf', () => pdf, 'image/png', 'declared_type_differs'],
    ['a page declared as text table', 'rows.csv', () => 'a,b', 'text/html', 'declared_type_differs'],
    ['a PNG named pdf', 'report.pdf', () => png(4, 4), 'application/pdf', 'content_differs'],
    ['a zip named csv', 'rows.csv', () => zipOf([{ name: 'a.txt' }]), 'text/csv', 'content_differs'],
    ['a zip named docx', 'policy.docx', () => zipOf([{ name: 'a.txt' }]), '', 'content_differs'],
    ['a workbook named docx', 'policy.docx', () => xlsx(), '', 'content_differs'],
    ['a document named zip', 'bundle.zip', () => docx(), '', 'content_differs'],
    ['a program named txt', 'run.txt', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Buffer.alloc(60)]), 'text/plain', 'content_differs'],
    ['text with NUL bytes', 'run.txt', () => 'abc\0def', 'text/plain', 'content_differs'],
    ['NUL bytes far behind the start', 'run.txt', () => `${'x'.repeat(600_000)}\0`, 'text/plain', 'content_differs'],
    ['a page named json', 'run.json', () => '<html>', 'application/json', 'content_differs'],
    ['an image of too many pixels', 'shot.png', () => png(10_000, 5_001), 'image/png', 'image_too_large'],
    ['a JPEG of too many pixels', 'photo.jpg', () => jpeg(60_000, 60_000), 'image/jpeg', 'image_too_large'],
    ['a WebP of too many pixels', 'photo.webp', () => webp(10_000, 10_000), 'image/webp', 'image_too_large'],
    ['an image without area', 'shot.png', () => png(0, 10), 'image/png', 'image_unreadable'],
    ['a JPEG that ends in its header', 'photo.jpg', () => jpeg(4, 4).subarray(0, 22), 'image/jpeg', 'image_unreadable'],
    ['a nested archive', 'bundle.zip', () => zipOf([{ name: 'a.txt' }, { name: 'inner.ZIP' }]), '', 'archive_nested'],
    ['a document inside an archive', 'bundle.zip', () => zipOf([{ name: 'inner.docx' }]), '', 'archive_nested'],
    ['an archive inside a document', 'policy.docx', () => docx([{ name: 'word/embeddings/x.tar' }]), '', 'archive_nested'],
    ['a symbolic link', 'bundle.zip', () => zipOf([{ name: 'link', content: '/etc/passwd', mode: 0o120777 }]), '', 'archive_symlink'],
    ['a symbolic link in a document', 'policy.docx', () => docx([{ name: 'word/link', content: '/etc/passwd', mode: 0o120777 }]), '', 'archive_symlink'],
    ['a climbing name', 'bundle.zip', async () => rename(await zipOf([{ name: 'ab/evil.txt' }]), 'ab/evil.txt', '../evil.txt'), '', 'archive_path'],
    ['an absolute name', 'bundle.zip', async () => rename(await zipOf([{ name: 'a/evil.txt' }]), 'a/evil.txt', '//evil.txt'), '', 'archive_path'],
    ['a drive letter', 'bundle.zip', async () => rename(await zipOf([{ name: 'ab/evil.txt' }]), 'ab/evil.txt', 'C:/evil.txt'), '', 'archive_path'],
    ['a climbing name with backslashes', 'bundle.zip', async () => rename(await zipOf([{ name: 'ab/evil.txt' }]), 'ab/evil.txt', '..\\evil.txt'), '', 'archive_path'],
    ['a NUL in a name', 'bundle.zip', async () => rename(await zipOf([{ name: 'abcdevil.txt' }]), 'abcdevil.txt', 'abcd\0vil.txt'), '', 'archive_path'],
    ['a name twice', 'bundle.zip', async () => rename(await zipOf([{ name: 'one.txt' }, { name: 'two.txt' }]), 'two.txt', 'one.txt'), '', 'archive_duplicate'],
    ['an encrypted entry', 'bundle.zip', async () => { const zip = await zipOf([{ name: 'a.txt' }]); const at = centralDirectory(zip) + 8; zip.writeUInt16LE(zip.readUInt16LE(at) | 1, at); return zip; }, '', 'archive_encrypted'],
    ['too many entries', 'bundle.zip', () => zipOf(Array.from({ length: 1_001 }, (_, n) => ({ name: `${n}.txt`, compress: false }))), '', 'archive_too_many_entries'],
    ['a bomb', 'bundle.zip', () => zipOf([{ name: 'a.bin', content: Buffer.alloc(2_000_000) }]), '', 'archive_ratio'],
    ['a bomb in a document', 'table.xlsx', () => xlsx([{ name: 'xl/a.bin', content: Buffer.alloc(2_000_000) }]), '', 'archive_ratio'],
    ['a bomb in many small entries', 'bundle.zip', () => zipOf(Array.from({ length: 6 }, (_, n) => ({ name: String(n), content: Buffer.alloc(1_000_000) }))), '', 'archive_ratio'],
    ['a claim to unpack to more than the limit', 'bundle.zip', async () => { const zip = await zipOf([{ name: 'a.bin', content: Buffer.alloc(3_000_000, 'ab') }]); zip.writeUInt32LE(0xf0000000, centralDirectory(zip) + 24); return zip; }, '', 'archive_ratio'],
    ['entries that claim more bytes than the file has', 'bundle.zip', async () => { const zip = await zipOf([{ name: 'a.txt' }]); const at = centralDirectory(zip); zip.writeUInt32LE(5_000, at + 20); zip.writeUInt32LE(5_000, at + 24); return zip; }, '', 'archive_overlap'],
    ['a zip that ends too early', 'bundle.zip', async () => (await zipOf([{ name: 'a.txt' }])).subarray(0, 60), '', 'archive_broken'],
  ])('%s', async (_what, name, content, declared, code) => {
    expect(await verdict(name, await content(), declared)).toBe(code);
  });

  it('says what to do', async () => {
    const result = await checkUpload({ ...store('<svg/>'), fileName: 'a.svg', declaredType: '' });
    expect(result).toEqual({ ok: false, error: { path: 'file', code: 'type_not_allowed', message: `Files ending in ".svg" are not accepted as evidence. Use one of: ${allowedExtensions()}.` } });
  });

  it('names no type that a browser runs', () => {
    expect(UPLOAD_TYPES.filter((t) => /html|svg|script|xml\b/.test(t.mediaType) && !t.mediaType.includes('openxmlformats'))).toEqual([]);
  });
});

describe('limits of an archive', () => {
  const limits = { entries: 3, unpackedBytes: 1_000, ratio: 100, ratioFromBytes: 1_024 };
  it('holds exactly at the limit and refuses one beyond it', async () => {
    const inspect = async (entries: readonly Entry[]) => { const { path, size } = store(await zipOf(entries)); return (await inspectArchive(path, size, false, limits))?.code ?? null; };
    expect(await inspect([1, 2, 3].map((n) => ({ name: `${n}` })))).toBeNull();
    expect(await inspect([1, 2, 3, 4].map((n) => ({ name: `${n}` })))).toBe('archive_too_many_entries');
    expect(await inspect([{ name: 'a', content: Buffer.alloc(1_000, 'x'), compress: false }])).toBeNull();
    expect(await inspect([{ name: 'a', content: Buffer.alloc(600, 'x'), compress: false }, { name: 'b', content: Buffer.alloc(401, 'x'), compress: false }])).toBe('archive_too_large');
  });

  it('answers for any bytes, and never throws', async () => {
    const good = await zipOf([{ name: 'a.txt', content: 'abc' }, { name: 'b/c.txt', content: 'def' }]);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(good.length), async (patches, cut) => {
      const bytes = Buffer.from(good);
      for (const [at, value] of patches) bytes[at] = value;
      const { path, size } = store(bytes.subarray(0, cut));
      const finding = await inspectArchive(path, size, false);
      expect(finding === null || finding.message.length > 0).toBe(true);
    }), { numRuns: 150, seed: 7 });
  });
});

describe('file names', () => {
  it('are one plain name', () => {
    for (const good of ['a.pdf', 'Übersicht 2026 (Q1).xlsx', '報告.pdf', `${'a'.repeat(251)}.pdf`]) expect(checkFileName(good)).toBeNull();
    for (const bad of ['', ' ', '.', '..', 'a/b.pdf', 'a\\b.pdf', 'a\nb.pdf', 'a\0.pdf', 'fdp.\u202eexe', '\ud800.pdf', `${'a'.repeat(252)}.pdf`]) expect(checkFileName(bad)).not.toBeNull();
  });
});
