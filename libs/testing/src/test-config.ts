import type { RosterConfig } from '@roster/platform-config';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestDatabase } from './test-database.js';
import { testPostgres } from './test-postgres.js';

/** A configuration for one test file: its database, a storage folder and a signing key of its own. */
export function testConfig(database: TestDatabase, overrides: Partial<RosterConfig> = {}): RosterConfig {
  const folder = mkdtempSync(join(testPostgres().folder, 'config-'));
  const signingKeyFile = join(folder, 'signing.pem');
  writeFileSync(signingKeyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    environment: 'test', port: 0, host: '127.0.0.1', publicUrl: 'http://localhost:3000', metricsPort: 0, trustedProxyHops: 0,
    databaseUrl: database.appUrl, databaseSchedulerUrl: database.schedulerUrl, databaseQueueUrl: database.queueUrl, databasePoolSize: 6,
    redisUrl: null, storageUrl: pathToFileURL(join(folder, 'storage')).href, smtpUrl: null, mailFrom: 'Roster <roster@example.test>',
    signingKeyFile, signingKeyName: 'roster.example.test', clamavUrl: null, maxUploadBytes: 10_485_760, jobConcurrency: 4,
    logLevel: 'silent', testClockFile: null, signUpOpen: true, ...overrides,
  };
}
