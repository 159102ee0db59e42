import { Clock } from '@roster/platform-context';

/** Lengths in fixed units; a day is 24 hours (calendar arithmetic belongs to the rules, not to the clock). */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** A clock that stands still until it is told to move. */
export class FakeClock extends Clock {
  private at: number;

  /** @param start RFC 3339 text or an instant */
  constructor(start: string | Date = '2026-01-15T09:00:00.000Z') {
    super();
    this.at = instant(start);
  }

  now(): Date {
    return new Date(this.at);
  }

  /** Jumps to an instant, also backwards. */
  set(to: string | Date): Date {
    this.at = instant(to);
    return this.now();
  }

  advance(by: Span): Date {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = by;
    this.at += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
    return this.now();
  }
}

function instant(value: string | Date): number {
  const at = new Date(value).getTime();
  if (Number.isNaN(at)) throw new RangeError(`Not an instant: ${String(value)}`);
  return at;
}
