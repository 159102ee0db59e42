import type { RolePasswords } from '@roster/schema';

/** What the test run's server tells its test files; handed over in the environment variable TEST_POSTGRES. */
export interface TestPostgres {
  readonly port: number;
  /** Name of the migrated database to clone. */
  readonly template: string;
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
  /** For files of tests; removed at the end of the run. */
  readonly folder: string;
}
export const TEST_POSTGRES = 'ROSTER_TEST_POSTGRES';

/** What this run has. @throws outside the tiers that have a PostgreSQL */
export function testPostgres(): TestPostgres {
  const text = process.env[TEST_POSTGRES];
  if (!text) throw new Error('No test PostgreSQL: this file must run in a tier with the PostgreSQL set-up (medium, isolation, jobs, e2e; see jest.config.mjs).');
  return JSON.parse(text) as TestPostgres;
}
