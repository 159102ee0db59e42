import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import { CatalogueFileError, digestOf, parseEdition, readCatalogue } from './catalogue-file.js';
import { requirementsOf } from './edition.js';
import { FrameworkCatalogue } from './framework-catalogue.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
  return 'no problem';
};

const small = (): Record<string, unknown> => ({
  id: 'made-up-1', title: 'Made up', status: 'current', date: '2026', licence: null, attribution: 'Nobody', source: null, numbering: 'letters',
  assessable: true, freezeDomains: ['B'], monitoringDomain: 'A', toolBlockingDomains: [], drillRequirements: { rollback: ['B.1'] }, changes: [],
  domains: ['A', 'B'].map((id) => ({
    id, slug: id.toLowerCase(), name: `Domain ${id}`, nameBasis: 'source', summary: 'S', aliases: [], sources: [],
    criteria: [{ id: `${id}.1`, title: 'One', statement: 'Do it.', basis: 'source', facets: [] }],
  })),
});

describe('the catalogue files of the product', () => {
  const catalogue = FrameworkCatalogue.load();

  it('hold every edition, assessable ones first', () => {
    expect(catalogue.editions().map((e) => [e.id, e.assessable])).toEqual([
      ['psf-1.1', true], ['psf-definition-2026-04', true],
      ['psf-1.0-framework-page', false], ['psf-ari-2026.1', false], ['psf-dsa-early', false], ['psf-standard-2024', false], ['psf-workflowos-1.0.0', false],
    ]);
  });

  it('hold psf-1.1 as 8 domains with 5 criteria each, 11 of them verified', () => {
    const edition = catalogue.edition('psf-1.1');
    expect(edition.domains.map((d) => d.criteria.length)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
    const verified = edition.domains.flatMap((d) => d.criteria).filter((c) => c.wordingVerified).map((c) => c.key);
    expect(verified).toEqual([1, 2].flatMap((d) => [1, 2, 3, 4, 5].map((n) => `psf-1.1/PSF-${d}.${n}`)).concat('psf-1.1/PSF-3.1'));
    expect(edition.freezeDomains).toEqual(['PSF-3', 'PSF-7']);
    expect(edition.toolBlockingDomains).toEqual(['PSF-6', 'PSF-7']);
    expect(edition.monitoringDomain).toBe('PSF-4');
    expect(edition.attribution).toContain('CC BY 4.0');
    expect(edition.domains.flatMap((d) => d.criteria).find((c) => c.id === 'PSF-8.4')?.title).toBe('Review SLA, DPA and regulatory posture');
  });

  it('hold psf-definition-2026-04 with facets as requirements', () => {
    const requirements = catalogue.requirementsOf('psf-definition-2026-04');
    expect(requirements).toHaveLength(33);
    expect(requirements[0]).toEqual({ key: 'psf-definition-2026-04/PSF-01.legal-basis', criterionKey: 'psf-definition-2026-04/PSF-01', domainId: 'PSF-01', title: 'Legal basis', wordingVerified: true });
    expect(catalogue.edition('psf-definition-2026-04').freezeDomains).toEqual(['PSF-03', 'PSF-07']);
    expect(catalogue.requirementsOf('psf-1.1')).toHaveLength(40);
  });

  it('give the same number another name in another edition', () => {
    const nameOf = (edition: string, id: string) => catalogue.edition(edition).domains.find((d) => d.id === id)?.name;
    expect(nameOf('psf-1.1', 'PSF-3')).toBe('Data Protection');
    expect(nameOf('psf-definition-2026-04', 'PSF-03')).toBe('Production Architecture');
    expect(nameOf('psf-dsa-early', 'PSF-3')).toBe('Observability');
  });

  it('carry a digest that follows content, not formatting', () => {
    const { id, digest } = catalogue.edition('psf-1.1');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(catalogue.editions().map((e) => e.digest)).size).toBe(catalogue.editions().length);
    expect(FrameworkCatalogue.load().edition(id).digest).toBe(digest);
    expect(digestOf({ a: 1, b: [2] })).toBe(digestOf(JSON.parse('{ "b" : [ 2 ], "a" : 1 }')));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
  });

  it('map psf-1.1 to every external framework, and never by number', () => {
    for (const to of ['pai-8', 'nist-ai-rmf-1.0', 'nist-ai-600-1-risks', 'iso-42001-2023', 'eu-ai-act-2024-1689', 'gdpr-2016-679']) {
      const crosswalk = catalogue.crosswalk('psf-1.1', to);
      expect(crosswalk.rows.length).toBeGreaterThan(5);
      expect(crosswalk.rows.every((r) => r.why.length > 0)).toBe(true);
      const covered = new Set([...crosswalk.rows.map((r) => r.from), ...crosswalk.gaps.filter((g) => g.side === 'from').map((g) => g.id)]);
      if (to !== 'gdpr-2016-679') expect(covered.size).toBe(8);
    }
    const between = catalogue.crosswalk('psf-1.1', 'psf-definition-2026-04');
    expect(between.rows.filter((r) => r.relation === 'equivalent').every((r) => Number(r.from.slice(4)) !== Number(r.to.slice(4)))).toBe(true);
    expect(between.rows.find((r) => r.from === 'PSF-3' && r.relation === 'equivalent')?.to).toBe('PSF-01');
  });

  it('keep only ids and short labels of the copyrighted standard', () => {
    const iso = catalogue.reference('iso-42001-2023');
    expect(iso?.entries.filter((e) => e.id.startsWith('A.'))).toHaveLength(38);
    expect(Math.max(...(iso?.entries ?? []).map((e) => e.title.length))).toBeLessThanOrEqual(50);
  });
});

describe('FrameworkCatalogue', () => {
  const catalogue = FrameworkCatalogue.load();

  it('turns a crosswalk around and back', () => {
    const there = catalogue.crosswalk('psf-1.1', 'psf-definition-2026-04');
    const back = catalogue.crosswalk('psf-definition-2026-04', 'psf-1.1');
    expect(back).toMatchObject({ from: 'psf-definition-2026-04', to: 'psf-1.1', inverted: true });
    expect(back.rows.map((r) => `${r.to}>${r.from}:${r.relation}`)).toEqual(there.rows.map((r) => `${r.from}>${r.to}:${r.relation}`));
    expect(back.gaps.filter((g) => g.side === 'from').map((g) => g.id)).toEqual(['PSF-02', 'PSF-07', 'PSF-08']);
  });

  it('finds a reference by its alias', () => {
    expect(catalogue.crosswalk('psf-1.1', 'iso-42001-annex-a').to).toBe('iso-42001-2023');
  });

  it('answers unknown names with what there is', () => {
    expect(codeOf(() => catalogue.edition('psf-9'))).toBe('FRAMEWORKS_EDITION_NOT_FOUND');
    expect(() => catalogue.edition('psf-9')).toThrow(/Known: psf-1\.1, /);
    expect(codeOf(() => catalogue.requirementsOf('psf-9'))).toBe('FRAMEWORKS_EDITION_NOT_FOUND');
    expect(codeOf(() => catalogue.assessable('psf-dsa-early'))).toBe('FRAMEWORKS_EDITION_NOT_ASSESSABLE');
    expect(codeOf(() => catalogue.crosswalk('psf-1.1', 'nothing'))).toBe('FRAMEWORKS_CROSSWALK_NOT_FOUND');
    expect(() => catalogue.crosswalk('psf-1.1', 'nothing')).toThrow(/pai-8/);
  });

  it('resolves full keys anywhere and bare ids only in the preferred edition', () => {
    expect(catalogue.resolveCriterion('psf-1.1/PSF-3.1', 'psf-definition-2026-04')?.requirements.map((r) => r.key)).toEqual(['psf-1.1/PSF-3.1']);
    expect(catalogue.resolveCriterion('PSF-3.1', 'psf-1.1')?.domain.name).toBe('Data Protection');
    expect(catalogue.resolveCriterion('PSF-3.1', 'psf-definition-2026-04')).toBeNull();
    expect(catalogue.resolveCriterion('PSF-07', 'psf-definition-2026-04')?.requirements).toHaveLength(4);
    expect(catalogue.resolveCriterion('PSF-07.rollback-tested', 'psf-definition-2026-04')?.requirements.map((r) => r.title)).toEqual(['Rollback tested']);
    expect(catalogue.resolveCriterion('PSF-3', 'psf-1.1')).toBeNull();
  });
});

describe('parseEdition', () => {
  it('accepts an edition nobody has seen before', () => {
    const edition = parseEdition(small(), 'made-up-1.json');
    expect(edition.domains.map((d) => d.key)).toEqual(['made-up-1/A', 'made-up-1/B']);
    expect(requirementsOf(edition).map((r) => r.key)).toEqual(['made-up-1/A.1', 'made-up-1/B.1']);
  });

  it.each([
    ['a missing field', (e: Record<string, unknown>) => { delete e['attribution']; }, /attribution/],
    ['an unknown field', (e: Record<string, unknown>) => { e['stage'] = 'x'; }, /additional properties/],
    ['a rule that names no domain', (e: Record<string, unknown>) => { e['freezeDomains'] = ['Z']; }, /no domain Z/],
    ['a drill for no requirement', (e: Record<string, unknown>) => { e['drillRequirements'] = { rollback: ['Z.1'] }; }, /no requirement Z\.1/],
    ['an assessable edition without monitoring domain', (e: Record<string, unknown>) => { e['monitoringDomain'] = null; }, /monitoringDomain/],
    ['an assessable domain without criteria', (e: Record<string, unknown>) => { (e['domains'] as { criteria: unknown[] }[])[0]!.criteria = []; }, /criteria/],
    ['the same domain twice', (e: Record<string, unknown>) => { const d = e['domains'] as unknown[]; d.push(d[0]); }, /A occurs twice/],
    ['the same criterion twice', (e: Record<string, unknown>) => { (e['domains'] as { criteria: { id: string }[] }[])[1]!.criteria[0]!.id = 'A.1'; }, /A\.1 occurs twice/],
    ['an id with a slash', (e: Record<string, unknown>) => { e['id'] = 'a/b'; }, /pattern/],
  ])('refuses %s', (_what, breakIt, message) => {
    const content = small();
    breakIt(content);
    expect(() => parseEdition(content, 'made-up-1.json')).toThrow(CatalogueFileError);
    expect(() => parseEdition(content, 'made-up-1.json')).toThrow(message);
  });
});

describe('readCatalogue', () => {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const put = (file: string, content: unknown) => writeFileSync(join(directory, file), typeof content === 'string' ? content : JSON.stringify(content));
  beforeAll(() => ['editions', 'references', 'crosswalks'].forEach((d) => mkdirSync(join(directory, d))));
  afterAll(() => rmSync(directory, { recursive: true }));

  const row = { from: 'A', to: 'B', relation: 'weak', basis: 'expert', why: 'Because' };
  const crosswalk = { id: 'made-up-1--made-up-1', from: 'made-up-1', to: 'made-up-1', basis: 'expert', note: null, rows: [row], gaps: [] };

  it('names the file that is not JSON, is misnamed, or points nowhere', () => {
    put('editions/made-up-1.json', '{');
    expect(() => readCatalogue(directory)).toThrow(/editions\/made-up-1\.json: not JSON/);
    put('editions/made-up-1.json', { ...small(), id: 'other' });
    expect(() => readCatalogue(directory)).toThrow(/file name must be its id/);
    put('editions/made-up-1.json', small());
    put('crosswalks/made-up-1--made-up-1.json', { ...crosswalk, to: 'nowhere' });
    expect(() => readCatalogue(directory)).toThrow(/no nowhere in the catalogue/);
    put('crosswalks/made-up-1--made-up-1.json', { ...crosswalk, rows: [{ ...row, to: 'Z' }] });
    expect(() => readCatalogue(directory)).toThrow(/no made-up-1\/Z/);
    put('crosswalks/made-up-1--made-up-1.json', { ...crosswalk, rows: [row, row] });
    expect(() => readCatalogue(directory)).toThrow(/pair occurs twice/);
    put('crosswalks/made-up-1--made-up-1.json', crosswalk);
    expect(new FrameworkCatalogue(readCatalogue(directory)).crosswalk('made-up-1', 'made-up-1').rows).toEqual([row]);
  });
});
