import { describe, expect, it } from '@jest/globals';
import { draftGap, EMPTY_DRAFT, packRequest } from './pack-draft.js';

const never = { from: null, to: null };

describe('what is asked for', () => {
  it('is the whole inventory, now, unless something is said', () => {
    expect(packRequest(EMPTY_DRAFT, never)).toEqual({ scope: {}, formats: ['csv', 'json'] });
  });

  it('holds only what belongs to the chosen scope', () => {
    const draft = { ...EMPTY_DRAFT, stage: ['production', 'made up'], team: ['Claims'], workloads: ['A-1'] };
    expect(packRequest(draft, never).scope).toEqual({});
    expect(packRequest({ ...draft, scope: 'filter' }, never).scope).toEqual({ filter: { stage: ['production'], team: ['Claims'] } });
    expect(packRequest({ ...draft, scope: 'workloads' }, never).scope).toEqual({ workloads: ['A-1'] });
  });

  it('names period, instant, edition and formats when they are given', () => {
    expect(packRequest({ ...EMPTY_DRAFT, asOf: '2026-05-01T00:00:00Z', edition: 'psf-1.1', formats: ['json'] }, { from: '2026-01-01T00:00:00Z', to: null })).toEqual({
      scope: {}, period: { from: '2026-01-01T00:00:00Z' }, asOf: '2026-05-01T00:00:00Z', edition: 'psf-1.1', formats: ['json'],
    });
  });

  it('has a gap while the scope is chosen but empty', () => {
    expect([EMPTY_DRAFT, { ...EMPTY_DRAFT, scope: 'filter' as const }, { ...EMPTY_DRAFT, scope: 'workloads' as const }, { ...EMPTY_DRAFT, formats: [] }].map(draftGap)).toEqual([null, 'no-filter', 'no-workloads', 'no-format']);
  });
});
