import { describe, expect, it } from '@jest/globals';
import { isPortablePath } from '@roster/pack-verify';
import fc from 'fast-check';
import { safeFileName } from './safe-file-name.js';

/** Plain characters beside all others but half a surrogate pair. */
const anyCharacter = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })).map((code) => String.fromCodePoint(code));

describe('safeFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'], ['Prüfbericht 2026 (final).pdf', 'Prufbericht_2026_final.pdf'], ['../../etc/passwd', 'etc_passwd'], ['../../etc', 'etc'], ['.env', 'file.env'], ['...', 'file'], ['', 'file'], ['日本語.docx', 'file.docx'],
    ['a'.repeat(300) + '.pdf', `${'a'.repeat(80)}.pdf`], ['no-ending', 'no-ending'], ['CON .', 'CON'], ['a.tar.gz', 'a.tar.gz'], ['x.😀', 'x'],
  ])('%j becomes %j', (name, expected) => expect(safeFileName(name)).toBe(expected));

  it('always fits into a pack', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (name) => isPortablePath(`data/evidence/019a0000-0000-7000-8000-000000000001/v1/${safeFileName(name)}`)), { numRuns: 500 });
  });
});
