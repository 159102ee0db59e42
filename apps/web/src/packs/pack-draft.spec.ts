import { describe, expect, it } from '@jest/globals';
import { draftGap, EMPTY_DRAFT, packRequest } from './pack-draft.js';

const ZONE = 'Europe/Berlin';

describe('what is asked for', () => {
  it('is the whole inventory, now, unless something is said', async () => {
    expect(await packRequest(EMPTY_DRAFT, ZONE)).toEqual({ scope: {}, formats: ['csv', 'json'] });
  });

  it('holds only what belongs to the chosen scope', async () => {
    const draft = { ...EMPTY_DRAFT, stage: ['production', 'made up'], team: ['Claims'], workloads: ['A-1'] };
    expect((await packRequest(draft, ZONE)).scope).toEqual({});
    expect((await packRequest({ ...draft, scope: 'filter' }, ZONE)).scope).toEqual({ filter: { stage: ['production'], team: ['Claims'] } });
    expect((await packRequest({ ...draft, scope: 'workloads' }, ZONE)).scope).toEqual({ workloads: ['A-1'] });
  });

  it('names period, instant, edition and formats when they are given, in the time zone of the organization', async () => {
    expect(await packRequest({ ...EMPTY_DRAFT, from: '2026-01-01', asOf: '2026-05-01T02:00', edition: 'psf-1.1', formats: ['json'] }, ZONE)).toEqual({
      scope: {}, period: { from: '2025-12-31T23:00:00Z' }, asOf: '2026-05-01T00:00:00Z', edition: 'psf-1.1', formats: ['json'],
    });
    expect((await packRequest({ ...EMPTY_DRAFT, to: '2026-06-30' }, ZONE)).period).toEqual({ to: '2026-06-30T22:00:00Z' });
  });

  it('is refused while a day or a time is none', async () => {
    await expect(packRequest({ ...EMPTY_DRAFT, asOf: '2026-05' }, ZONE)).rejects.toThrow(RangeError);
    await expect(packRequest({ ...EMPTY_DRAFT, to: '2026-02-30x' }, ZONE)).rejects.toThrow(RangeError);
  });

  it('has a gap while the scope is chosen but empty', () => {
    expect([EMPTY_DRAFT, { ...EMPTY_DRAFT, scope: 'filter' as const }, { ...EMPTY_DRAFT, scope: 'workloads' as const }, { ...EMPTY_DRAFT, formats: [] }].map(draftGap)).toEqual([null, 'no-filter', 'no-workloads', 'no-format']);
  });
});
