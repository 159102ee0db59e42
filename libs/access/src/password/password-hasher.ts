import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { problem } from '@roster/platform-errors';
import { randomBytes } from 'node:crypto';

/** argon2id with 19 MiB, two passes, one lane (OWASP password storage, ASVS 5.0 11.4.2): about 15 ms of one core. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashing is the dearest thing a stranger can ask for: two at once, the rest waits in line, and the line has an end. */
const CONCURRENT = 2;
const LONGEST_LINE = 200;

/** Hashes and checks passwords in a bounded pool of its own, so that sign-ins cannot starve the process. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly line: (() => void)[] = [];
  private readonly nobody: Promise<string>;

  constructor() {
    this.nobody = hash(randomBytes(32), PARAMETERS);
    // Reported where it is awaited; without a handler here an early failure would end the process before that.
    this.nobody.catch(() => undefined);
  }

  /** @throws PLATFORM_UNAVAILABLE when too many wait already */
  hash(password: string): Promise<string> {
    return this.inLine(() => hash(password, PARAMETERS));
  }

  /**
   * Whether a password is the one behind a hash. Takes the same time when there is nobody to compare with.
   * @param stored the stored hash, or null when no such account exists
   * @throws PLATFORM_UNAVAILABLE when too many wait already
   */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const target = stored ?? await this.nobody;
    const same = await this.inLine(() => verify(target, password));
    return same && stored !== null;
  }

  private async inLine<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= CONCURRENT) {
      if (this.line.length >= LONGEST_LINE) throw problem('PLATFORM_UNAVAILABLE', 'Too many people sign in right now. Try again in a few seconds.', { headers: { 'retry-after': '5' } });
      // Whoever leaves hands the place over, so `running` stays as it is.
      await new Promise<void>((resolve) => { this.line.push(resolve); });
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
