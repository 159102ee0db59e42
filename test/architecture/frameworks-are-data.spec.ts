import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TIER_POLICY_PRESET } from '@roster/contracts';
import { computeCoverage, noEvidence } from '@roster/evidence';
import { FrameworkCatalogue, parseEdition, requirementsOf } from '@roster/frameworks';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
const SKIPPED = new Set(['node_modules', 'dist', 'generated', '.nx', '.roster']);
/** Texts that may repeat what the catalogue says: the catalogue itself. Everything else has to read it. */
const CATALOGUE = join('libs', 'domain', 'frameworks', 'catalogue');

function files(directory: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : files(path, wanted);
    return wanted(entry.name) ? [path] : [];
  });
}
const isTest = (name: string): boolean => /\.(spec|medium-spec|http-spec)\.tsx?$/.test(name);

/** Strings, templates, regular expressions and names of a source file; comments may explain, they decide nothing. */
function wordsOf(path: string): { text: string; line: number }[] {
  const text = readFileSync(path, 'utf8');
  // Most files do not even mention such a word in a comment; parsing them would take nearly all of the time of this test.
  if (!MENTIONS.some((pattern) => pattern.test(text))) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const words: { text: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
      || ts.isRegularExpressionLiteral(node) || ts.isJsxText(node)) {
      words.push({ text: node.text, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return words;
}
/** SQL and JSON without their comments. */
const linesOf = (path: string): { text: string; line: number }[] =>
  readFileSync(path, 'utf8').split('\n').map((text, index) => ({ text: path.endsWith('.sql') ? text.replace(/--.*$/, '') : text, line: index + 1 }));

const catalogue = FrameworkCatalogue.load();
const assessable = catalogue.editions().filter((e) => e.assessable);
const domains = assessable.flatMap((e) => e.domains);
const names = [...new Set(domains.map((d) => d.name))];
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Everything that only somebody who knows the content of an edition could write. */
const KNOWLEDGE: readonly [what: string, pattern: RegExp][] = [
  ['an id of a domain or criterion', /\bPSF[-_ ]?\d/i],
  ['a domain by its name', new RegExp(`\\b(${names.filter((name) => name.includes(' ')).map(escape).join('|')})\\b`)],
  ['a domain by its name', new RegExp(`^['"]?(${names.filter((name) => !name.includes(' ')).map(escape).join('|')})['"]?$`)],
  ['a domain by its slug', new RegExp(`(^|['"\`/])(${[...new Set(domains.map((d) => d.slug).filter((slug) => slug.includes('-')))].map(escape).join('|')})($|['"\`/])`)],
  ['the number of domains', /\b(eight|8|five|5)[ _-](psf[ _-])?(domains?|criteria|criterion)\b/i],
];
/** The same without their ends, for whole files. */
const MENTIONS = KNOWLEDGE.map(([, pattern]) => new RegExp(pattern.source.replaceAll('^', '').replaceAll('$', ''), pattern.flags));
/** `psf-1.1` is an edition id, which settings and requests name; it is not the id of anything inside an edition. */
const withoutEditionIds = (text: string): string => catalogue.editions().reduce((rest, e) => rest.replaceAll(e.id, ''), text);

const found = (path: string, words: { text: string; line: number }[]): string[] =>
  words.flatMap(({ text, line }) => KNOWLEDGE.filter(([, pattern]) => pattern.test(withoutEditionIds(text)))
    .map(([what]) => `${relative(ROOT, path)}:${line} knows ${what}: ${text.trim().slice(0, 80)}`));

describe('frameworks are data', () => {
  it('no source file knows a domain, a criterion, or how many there are', () => {
    const sources = ['apps', 'libs'].flatMap((top) => files(join(ROOT, top), (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && !isTest(name)))
      // The gallery shows components with made-up samples, as a test would.
      .filter((path) => !path.includes('/web/src/gallery/'));
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap((path) => found(path, wordsOf(path)))).toEqual([]);
  });

  it('no migration, tree or other data file outside the catalogue knows one either', () => {
    const data = ['apps', 'libs'].flatMap((top) => files(join(ROOT, top), (name) => name.endsWith('.sql') || name.endsWith('.json')))
      .filter((path) => !relative(ROOT, path).startsWith(CATALOGUE));
    expect(data.filter((path) => path.endsWith('.sql')).length).toBeGreaterThan(2);
    expect(data.flatMap((path) => found(path, linesOf(path)))).toEqual([]);
  });

  it('notices the knowledge it looks for', () => {
    const knows = (text: string) => KNOWLEDGE.filter(([, pattern]) => pattern.test(withoutEditionIds(text))).map(([what]) => what);
    expect(knows('PSF-3')).toEqual(['an id of a domain or criterion']);
    expect(knows('psf_07')).toEqual(['an id of a domain or criterion']);
    expect(knows('psf-1.1/PSF-3.1')).toEqual(['an id of a domain or criterion']);
    expect(knows('close Data Protection first')).toEqual(['a domain by its name']);
    expect(knows('Observability')).toEqual(['a domain by its name']);
    expect(knows('Strict-Transport-Security')).toEqual([]);
    expect(knows('incident-response')).toEqual(['a domain by its slug']);
    expect(knows('across the eight domains')).toEqual(['the number of domains']);
    expect(knows('psf-1.1')).toEqual([]);
    expect(knows('psf-definition-2026-04')).toEqual([]);
    expect(found('x.ts', [{ text: 'PSF-7', line: 3 }])).toHaveLength(1);
  });

  it('coverage works on an edition of three domains that nobody has seen', () => {
    const edition = parseEdition({
      id: 'harbour-rules-7', title: 'Harbour rules', status: 'current', date: '2031-02', licence: null, attribution: 'Nobody', source: null, numbering: 'Roman',
      assessable: true, freezeDomains: ['II'], monitoringDomain: 'III', toolBlockingDomains: ['I'], drillRequirements: {}, changes: [],
      domains: ['I', 'II', 'III'].map((id, n) => ({
        id, slug: `rule-${n}`, name: `Rule ${id}`, nameBasis: 'source', summary: 'S', aliases: [], sources: [],
        criteria: Array.from({ length: n + 2 }, (_, c) => ({ id: `${id}.${c}`, title: `Criterion ${c}`, statement: 'Do it.', basis: 'source', facets: [] })),
      })),
    }, 'harbour-rules-7.json');
    const coverage = (tier: 'low' | 'medium' | 'high', executesTools: 'yes' | 'no') => computeCoverage({
      edition, requirements: requirementsOf(edition), inputs: noEvidence('w'), tier, tierPolicy: TIER_POLICY_PRESET, executesTools, now: new Date('2031-03-01T00:00:00Z'),
    });
    expect(coverage('low', 'no').domains.map((d) => [d.name, d.required.total])).toEqual([['Rule I', 1], ['Rule II', 1], ['Rule III', 1]]);
    expect(coverage('low', 'yes').domains.map((d) => d.required.total)).toEqual([2, 1, 1]);
    expect(coverage('medium', 'no').domains.map((d) => d.required.total)).toEqual([2, 3, 3]);
    expect(coverage('high', 'no').required).toEqual({ met: 0, total: 9, missing: requirementsOf(edition).map((r) => r.key) });
  });
});
