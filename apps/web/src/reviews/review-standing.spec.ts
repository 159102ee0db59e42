import { describe, expect, it } from '@jest/globals';
import { standingOf } from './review-standing.js';

const now = Date.parse('2026-05-01T12:00:00Z');
const review = (status: 'scheduled' | 'due' | 'in_progress' | 'awaiting_sign_off' | 'completed' | 'skipped', dueAt: string, overdue = false) => standingOf({ status, dueAt, overdue }, now);

describe('the standing of a review', () => {
  it('is the stored state, refined by the due time', () => {
    expect(review('scheduled', '2026-06-01T12:00:00Z')).toBe('scheduled');
    expect(review('scheduled', '2026-05-08T12:00:00Z')).toBe('due_soon');
    expect(review('scheduled', '2026-05-08T12:00:01Z')).toBe('scheduled');
    expect(review('due', '2026-05-01T07:00:00Z')).toBe('due');
    expect(review('in_progress', '2026-05-01T07:00:00Z')).toBe('in_progress');
  });

  it('is overdue while it is open, whatever state it is in, and never once it is closed', () => {
    for (const status of ['scheduled', 'due', 'in_progress', 'awaiting_sign_off'] as const) expect(review(status, '2026-04-01T07:00:00Z', true)).toBe('overdue');
    expect(review('completed', '2026-04-01T07:00:00Z', true)).toBe('completed');
    expect(review('skipped', '2026-04-01T07:00:00Z', true)).toBe('skipped');
  });
});
