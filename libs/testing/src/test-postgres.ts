import type { RolePasswords } from '@roster/schema';

/** What the test run's server tells its test files; handed over in the environment variable TEST_POSTGRES. */
export interface TestPostgres {
  readonly port: number;
  /** Name of the migrated database to clone. */
  readonly template: string;
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
}
export const TEST_POSTGRES = 'ROSTER_TEST_POSTGRES';
