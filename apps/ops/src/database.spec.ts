import { describe, expect, it } from '@jest/globals';
import { StartProblem } from '@roster/platform-embedded';
import { checkServerVersion } from './database.js';

describe('checkServerVersion', () => {
  it.each([[150_000, '15.0'], [180_004, '18.4']])('accepts %i', (number, version) => {
    expect(() => checkServerVersion(number, version)).not.toThrow();
  });
  it.each([[140_018, '14.18'], [90_624, '9.6.24']])('refuses %i with the remedy', (number, version) => {
    const error = (() => {
      try {
        checkServerVersion(number, version);
        return null;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(StartProblem);
    expect((error as StartProblem).problem).toContain(`PostgreSQL ${version}; Roster needs 15 or newer`);
    expect((error as StartProblem).remedy).toContain('leave DATABASE_URL empty');
  });
});
