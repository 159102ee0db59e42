import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const importsOf = (file: string): string[] => ts.preProcessFile(readFileSync(join(import.meta.dirname, file), 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);

/** Every file that one of them leads to, and every package. */
const reachable = (entry: string): { files: Set<string>; packages: Set<string> } => {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('./')) files.add(specifier.slice(2).replace(/\.js$/, '.ts'));
      else packages.add(specifier);
    }
  }
  return { files, packages };
};

describe('the door for browsers', () => {
  it('reaches nothing that only Node has', () => {
    const { files, packages } = reachable('browser.ts');
    expect([...packages].sort()).toEqual(['@noble/hashes/sha2.js']);
    expect(files.has('verify-pack.ts')).toBe(true);
    for (const file of files) expect({ file, usesBuffer: /\bBuffer\b|\bprocess\./.test(readFileSync(join(import.meta.dirname, file), 'utf8')) }).toEqual({ file, usesBuffer: false });
  });

  it('would see it: the door of Node reaches the file system', () => {
    expect([...reachable('index.ts').packages]).toContain('node:fs/promises');
  });
});
