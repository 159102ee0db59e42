import { describe, expect, it } from '@jest/globals';
import { missingFields, REQUIRED_FIELDS } from './completeness.js';

const complete = { kind: 'agent', purpose: 'Answers questions', team: 'Care', hasRiskOwner: true, processesRealDataAnswered: true };

describe('missingFields', () => {
  it('finds nothing missing when all six are there', () => expect(missingFields(complete)).toEqual([]));

  it('names each field that is missing, for all 32 combinations', () => {
    for (let bits = 0; bits < 32; bits += 1) {
      const lacks = (bit: number): boolean => (bits & (1 << bit)) !== 0;
      const missing = missingFields({
        kind: lacks(0) ? null : 'agent', purpose: lacks(1) ? null : 'p', team: lacks(2) ? null : 't', hasRiskOwner: !lacks(3), processesRealDataAnswered: !lacks(4),
      });
      expect(missing).toEqual(REQUIRED_FIELDS.slice(1).filter((_field, index) => lacks(index)));
    }
  });
});
