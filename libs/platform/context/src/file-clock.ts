import { readFileSync } from 'node:fs';
import { Clock } from './clock.js';

/** A clock that tests move by writing an RFC 3339 instant to a file; refused in production by the configuration. */
export class FileClock extends Clock {
  constructor(private readonly file: string) {
    super();
  }

  now(): Date {
    const instant = new Date(readFileSync(this.file, 'utf8').trim());
    if (Number.isNaN(instant.getTime())) throw new Error(`TEST_CLOCK_FILE ${this.file} does not hold an RFC 3339 instant`);
    return instant;
  }
}
