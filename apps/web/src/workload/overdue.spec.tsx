import { describe, expect, it } from '@jest/globals';
import { createFormats } from '@roster/ui';
import { isOverdue } from './overdue.js';

const at = (now: string) => createFormats('en-GB', 'Europe/Berlin', new Date(now));

describe('overdue', () => {
  it('begins when the due day of the organization is over', () => {
    expect(isOverdue('2026-04-10T10:00:00Z', at('2026-04-10T21:59:00Z'))).toBe(false);
    expect(isOverdue('2026-04-10T10:00:00Z', at('2026-04-10T22:01:00Z'))).toBe(true);
  });

  it('is judged from the instant that the page shows', () => {
    expect(isOverdue('2026-04-10T10:00:00Z', at('2026-03-31T12:00:00Z'))).toBe(false);
  });
});
