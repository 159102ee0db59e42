import { describe, expect, it } from '@jest/globals';
import { bagInfoValue, formatBagInfo, formatManifestLine, isPortablePath, parseManifest } from './bag.js';

const HASH = 'a'.repeat(64);

describe('paths in a pack', () => {
  it.each(['data/a.csv', 'VERIFY.md', 'data/evidence/0190-aa/v1/Report_2.final.pdf'])('takes %s', (path) => expect(isPortablePath(path)).toBe(true));
  it.each(['', '/etc/passwd', '../x', 'a/../b', 'a/./b', 'a//b', 'a/', 'C:/x', 'a\\b', '.hidden', 'a/.b', 'x ', 'a b', 'x.', 'ü', 'a\nb', 'a%0Ab', `${'a/'.repeat(120)}bc`])('refuses %j', (path) => expect(isPortablePath(path)).toBe(false));
});

describe('manifests', () => {
  it('are read as written', () => {
    expect(parseManifest(formatManifestLine('a', HASH) + formatManifestLine('b/c', HASH))).toEqual(new Map([['a', HASH], ['b/c', HASH]]));
    expect(parseManifest('')).toEqual(new Map());
  });
  it.each([
    `${HASH}  b\n${HASH}  a\n`, `${HASH}  a\n${HASH}  a\n`, `${HASH}  a`, `${HASH} a\n`, `${HASH} *a\n`, `${HASH.toUpperCase()}  a\n`, `${HASH}  ../a\n`, `\n${HASH}  a\n`, `${HASH}  a\n\n`, `${HASH}  a\r\n`,
  ])('are refused as %j', (text) => expect(parseManifest(text)).toBeNull());
});

describe('bag-info', () => {
  it('keeps a value on its line and finds it again', () => {
    const text = formatBagInfo([['Source-Organization', 'Acme\nPayload-Oxum: 1.1'], ['Payload-Oxum', '20.2']]);
    expect(text).toBe('Source-Organization: Acme Payload-Oxum: 1.1\nPayload-Oxum: 20.2\n');
    expect(bagInfoValue(text, 'Payload-Oxum')).toBe('20.2');
    expect(bagInfoValue(`${text}Payload-Oxum: 1.1\n`, 'Payload-Oxum')).toBeNull();
  });
});
