const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

/** How often a rule repeats. */
export interface ReviewRhythm {
  readonly frequency: (typeof FREQUENCIES)[number];
  /** Every so many of them, from 1. */
  readonly interval: number;
  /** Whether this is all that the rule says; else it also names days, months or an end. */
  readonly exact: boolean;
}

/** What can be said in words of an RFC 5545 rule. @param rrule such as `FREQ=MONTHLY;INTERVAL=3` @returns null when it has no frequency that words are known for */
export function rhythmOf(rrule: string): ReviewRhythm | null {
  const parts = new Map(rrule.split(';').map((part): [string, string] => { const [name = '', value = ''] = part.split('='); return [name, value]; }));
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  const interval = Number(parts.get('INTERVAL') ?? '1');
  if (frequency === undefined || !Number.isInteger(interval) || interval < 1) return null;
  return { frequency, interval, exact: [...parts.keys()].every((name) => name === 'FREQ' || name === 'INTERVAL') };
}
