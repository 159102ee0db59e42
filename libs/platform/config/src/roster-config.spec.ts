import { describe, expect, it } from '@jest/globals';
import { configurationReference, loadConfig } from './roster-config.js';

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toMatchObject({ environment: 'development', port: 3000, host: '127.0.0.1', publicUrl: 'http://localhost:3000', redisUrl: null, smtpUrl: null });
  });

  it('names each wrong variable and what was expected', () => {
    expect(() => loadConfig({ PORT: '70000', LOG_LEVEL: 'loud' })).toThrow(/PORT: expected a port between 1 and 65535[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT: expected a port/);
  });

  it('refuses a test clock in production', () => {
    expect(() => loadConfig({ ROSTER_ENV: 'production', TEST_CLOCK_FILE: '/tmp/clock' })).toThrow('refused');
  });

  it('documents every variable and marks the secret ones', () => {
    const reference = configurationReference();
    expect(reference.every((row) => row.description.length > 10)).toBe(true);
    expect(reference.find((row) => row.name === 'PORT')?.secret).toBe(false);
  });
});
