import { describe, expect, it } from '@jest/globals';
import { PROVENANCES, TRI_STATES, type Provenance, type TriState } from '@roster/contracts';
import fc from 'fast-check';
import { effectiveStatement, factValue, overrulingStatement, withStatement, type FactStatement } from './fact-statement.js';

const said = (provenance: Provenance, value: TriState, at = '2026-01-01T00:00:00.000Z'): FactStatement => ({ provenance, value, at, source: null, by: 'Ada' });
const statement = fc.record({
  provenance: fc.constantFrom(...PROVENANCES), value: fc.constantFrom(...TRI_STATES), at: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'), source: fc.constant(null), by: fc.constant(null),
});
const statements = fc.uniqueArray(statement, { selector: (s) => s.provenance, maxLength: 4 });

describe('the statement that counts', () => {
  it('is unknown since registration when nobody said anything', () => {
    expect(effectiveStatement([])).toBeNull();
    expect(factValue([], '2026-05-05T00:00:00.000Z')).toEqual({ value: 'unknown', provenance: 'declared', source: null, at: '2026-05-05T00:00:00.000Z', by: null });
  });

  it('is the strongest that knows', () => {
    expect(effectiveStatement([said('declared', 'no'), said('observed', 'yes')])).toEqual(said('observed', 'yes'));
    expect(effectiveStatement([said('verified', 'no'), said('attested', 'yes')])).toEqual(said('verified', 'no'));
  });

  it('is not erased by a stronger source that does not know', () => {
    expect(effectiveStatement([said('declared', 'yes'), said('verified', 'unknown')])).toEqual(said('declared', 'yes'));
  });

  it('shows who says otherwise', () => {
    expect(factValue([said('declared', 'no'), said('observed', 'yes')], '')).toEqual({ ...said('observed', 'yes'), contradictedBy: [said('declared', 'no')] });
    expect(factValue([said('declared', 'unknown'), said('observed', 'yes')], '').contradictedBy).toBeUndefined();
  });

  it('never knows more than somebody said, and no weaker word beats a stronger one', () => {
    fc.assert(fc.property(statements, (all) => {
      const value = factValue(all, '').value;
      const known = all.filter((s) => s.value !== 'unknown');
      if (known.length === 0) expect(value).toBe('unknown');
      else expect(value).toBe([...known].sort((a, b) => PROVENANCES.indexOf(b.provenance) - PROVENANCES.indexOf(a.provenance))[0]?.value);
    }), { numRuns: 300 });
  });
});

describe('adding a statement', () => {
  it('replaces the one of the same strength only', () => {
    expect(withStatement([said('declared', 'no'), said('attested', 'yes')], said('declared', 'unknown'))).toEqual([said('attested', 'yes'), said('declared', 'unknown')]);
  });

  it('is overruled by a stronger one that says otherwise, and by nothing else', () => {
    expect(overrulingStatement([said('attested', 'yes')], said('declared', 'no'))).toEqual(said('attested', 'yes'));
    expect(overrulingStatement([said('attested', 'yes')], said('declared', 'yes'))).toBeNull();
    expect(overrulingStatement([said('attested', 'unknown')], said('declared', 'no'))).toBeNull();
    expect(overrulingStatement([said('declared', 'yes')], said('attested', 'no'))).toBeNull();
    expect(overrulingStatement([said('attested', 'yes')], said('attested', 'unknown'))).toBeNull();
    expect(overrulingStatement([said('declared', 'yes')], said('attested', 'unknown'))).toBeNull();
    expect(overrulingStatement([said('attested', 'yes')], said('declared', 'unknown'))).toEqual(said('attested', 'yes'));
  });

  it('either takes effect or is reported as overruled', () => {
    fc.assert(fc.property(statements, statement, (all, added) => {
      const effective = effectiveStatement(withStatement(all, added));
      expect(effective?.value === added.value || overrulingStatement(all, added) !== null || added.value === 'unknown').toBe(true);
    }), { numRuns: 300 });
  });
});
