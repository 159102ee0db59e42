import { describe, expect, it } from '@jest/globals';
import { assertKept, keptUntil } from './import-retention.js';

describe('how long an import is kept', () => {
  const row = { state: 'committed' as const, updatedAt: new Date('2026-05-01T12:00:00Z'), undoStays: false, removedAt: null };

  it('is thirty days after the last thing that happened to it', () => {
    expect(keptUntil(row)).toEqual(new Date('2026-05-31T12:00:00Z'));
    expect(keptUntil({ ...row, state: 'previewed' })).toEqual(new Date('2026-05-31T12:00:00Z'));
    expect(keptUntil({ ...row, state: 'rolling_back' })).toBeNull();
    expect(keptUntil({ ...row, undoStays: true })).toBeNull();
  });

  it('ends at that moment, whether the sweep has come or not', () => {
    expect(() => assertKept(row, new Date('2026-05-31T11:59:59Z'))).not.toThrow();
    expect(() => assertKept(row, new Date('2026-05-31T12:00:00Z'))).toThrow(/30 days/);
    expect(() => assertKept({ ...row, removedAt: new Date('2026-05-20T00:00:00Z') }, new Date('2026-05-21T00:00:00Z'))).toThrow(/30 days/);
    expect(() => assertKept({ ...row, undoStays: true }, new Date('2030-01-01T00:00:00Z'))).not.toThrow();
  });
});
