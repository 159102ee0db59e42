import { describe, expect, it } from '@jest/globals';
import { DOMAIN_EDGES, mayImport, placeOf } from '../../tools/nx/project-layout.mjs';
import { importsOf, isTest, PACKAGES, projectOf, read, SOURCES, target } from './source-tree.js';

const EXISTING = new Set(SOURCES);
const EDGES = SOURCES.flatMap(importsOf);

/** Strongly connected groups of more than one file (Tarjan), or a file that imports itself. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1 || (graph.get(node) ?? []).includes(node)) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}
/** Whether an edge is needed when the file loads. A dialog of the web that is fetched when it is opened is not. */
const atLoad = ({ from, specifier }: { from: string; specifier: string }): boolean => !from.endsWith('.tsx') || read(from).includes(`from '${specifier}'`) || read(from).includes(`import '${specifier}'`);
const graphOf = (files: readonly string[]): Map<string, string[]> => new Map(files.map((file) => [file,
  EDGES.filter((edge) => edge.from === file && atLoad(edge)).flatMap((edge) => target(edge, EXISTING) ?? [])]));

describe('rule 1: the graph of imports', () => {
  it('has no cycle, type imports included', () => {
    expect(cycles(graphOf(SOURCES.filter((file) => !isTest(file))))).toEqual([]);
  });

  it('would see a cycle if there were one', () => {
    expect(cycles(new Map([['a', ['b']], ['b', ['c']], ['c', ['a']], ['d', ['a', 'd']]]))).toEqual([['a', 'b', 'c'], ['d']]);
  });
});

describe('floors and edges', () => {
  it('gives every package a place, and its name follows from it', () => {
    for (const [name, root] of PACKAGES) expect({ root, name }).toEqual({ root, name: `@roster/${placeOf(root)?.scope ?? 'has no place in tools/nx/project-layout.mjs'}` });
  });

  it('lets imports go downward and along listed domain edges only', () => {
    const wrong = EDGES.filter(({ from }) => !isTest(from)).flatMap((edge) => {
      const from = projectOf(edge.from);
      const file = target(edge, EXISTING);
      const to = file === null ? null : projectOf(file);
      return from && to && !mayImport(from, to) ? [`${edge.from} imports ${edge.specifier}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('lets tests of a library use @roster/testing and what lies below or beside it, never an app', () => {
    const wrong = EDGES.filter(({ from }) => isTest(from) && from.startsWith('libs/') && !from.startsWith('libs/testing/')).flatMap((edge) => {
      const file = target(edge, EXISTING);
      return file?.startsWith('apps/') ? [`${edge.from} imports ${edge.specifier}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps @roster/testing out of everything that ships', () => {
    expect(EDGES.filter(({ from, specifier }) => !isTest(from) && /^@roster\/testing/.test(specifier)).map(({ from }) => from)).toEqual([]);
  });

  it('has acyclic domain edges, the same as docs/architecture.md', () => {
    expect(cycles(new Map(Object.entries(DOMAIN_EDGES)))).toEqual([]);
    const table = read('docs/architecture.md').split('## Domain edges')[1]?.split('\n## ')[0] ?? '';
    const documented = new Map([...table.matchAll(/^\| ([a-z, -]+) \| ([a-z, -]+) \|$/gm)].flatMap(([, from = '', to = '']) =>
      from.split(', ').map((name) => [name, to === 'none' ? [] : to.split(', ')] as const)));
    for (const [name, edges] of Object.entries(DOMAIN_EDGES)) {
      const written = documented.get(name) ?? ['(not in the table)'];
      const expected = written[0] === 'public queries of all' ? Object.keys(DOMAIN_EDGES).filter((other) => other !== name && !(DOMAIN_EDGES[other] ?? []).includes(name)) : written;
      expect({ name, edges: [...edges].sort() }).toEqual({ name, edges: [...expected].sort() });
    }
  });
});

describe('rule 2: one door per library', () => {
  it('has one index.ts per library, in src, and none inside', () => {
    for (const root of PACKAGES.values()) {
      if (!root.startsWith('libs/')) continue;
      expect({ root, doors: SOURCES.filter((file) => file.startsWith(`${root}/`) && file.endsWith('/index.ts')) }).toEqual({ root, doors: [`${root}/src/index.ts`] });
    }
  });

  it('imports another library by its name and nothing behind it', () => {
    expect(EDGES.filter(({ specifier }) => /^@roster\/[^/]+\/./.test(specifier)).map(({ from, specifier }) => `${from}: ${specifier}`)).toEqual([]);
  });

  it('keeps relative imports inside the library, with .js, and never goes through its own door', () => {
    const wrong = EDGES.filter(({ from, specifier }) => specifier.startsWith('.') && /^(apps|libs)\//.test(from)).flatMap((edge) => {
      const file = target(edge, EXISTING) ?? '';
      const inside = projectOf(edge.from)?.root === projectOf(file)?.root;
      const own = file.endsWith('/src/index.ts');
      return inside && !own && /\.(js|json|css)$/.test(edge.specifier) ? [] : [`${edge.from}: ${edge.specifier}`];
    });
    expect(wrong).toEqual([]);
  });

  it('leaves no empty room: a library that exists exports something', () => {
    for (const root of PACKAGES.values()) if (root.startsWith('libs/')) expect(`${root}: ${read(`${root}/src/index.ts`)}`).not.toMatch(/: export \{\};\s*$/);
  });
});
