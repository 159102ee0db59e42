import { describe, expect, it } from '@jest/globals';
import { STAGES, TRI_STATES } from '@roster/contracts';
import { coverageOf, productionInput, smallFactPolicy, statement } from '../fact/fact-input.builder.js';
import { decideGate, GATE_SUBJECTS, parseGateSubject } from '../gate/gate.js';
import { evaluateFreeze } from './freeze.js';

const NOW = new Date('2026-05-10T00:00:00Z');
const OPEN = coverageOf({});
const CLOSED = coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/data.2': 'waived' });

describe('the freeze', () => {
  it('is active exactly for a Pilot with PII or tools not ruled out and a gap in a freeze domain (all combinations)', () => {
    for (const stage of STAGES) for (const undetermined of [false, true]) for (const pii of TRI_STATES) for (const tools of TRI_STATES) for (const gap of [true, false]) {
      const input = productionInput({ tier: 'medium', coverageAt: gap ? OPEN : CLOSED, statements: { handlesPii: statement(pii), executesTools: statement(tools) } });
      const freeze = evaluateFreeze({ stage, undetermined }, input, smallFactPolicy, input.coverageAt(NOW));
      const could = gap && (pii !== 'no' || tools !== 'no');
      expect(freeze.active).toBe(could && stage === 'pilot');
      expect(freeze.undetermined).toBe(could && stage === 'experiment' && undetermined);
      expect(freeze.gaps.length > 0).toBe(freeze.active || freeze.undetermined);
    }
  });

  it('names the statements and only gaps of freeze domains, and holds a workload without a tier to the critical one', () => {
    const one = coverageOf({ 'small-1/data.1': 'satisfied' });
    const input = productionInput({ tier: null, coverageAt: one, statements: { handlesPii: statement('unknown') } });
    expect(evaluateFreeze({ stage: 'pilot', undetermined: false }, input, smallFactPolicy, input.coverageAt(NOW))).toMatchObject({
      active: true, because: ['handlesPii:unknown'], gaps: [{ code: 'REQUIREMENT_MISSING', requirement: 'small-1/data.2', question: 'freeze' }],
    });
    expect(evaluateFreeze({ stage: 'pilot', undetermined: false }, { ...input, riskTier: 'low' }, smallFactPolicy, input.coverageAt(NOW)).active).toBe(false);
  });
});

describe('the gate', () => {
  const freezeOff = { active: false, undetermined: false, because: [], gaps: [] };
  const freezeOn = { active: true, undetermined: false, because: ['handlesPii:yes'], gaps: [{ code: 'REQUIREMENT_MISSING' as const, domain: 'data', requirement: 'r', question: 'freeze', fact: 'freeze' }] };
  const freezeMaybe = { ...freezeOn, active: false, undetermined: true };
  const base = { stage: 'pilot' as const, hardening: false, undetermined: false, unknownFacts: [], gaps: [], lifecycle: 'active' as const, freeze: freezeOff, breakGlass: null };
  const breakGlass = { until: '2026-05-12T00:00:00.000Z', reason: 'outage' };

  it('reads its subject strictly', () => {
    expect(GATE_SUBJECTS.map((s) => parseGateSubject(s))).not.toContain(null);
    for (const text of ['', 'Production', 'scope-change', 'scope-change:', 'scope-change:other', 'scaled']) expect(parseGateSubject(text)).toBeNull();
  });

  it('passes production only for the computed stage, whatever the freeze', () => {
    for (const stage of STAGES) {
      const verdict = decideGate({ kind: 'production' }, { ...base, stage }).verdict;
      expect(verdict).toBe(stage === 'production' || stage === 'scaled' ? 'pass' : 'fail');
    }
    expect(decideGate({ kind: 'production' }, { ...base, freeze: freezeOn, breakGlass }).verdict).toBe('fail');
    expect(decideGate({ kind: 'production' }, { ...base, undetermined: true, unknownFacts: ['processesRealData'] }).reasons.map((r) => r.code)).toEqual(['STAGE_NOT_REACHED', 'UNDETERMINED']);
  });

  it('answers frozen, fail when a freeze cannot be excluded, pass under break-glass, and fail for what is retired', () => {
    const subject = { kind: 'scope-change' as const, change: 'more_traffic' as const };
    expect(decideGate(subject, base).verdict).toBe('pass');
    expect(decideGate(subject, { ...base, freeze: freezeOn })).toMatchObject({ verdict: 'frozen', gaps: freezeOn.gaps });
    expect(decideGate(subject, { ...base, freeze: freezeMaybe, unknownFacts: ['processesRealData'] })).toMatchObject({ verdict: 'fail', reasons: [{ code: 'FREEZE_UNDETERMINED' }] });
    expect(decideGate(subject, { ...base, freeze: freezeOn, breakGlass })).toMatchObject({ verdict: 'pass', reasons: [{ code: 'BREAK_GLASS' }] });
    expect(decideGate(subject, { ...base, lifecycle: 'retired' }).verdict).toBe('fail');
    expect(decideGate({ kind: 'production' }, { ...base, stage: 'production', lifecycle: 'retired' }).verdict).toBe('fail');
  });
});
