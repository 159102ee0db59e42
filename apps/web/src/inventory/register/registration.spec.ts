import { describe, expect, it } from '@jest/globals';
import { EMPTY_REGISTRATION, suggestedKey, toRegistration } from './registration.js';

const SIX = { ...EMPTY_REGISTRATION, name: ' Claims triage ', kind: 'agent', purpose: 'Sorts claims', team: 'Claims', riskOwner: 'grace@example.com', processesRealData: 'unknown' };

describe('a registration', () => {
  it('sends the six answers and nothing that nobody said', () => {
    expect(toRegistration(SIX, {})).toEqual({ name: 'Claims triage', kind: 'agent', purpose: 'Sorts claims', team: 'Claims', riskOwner: 'grace@example.com', processesRealData: 'unknown' });
  });

  it('sends further fields with their types', () => {
    const form = { ...SIX, key: 'CT-1', handlesPii: 'yes', tags: ['a', 'b'], custom: { cost: '12.5', live: 'false', regions: 'EU, US ,', note: ' x ', empty: ' ', odd: 'abc' } };
    expect(toRegistration(form, { cost: 'number', live: 'boolean', regions: 'choices', note: 'text', odd: 'number' })).toMatchObject({ key: 'CT-1', handlesPii: 'yes', tags: ['a', 'b'], custom: { cost: 12.5, live: false, regions: ['EU', 'US'], note: 'x', odd: 'abc' } });
  });

  it('suggests keys that the service accepts', () => {
    expect(suggestedKey('Kündigungs-Prognose (v2)')).toBe('KUNDIGUNGS-PROGNOSE-V2');
    expect(suggestedKey('  ???  ')).toBe('');
    expect(suggestedKey('x'.repeat(59) + ' yz')).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/);
  });
});
