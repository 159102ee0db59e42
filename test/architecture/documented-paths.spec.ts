import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesUnder, PACKAGES, read, ROOT } from './source-tree.js';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...filesUnder('docs')].filter((path) => path.endsWith('.md') && existsSync(join(ROOT, path)));
/** First folders of the repository: a text in backticks that starts with one of these is a path. */
const ROOMS = /^(apps|libs|test|tools|docs|infra|\.ci)\//;

/** Paths a document names: targets of links, and texts in backticks that look like one. */
const pathsIn = (document: string): string[] => {
  const text = read(document).replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(document), link));
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, quote = '']) => quote).filter((quote) => ROOMS.test(quote) && !/[*<>{}…$]/.test(quote));
  return [...links, ...quoted];
};

describe('rule 12: what the documents name exists', () => {
  it.each(DOCUMENTS)('%s', (document) => {
    expect(pathsIn(document).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('covers README and architecture, and finds paths in them', () => {
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
    expect(pathsIn('docs/architecture.md').length).toBeGreaterThan(20);
  });

  it('has every library and app on the map', () => {
    const map = read('docs/architecture.md');
    expect([...PACKAGES.values()].filter((root) => !map.includes(`\`${root}\``))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const scripts = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts));
    const builtIn = new Set(['ci', 'install', 'i', 'start', 'test', 'audit', 'exec', 'link']);
    const wrong = DOCUMENTS.flatMap((document) => [...read(document).matchAll(/npm run ([a-z:-]+)/g)].map(([, script = '']) => script).filter((script) => !scripts.has(script) && !builtIn.has(script)).map((script) => `${document}: npm run ${script}`));
    expect(wrong).toEqual([]);
  });

  it('names only commands and options of roster and roster-ops that exist', () => {
    const sources = { roster: read('apps/cli/src/main.ts'), 'roster-ops': read('apps/ops/src/main.ts') };
    const named = DOCUMENTS.flatMap((document) => [...read(document).matchAll(/(?:npx |`)(roster(?:-ops)?) ([a-z][a-z-]*)([^`\n]*)/g)].map(([text, program, command, rest]) => ({ text, document, program, command, rest })));
    const wrong = named.filter(({ program, command, rest }) => {
      const source = sources[program as keyof typeof sources];
      const options = [...(rest ?? '').replace(/ # .*/, '').matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => option);
      return !source.includes(`.command('${command ?? ''}'`) || options.some((option) => !new RegExp(`'(-\\w, )?${option}[ ']`).test(source));
    });
    expect(wrong.map(({ document, text }) => `${document}: ${text}`)).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });
});
