/** The only source of "now". Rules take an instant as an argument; services ask this. Never `new Date()` elsewhere. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
