import { describe, expect, it } from '@jest/globals';
import type { RiskTier, TriState } from '@roster/contracts';
import { RISK_TIERS, TRI_STATES } from '@roster/contracts';
import { evaluateTree } from '../tree/evaluate-tree.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import { deriveFacts } from './derive-facts.js';
import { coverageOf, productionInput, reportUntil, smallFactPolicy, statement } from './fact-input.builder.js';
import { describeGap } from './gap.js';
import { openDomains } from './open-requirement.js';

const tree = new TreeRegistry().current();
const MAY = new Date('2026-05-10T00:00:00.000Z');
type Change = Parameters<typeof productionInput>[0];
const facts = (change: Change, now = MAY) => deriveFacts(tree, productionInput(change), smallFactPolicy, now);
const evaluate = (change: Change, now = MAY) => evaluateTree(tree, facts(change, now));
const drill = (durationSeconds: number, endedAt = '2026-05-01T12:00:00.000Z') => ({ drills: { kill_switch: { id: 'd', endedAt, durationSeconds } } });

describe('leaf facts of a workload', () => {
  it('make a complete low-tier workload Production, with sources and the next expiry', () => {
    const result = evaluate({});
    expect(result).toMatchObject({ stage: 'production', hardening: false, undetermined: false, gaps: [] });
    expect(result.path).toEqual([{ question: 'q1', answer: 'yes' }, { question: 'q2', answer: 'yes' }, { question: 'q3', answer: 'yes' }, { question: 'q4', answer: 'no' }]);
    expect(result.facts.find((f) => f.id === 'onCallOwner')).toMatchObject({ provenance: 'attested', source: 'member:m1' });
    // 365 days of the low tier after the drill ended.
    expect(result.nextChangeAt).toBe('2027-05-01T12:04:00.000Z');
  });

  it('count a drill of exactly 300 s and not one of 301 s', () => {
    expect(facts(drill(300))['killSwitchInTime']?.value).toBe('yes');
    expect(facts(drill(301))['killSwitchInTime']).toMatchObject({ value: 'no', gaps: [{ code: 'DRILL_TOO_SLOW', seconds: 301, limitSeconds: 300 }] });
  });

  it.each([['low', 365], ['medium', 180], ['high', 90], ['critical', 30]] as const)('let a drill count for %s until the last millisecond of day %i', (tier, days) => {
    const ended = Date.parse('2026-01-01T00:00:00.000Z');
    const at = (ms: number) => facts({ tier, ...drill(10, '2026-01-01T00:00:00.000Z') }, new Date(ended + ms))['killSwitchFresh'];
    expect(at(days * 86_400_000 - 1)?.value).toBe('yes');
    expect(at(days * 86_400_000)).toMatchObject({ value: 'no', changesAt: null, gaps: [{ code: 'DRILL_EXPIRED', validityDays: days }] });
  });

  it('hold a workload without a tier to the critical one, and say unknown where a laxer tier would pass', () => {
    const fresh = (now: string) => facts({ tier: null, ...drill(10, '2026-01-01T00:00:00.000Z') }, new Date(now))['killSwitchFresh'];
    expect(fresh('2026-01-15T00:00:00.000Z')).toMatchObject({ value: 'yes', changesAt: '2026-01-31T00:00:00.000Z' });
    expect(fresh('2026-02-15T00:00:00.000Z')).toMatchObject({ value: 'unknown', changesAt: '2026-04-01T00:00:00.000Z', gaps: [{ code: 'RISK_TIER_MISSING' }, { code: 'DRILL_EXPIRED' }] });
    expect(fresh('2027-02-15T00:00:00.000Z')).toMatchObject({ value: 'no', changesAt: null });
    expect(evaluate({ tier: null })).toMatchObject({ stage: 'pilot', hardening: true, undetermined: true, unknownFacts: ['requiredCoverage'] });
    // The same gap of two facts is one task.
    expect(evaluate({ tier: null }, new Date('2026-08-01T00:00:00Z')).gaps.filter((g) => g.code === 'RISK_TIER_MISSING')).toHaveLength(1);
  });

  it('treat unknown tools as tools: yes only when the blocking domain is whole', () => {
    expect(facts({ statements: { executesTools: statement('unknown') } })['requiredCoverage']).toMatchObject({
      value: 'unknown', gaps: [{ code: 'STATEMENT_UNKNOWN', field: 'executesTools' }, { code: 'REQUIREMENT_MISSING', requirement: 'small-1/people.2' }],
    });
    expect(facts({ statements: { executesTools: statement('yes') } })['requiredCoverage']?.value).toBe('no');
    const whole = coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/watch.1': 'satisfied', 'small-1/people.1': 'satisfied', 'small-1/people.2': 'not_applicable' });
    expect(facts({ statements: { executesTools: statement('unknown') }, coverageAt: whole })['requiredCoverage']?.value).toBe('yes');
  });

  it('ask for accepted evidence of monitoring: a waiver covers the criterion and monitors nothing', () => {
    const waived = coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/watch.1': 'waived', 'small-1/people.1': 'satisfied' });
    expect(facts({ coverageAt: waived })['requiredCoverage']?.value).toBe('yes');
    expect(facts({ coverageAt: waived })['productionMonitoring']).toMatchObject({ value: 'no', gaps: [{ code: 'DOMAIN_EVIDENCE_MISSING', domain: 'watch' }] });
    expect(evaluate({ coverageAt: waived })).toMatchObject({ stage: 'pilot', hardening: false });
  });

  it('name the state of each requirement that is needed', () => {
    const mixed = coverageOf({ 'small-1/data.1': 'submitted', 'small-1/data.2': 'expired', 'small-1/watch.1': 'satisfied', 'small-1/people.1': 'rejected' });
    expect(evaluate({ tier: 'critical', coverageAt: mixed }).questions.find((q) => q.id === 'q3')?.gaps.map((g) => g.code)).toEqual([
      'REQUIREMENT_SUBMITTED', 'REQUIREMENT_EXPIRED', 'REQUIREMENT_MISSING', 'REQUIREMENT_MISSING', 'REQUIREMENT_REJECTED', 'REQUIREMENT_MISSING']);
  });

  it('scale only with enough workloads, reuse, a valid report and a look at concentration', () => {
    const scaled = {
      evidenceOfKindAt: reportUntil('2026-06-01T00:00:00.000Z'),
      portfolio: { otherProductionCount: 1, linkedProductionWorkloads: ['w2'], concentrationReviewed: statement('yes') },
    };
    expect(evaluate(scaled)).toMatchObject({ stage: 'scaled', nextChangeAt: '2026-06-01T00:00:00.000Z' });
    expect(evaluate(scaled, new Date('2026-06-01T00:00:00.000Z')).stage).toBe('production');
    expect(evaluate({ ...scaled, portfolio: { ...scaled.portfolio, otherProductionCount: 0 } }).stage).toBe('production');
    expect(evaluate({ ...scaled, portfolio: { ...scaled.portfolio, linkedProductionWorkloads: [] } }).stage).toBe('production');
    expect(evaluate({ ...scaled, portfolio: { ...scaled.portfolio, concentrationReviewed: statement('no') } }).stage).toBe('production');
    expect(evaluate({ ...scaled, evidenceOfKindAt: () => null }).stage).toBe('production');
  });
});

describe('the required set', () => {
  const none = coverageOf({})(MAY).domains;
  const needs = (tier: RiskTier, tools: TriState): Record<string, number> =>
    Object.fromEntries(openDomains(none, smallFactPolicy.edition, smallFactPolicy.tierPolicy, tier, tools).map((d) => [d.domain, d.need]));

  it('follows the rule of the tier, the freeze domains and the tool-blocking domains', () => {
    expect(needs('low', 'no')).toEqual({ data: 1, watch: 1, people: 1 });
    expect(needs('medium', 'no')).toEqual({ data: 2, watch: 1, people: 1 });
    expect(needs('high', 'no')).toEqual({ data: 2, watch: 2, people: 2 });
    expect(needs('critical', 'no')).toEqual({ data: 2, watch: 3, people: 2 });
    expect(needs('low', 'yes')).toEqual({ data: 1, watch: 1, people: 2 });
    for (const tier of RISK_TIERS) expect(needs(tier, 'unknown')).toEqual(needs(tier, 'yes'));
    for (const tools of TRI_STATES) expect(needs('critical', tools)).toEqual({ data: 2, watch: 3, people: 2 });
  });
});

describe('a described gap', () => {
  it('says what is missing in words and where to act', () => {
    const names = { workloadKey: 'SUPPORT-BOT', factTitle: (f: string) => f, domainName: () => 'Watching', requirementTitle: () => 'Log calls' };
    const all = evaluate({ tier: null, owners: [], drills: {}, coverageAt: coverageOf({}), statements: { processesRealData: statement('yes') } }).gaps.map((gap) => describeGap(gap, names));
    expect(all.find((g) => g.code === 'OWNER_MISSING')).toMatchObject({ question: 'q2', message: 'Nobody has accepted the role on call.', action: { kind: 'assign_owner', href: '/api/v1/workloads/SUPPORT-BOT/owners/on_call' } });
    expect(all.find((g) => g.code === 'DRILL_MISSING')).toMatchObject({ question: 'q3', action: { kind: 'record_drill', href: '/api/v1/workloads/SUPPORT-BOT/drills' } });
    expect(all.find((g) => g.code === 'REQUIREMENT_MISSING')).toMatchObject({ domain: 'data', requirement: 'small-1/data.1', message: 'No evidence for Log calls (Watching).' });
    for (const gap of all) expect(gap.message).toMatch(/\.$/);
  });
});
