import { describe, expect, it } from '@jest/globals';
import { COVERAGE_STATUSES, RISK_TIERS, TIER_POLICY_PRESET, TRI_STATES, type CoverageStatus, type RiskTier, type TierPolicy } from '@roster/contracts';
import { FrameworkCatalogue, parseEdition, requirementsOf, type Edition } from '@roster/frameworks';
import fc from 'fast-check';
import { computeCoverage, countingEvidenceOfKind, type CoverageArguments } from './compute-coverage.js';
import { EXCEPTION_KINDS, EXCEPTION_STATUSES, LINK_STATUSES, VERSION_STATUSES, noEvidence, type CoverageInputs, type CoverageVersion } from './coverage-inputs.js';
import { isMet, rankOf, requirementStanding, type Claims } from './requirement-status.js';

const NOW = Date.parse('2026-06-15T12:00:00.000Z');
const iso = (days: number): string => new Date(NOW + days * 86_400_000).toISOString();
const RUNS = { numRuns: 300, seed: 20260615 };

const version = (status: CoverageVersion['status'], more: Partial<CoverageVersion> = {}): CoverageVersion =>
  ({ version: 1, status, effectiveFrom: null, expiresAt: null, ...more });
const item = (itemId: string, versions: CoverageVersion[]) => ({ itemId, kind: 'document' as const, title: `Item ${itemId}`, versions });
const evidence = (itemId: string, versions: CoverageVersion[], link: (typeof LINK_STATUSES)[number] = 'accepted'): Claims['evidence'][number] =>
  ({ item: item(itemId, versions), link: { itemId, requirementKey: 'k', status: link } });
const exception = (kind: (typeof EXCEPTION_KINDS)[number], status: (typeof EXCEPTION_STATUSES)[number], expiresAt: string | null = null) =>
  ({ id: `${kind}-${status}`, kind, requirementKey: 'k', status, expiresAt });
const statusOf = (claims: Partial<Claims>): CoverageStatus => requirementStanding({ evidence: [], exceptions: [], ...claims }, NOW).status;

/** An edition of three domains that nobody has seen: 5 criteria, 1 criterion with 4 facets, 2 criteria. */
const threeDomains: Edition = parseEdition({
  id: 'made-up-1', title: 'Made up', status: 'current', date: null, licence: null, attribution: 'Nobody', source: null, numbering: 'letters',
  assessable: true, freezeDomains: ['B'], monitoringDomain: 'A', toolBlockingDomains: ['C'], drillRequirements: {}, changes: [],
  domains: [['A', 5, 0], ['B', 1, 4], ['C', 2, 0]].map(([id, criteria, facets]) => ({
    id, slug: String(id).toLowerCase(), name: `Domain ${id}`, nameBasis: 'source', summary: 'S', aliases: [], sources: [],
    criteria: Array.from({ length: Number(criteria) }, (_, n) => ({
      id: `${id}.${n + 1}`, title: `Criterion ${n + 1}`, statement: 'Do it.', basis: 'source',
      facets: Array.from({ length: Number(facets) }, (_x, f) => ({ id: `${id}.${n + 1}.f${f + 1}`, name: `Facet ${f + 1}` })),
    })),
  })),
}, 'made-up-1.json');
const requirements = requirementsOf(threeDomains);
const keysOf = (domain: string) => requirements.filter((r) => r.domainId === domain).map((r) => r.key);

const covering = (keys: readonly string[], more: Partial<CoverageInputs> = {}): CoverageInputs => ({
  workloadId: 'w', items: [item('i', [version('accepted')])],
  links: keys.map((requirementKey) => ({ itemId: 'i', requirementKey, status: 'accepted' as const })), exceptions: [], ...more,
});
const compute = (more: Partial<CoverageArguments> = {}) => computeCoverage({
  edition: threeDomains, requirements, inputs: noEvidence('w'), tier: 'low', tierPolicy: TIER_POLICY_PRESET, executesTools: 'no', now: new Date(NOW), ...more,
});

describe('status of one requirement', () => {
  it('follows the precedence of domain.md section 2 for every combination of what can stand behind it', () => {
    const atoms = [
      { status: 'satisfied', evidence: evidence('a', [version('accepted')]) },
      { status: 'waived', exception: exception('exception', 'approved', iso(10)) },
      { status: 'not_applicable', exception: exception('not_applicable', 'approved') },
      { status: 'submitted', evidence: evidence('b', [version('submitted')]) },
      { status: 'expired', evidence: evidence('c', [version('accepted', { expiresAt: iso(-1) })]) },
      { status: 'rejected', evidence: evidence('d', [version('rejected')]) },
    ] as const;
    for (let subset = 0; subset < 2 ** atoms.length; subset += 1) {
      const chosen = atoms.filter((_, bit) => (subset & (1 << bit)) !== 0);
      const claims: Claims = {
        evidence: chosen.flatMap((a) => ('evidence' in a ? [a.evidence] : [])),
        exceptions: chosen.flatMap((a) => ('exception' in a ? [a.exception] : [])),
      };
      expect(statusOf(claims)).toBe(chosen[0]?.status ?? 'missing');
      expect(statusOf({ evidence: [...claims.evidence].reverse(), exceptions: [...claims.exceptions].reverse() })).toBe(chosen[0]?.status ?? 'missing');
    }
  });

  it.each<[string, Claims['evidence'][number], CoverageStatus]>([
    ['a file in quarantine says nothing', evidence('i', [version('quarantined')]), 'missing'],
    ['a refused file says nothing', evidence('i', [version('refused')]), 'missing'],
    ['a rejected link says nothing, whatever the version', evidence('i', [version('accepted')], 'rejected'), 'missing'],
    ['a link nobody confirmed waits although the version was accepted', evidence('i', [version('accepted')], 'proposed'), 'submitted'],
    ['accepted but not yet true waits', evidence('i', [version('accepted', { effectiveFrom: iso(1) })]), 'submitted'],
    ['true from this very instant counts', evidence('i', [version('accepted', { effectiveFrom: iso(0) })]), 'satisfied'],
    ['expired at this very instant does not count', evidence('i', [version('accepted', { expiresAt: iso(0) })]), 'expired'],
    ['a newer version in review leaves the accepted one in force', evidence('i', [version('accepted'), version('submitted', { version: 2 })]), 'satisfied'],
    ['a newer version in quarantine leaves the accepted one in force', evidence('i', [version('accepted'), version('quarantined', { version: 2 })]), 'satisfied'],
    ['a rejected newer version leaves the accepted one in force', evidence('i', [version('accepted'), version('rejected', { version: 2 })]), 'satisfied'],
    ['a newer accepted version replaces an older one, even when it expired sooner', evidence('i', [version('accepted'), version('accepted', { version: 2, expiresAt: iso(-1) })]), 'expired'],
    ['a renewal in review of expired evidence waits', evidence('i', [version('accepted', { expiresAt: iso(-1) }), version('submitted', { version: 2 })]), 'submitted'],
    ['an older version in review does not hide that the newer one expired', evidence('i', [version('submitted'), version('accepted', { version: 2, expiresAt: iso(-1) })]), 'expired'],
    ['a resubmission after a rejection waits', evidence('i', [version('rejected'), version('submitted', { version: 2 })]), 'submitted'],
  ])('%s', (_rule, claim, expected) => {
    expect(statusOf({ evidence: [claim] })).toBe(expected);
  });

  it('counts only approved exceptions, until they expire', () => {
    for (const kind of EXCEPTION_KINDS) {
      for (const status of EXCEPTION_STATUSES) {
        const granted = kind === 'exception' ? 'waived' : 'not_applicable';
        expect(statusOf({ exceptions: [exception(kind, status, iso(1))] })).toBe(status === 'approved' ? granted : 'missing');
        expect(statusOf({ exceptions: [exception(kind, status, iso(0))] })).toBe(status === 'approved' ? 'expired' : 'missing');
      }
    }
  });

  it('says when it changes by itself', () => {
    const changesAt = (claims: Partial<Claims>) => requirementStanding({ evidence: [], exceptions: [], ...claims }, NOW).changesAt;
    expect(changesAt({})).toBeNull();
    expect(changesAt({ evidence: [evidence('i', [version('accepted')])] })).toBeNull();
    expect(changesAt({ evidence: [evidence('i', [version('accepted', { expiresAt: iso(5) })])] })).toBe(iso(5));
    expect(changesAt({ evidence: [evidence('i', [version('accepted', { expiresAt: iso(5) })]), evidence('j', [version('accepted', { expiresAt: iso(9) })])] })).toBe(iso(9));
    expect(changesAt({ evidence: [evidence('i', [version('accepted', { expiresAt: iso(5) })])], exceptions: [exception('exception', 'approved')] })).toBe(iso(5));
    expect(changesAt({ evidence: [evidence('i', [version('accepted', { effectiveFrom: iso(3), expiresAt: iso(5) })])] })).toBe(iso(3));
    expect(changesAt({ evidence: [evidence('i', [version('submitted', { expiresAt: iso(5) })])] })).toBeNull();
    expect(changesAt({ evidence: [evidence('i', [version('accepted', { expiresAt: iso(-5) })])] })).toBeNull();
  });
});

describe('required set of a tier', () => {
  it('asks low for one per domain, medium for three and all of the freeze domains, high and critical for all', () => {
    const totals = (tier: RiskTier) => compute({ tier }).domains.map((d) => d.required.total);
    expect(totals('low')).toEqual([1, 1, 1]);
    expect(totals('medium')).toEqual([3, 4, 2]);
    expect(totals('high')).toEqual([5, 4, 2]);
    expect(totals('critical')).toEqual([5, 4, 2]);
  });

  it('counts the facets of a domain that has one criterion', () => {
    expect(keysOf('B')).toEqual(['made-up-1/B.1.f1', 'made-up-1/B.1.f2', 'made-up-1/B.1.f3', 'made-up-1/B.1.f4']);
    const some = compute({ tier: 'medium', inputs: covering(keysOf('B').slice(0, 3)) }).domains[1];
    expect(some).toMatchObject({ required: { met: 3, total: 4 }, requiredMet: false, status: 'missing' });
  });

  it('needs a blocking domain in full in every tier when tools are executed, or might be', () => {
    for (const tier of RISK_TIERS) {
      expect(compute({ tier, executesTools: 'yes' }).domains[2]).toMatchObject({ blocking: true, required: { total: 2 } });
      expect(compute({ tier, executesTools: 'unknown' })).toEqual(compute({ tier, executesTools: 'yes' }));
      expect(compute({ tier, executesTools: 'no' }).domains[2]?.blocking).toBe(false);
    }
    expect(compute({ tier: 'low', executesTools: 'no' }).domains[2]?.required.total).toBe(1);
  });

  it('treats an unset tier as critical and says so', () => {
    const unset = compute({ tier: null, inputs: covering(keysOf('A')) });
    expect(unset).toMatchObject({ tier: 'critical', tierIsSet: false });
    expect(unset.required).toEqual(compute({ tier: 'critical', inputs: covering(keysOf('A')) }).required);
  });

  it('takes the policy of the organization, not the preset', () => {
    const stricter: TierPolicy = { ...TIER_POLICY_PRESET, requiredSets: { ...TIER_POLICY_PRESET.requiredSets, low: { minPerDomain: 2, allOfFreezeDomains: true } } };
    expect(compute({ tier: 'low', tierPolicy: stricter }).domains.map((d) => d.required.total)).toEqual([2, 4, 2]);
  });

  it('never lets a not-applicable statement stand for evidence: it only shrinks the field', () => {
    const notApplicable = (keys: readonly string[]) => keys.map((requirementKey, n) => ({ ...exception('not_applicable', 'approved'), id: `n${n}`, requirementKey }));
    const one = compute({ tier: 'low', inputs: { ...noEvidence('w'), exceptions: notApplicable(keysOf('A').slice(0, 1)) } });
    expect(one.domains[0]).toMatchObject({ required: { met: 0, total: 1 }, requiredMet: false });
    const all = compute({ tier: 'critical', inputs: { ...noEvidence('w'), exceptions: notApplicable(keysOf('A')) } });
    expect(all.domains[0]).toMatchObject({ required: { met: 0, total: 0 }, requiredMet: true, status: 'not_applicable' });
    const waived = compute({ tier: 'low', inputs: { ...noEvidence('w'), exceptions: [{ ...exception('exception', 'approved'), requirementKey: keysOf('A')[0] ?? '' }] } });
    expect(waived.domains[0]).toMatchObject({ requiredMet: true, status: 'waived' });
  });

  it('lists as missing what is closest to done', () => {
    const [first, second, third] = keysOf('A');
    const inputs: CoverageInputs = {
      workloadId: 'w', exceptions: [],
      items: [item('i', [version('submitted')]), item('j', [version('accepted', { expiresAt: iso(-1) })])],
      links: [{ itemId: 'j', requirementKey: second ?? '', status: 'accepted' }, { itemId: 'i', requirementKey: third ?? '', status: 'proposed' }],
    };
    expect(compute({ inputs }).required.missing.filter((k) => k.includes('/A.'))).toEqual([third]);
    expect(compute({ inputs, tier: 'critical' }).required.missing.slice(0, 3)).toEqual([third, second, first]);
    expect(compute({ inputs }).domains[0]?.status).toBe('submitted');
  });

  it('computes the published editions with their own numbers', () => {
    const catalogue = FrameworkCatalogue.load();
    const totals = (id: string, tier: RiskTier, executesTools: 'yes' | 'no') => compute({
      edition: catalogue.edition(id), requirements: catalogue.requirementsOf(id), tier, executesTools,
    }).domains.map((d) => d.required.total);
    expect(totals('psf-1.1', 'low', 'no')).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(totals('psf-1.1', 'low', 'yes')).toEqual([1, 1, 1, 1, 1, 5, 5, 1]);
    expect(totals('psf-1.1', 'medium', 'no')).toEqual([3, 3, 5, 3, 3, 3, 5, 3]);
    expect(totals('psf-1.1', 'high', 'no')).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
    expect(totals('psf-definition-2026-04', 'medium', 'yes')).toEqual([3, 3, 4, 3, 3, 3, 4, 3]);
  });
});

const instant = fc.option(fc.integer({ min: -3, max: 3 }).map(iso), { nil: null });
const versions = fc.array(fc.record({ status: fc.constantFrom(...VERSION_STATUSES), effectiveFrom: instant, expiresAt: instant }), { minLength: 1, maxLength: 3 })
  .map((list) => list.map((v, n) => ({ ...v, version: n + 1 })));
const anyInputs: fc.Arbitrary<CoverageInputs> = fc.record({
  workloadId: fc.constant('w'),
  items: fc.tuple(versions, versions, versions).map((all) => all.map((v, n) => item(String(n), v))),
  links: fc.uniqueArray(fc.record({ itemId: fc.constantFrom('0', '1', '2'), requirementKey: fc.constantFrom(...requirements.map((r) => r.key)), status: fc.constantFrom(...LINK_STATUSES) }),
    { maxLength: 20, selector: (l) => `${l.itemId} ${l.requirementKey}` }),
  exceptions: fc.array(fc.record({ id: fc.uuid(), kind: fc.constantFrom(...EXCEPTION_KINDS), requirementKey: fc.constantFrom(...requirements.map((r) => r.key)), status: fc.constantFrom(...EXCEPTION_STATUSES), expiresAt: instant }), { maxLength: 6 }),
});
const anyArguments = fc.record({ inputs: anyInputs, tier: fc.constantFrom(...RISK_TIERS, null), executesTools: fc.constantFrom(...TRI_STATES) });

describe('coverage, for any evidence', () => {
  it('adds up: met never exceeds total, and what is missing is exactly the difference', () => {
    fc.assert(fc.property(anyArguments, (args) => {
      const coverage = compute(args);
      expect(coverage.required.missing).toHaveLength(coverage.required.total - coverage.required.met);
      for (const domain of coverage.domains) {
        expect(domain.requiredMet).toBe(domain.required.met === domain.required.total);
        expect(domain.requiredMet).toBe(isMet(domain.status));
        expect(domain.criteria.map((c) => c.key)).toEqual(keysOf(domain.id));
      }
    }), RUNS);
  });

  it('is complete once exactly the missing requirements are met', () => {
    fc.assert(fc.property(anyArguments, (args) => {
      const { missing } = compute(args).required;
      const done: CoverageInputs = {
        ...args.inputs, items: [...args.inputs.items, item('new', [version('accepted')])],
        links: [...args.inputs.links, ...missing.map((requirementKey) => ({ itemId: 'new', requirementKey, status: 'accepted' as const }))],
      };
      expect(compute({ ...args, inputs: done }).required.missing).toEqual([]);
      if (missing.length > 0) {
        const almost = { ...done, links: done.links.slice(0, -1) };
        expect(compute({ ...args, inputs: almost }).required.missing).toHaveLength(1);
      }
    }), RUNS);
  });

  it('never gets worse by accepted evidence or an approved exception', () => {
    fc.assert(fc.property(anyArguments, fc.constantFrom(...requirements.map((r) => r.key)), fc.constantFrom(...EXCEPTION_KINDS), (args, key, kind) => {
      const before = compute(args);
      const better = [
        { ...args.inputs, items: [...args.inputs.items, item('new', [version('accepted')])], links: [...args.inputs.links, { itemId: 'new', requirementKey: key, status: 'accepted' as const }] },
        { ...args.inputs, exceptions: [...args.inputs.exceptions, { ...exception('exception', 'approved'), requirementKey: key }] },
        ...(kind === 'not_applicable' ? [{ ...args.inputs, exceptions: [...args.inputs.exceptions, { ...exception(kind, 'approved'), requirementKey: key }] }] : []),
      ].map((inputs) => compute({ ...args, inputs }));
      for (const after of better) {
        expect(after.required.missing.length).toBeLessThanOrEqual(before.required.missing.length);
        const [was, is] = [before, after].map((c) => c.domains.flatMap((d) => d.criteria).find((r) => r.key === key)?.status ?? 'missing');
        expect(rankOf(is ?? 'missing')).toBeLessThanOrEqual(rankOf(was ?? 'missing'));
      }
    }), RUNS);
  });

  it('is stricter in a higher tier', () => {
    fc.assert(fc.property(anyArguments, (args) => {
      const missing = RISK_TIERS.map((tier) => compute({ ...args, tier }).required.missing.length);
      expect([...missing].sort((a, b) => a - b)).toEqual(missing);
    }), RUNS);
  });

  it('stays the same until nextChangeAt and changes at that instant', () => {
    const statuses = (args: Parameters<typeof compute>[0]) => compute(args).domains.flatMap((d) => d.criteria.map((c) => c.status));
    fc.assert(fc.property(anyArguments, (args) => {
      const { nextChangeAt } = compute(args);
      const now = statuses(args);
      const last = nextChangeAt === null ? NOW + 10 * 86_400_000 : Date.parse(nextChangeAt) - 1;
      for (let day = NOW; day < last; day += 86_400_000) expect(statuses({ ...args, now: new Date(day) })).toEqual(now);
      expect(statuses({ ...args, now: new Date(last) })).toEqual(now);
      if (nextChangeAt !== null) expect(statuses({ ...args, now: new Date(nextChangeAt) })).not.toEqual(now);
    }), RUNS);
  });

  it('uses every status of the value set', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(anyArguments, (args) => { for (const c of compute(args).domains.flatMap((d) => d.criteria)) seen.add(c.status); }), RUNS);
    expect([...seen].sort()).toEqual([...COVERAGE_STATUSES].sort());
  });
});

describe('evidence of a kind that names the workload', () => {
  const report = (versions_: CoverageVersion[], status: (typeof LINK_STATUSES)[number] = 'accepted', requirementKey: string | null = null): CoverageInputs => ({
    workloadId: 'w', exceptions: [], items: [{ itemId: 'r', kind: 'roi_report', title: 'Return', versions: versions_ }], links: [{ itemId: 'r', requirementKey, status }],
  });
  const found = (inputs: CoverageInputs) => countingEvidenceOfKind(inputs, 'roi_report', new Date(NOW)).map((e) => e.version);

  it('counts when accepted and unexpired, with or without a requirement', () => {
    expect(found(report([version('accepted', { expiresAt: iso(1) })]))).toEqual([1]);
    expect(found(report([version('accepted')], 'accepted', 'made-up-1/A.1'))).toEqual([1]);
    expect(found(report([version('accepted', { expiresAt: iso(0) })]))).toEqual([]);
    expect(found(report([version('submitted')]))).toEqual([]);
    expect(found(report([version('accepted')], 'proposed'))).toEqual([]);
    expect(countingEvidenceOfKind(report([version('accepted')]), 'document', new Date(NOW))).toEqual([]);
  });
});
