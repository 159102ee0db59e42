import { Clock } from '@roster/platform-context';

/** The clock of the demo's past: it stands where the story is. */
export class DemoClock extends Clock {
  private at = 0;

  now(): Date {
    return new Date(this.at);
  }

  moveTo(instant: Date): void {
    this.at = instant.getTime();
  }
}
