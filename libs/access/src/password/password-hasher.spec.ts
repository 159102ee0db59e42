import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import { PasswordHasher } from './password-hasher.js';

describe('password hasher', () => {
  it('makes argon2id hashes that only the password matches, and nothing matches nobody', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash('correct donkey battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.matches(stored, 'correct donkey battery')).toBe(true);
    expect(await hasher.matches(stored, 'correct donkey batterz')).toBe(false);
    expect(await hasher.matches(null, 'correct donkey battery')).toBe(false);
    expect(await hasher.hash('correct donkey battery')).not.toBe(stored);
  });

  it('serves a crowd in turn and turns away what exceeds the line', async () => {
    const hasher = new PasswordHasher();
    const outcomes = await Promise.allSettled(Array.from({ length: 210 }, () => hasher.matches('$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$q6nEe7wbWiqCPNOw7dvpAg', 'x')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(outcomes.length - refused.length).toBe(202);
    for (const { reason } of refused) expect((reason as ProblemError).code).toBe('PLATFORM_UNAVAILABLE');
    expect(await hasher.matches(null, 'after the crowd')).toBe(false);
  });
});
