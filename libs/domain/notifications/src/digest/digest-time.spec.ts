import { describe, expect, it } from '@jest/globals';
import { digestAt } from './digest-time.js';

const now = new Date('2026-03-28T10:00:00Z');
const at = (preference: Parameters<typeof digestAt>[0]): string | null => digestAt(preference, now, 'Europe/Berlin', '09:00')?.toISOString() ?? null;

describe('when a mail goes out', () => {
  it('is at once by default', () => {
    expect(at({ mailMode: 'immediate', snoozedUntil: null })).toBeNull();
    expect(at({ mailMode: 'immediate', snoozedUntil: new Date('2026-03-28T09:59:59Z') })).toBeNull();
  });

  it('is at the end of a snooze', () => {
    expect(at({ mailMode: 'immediate', snoozedUntil: new Date('2026-03-30T12:00:00Z') })).toBe('2026-03-30T12:00:00.000Z');
  });

  it('is at the next digest, at the local time whatever the clocks do, and after a snooze', () => {
    expect(at({ mailMode: 'daily', snoozedUntil: null })).toBe('2026-03-29T07:00:00.000Z');
    expect(at({ mailMode: 'daily', snoozedUntil: new Date('2026-03-30T12:00:00Z') })).toBe('2026-03-31T07:00:00.000Z');
    expect(digestAt({ mailMode: 'daily', snoozedUntil: null }, new Date('2026-03-28T07:59:59Z'), 'Europe/Berlin', '09:00')?.toISOString()).toBe('2026-03-28T08:00:00.000Z');
  });
});
