/** For tests of libraries that may not import access themselves. */
export { EditionDirectory } from '@roster/access';
export { findFreePort } from '@roster/platform-embedded';
export * from './fake-clock.js';
export * from './plan-bench.js';
export * from './recorded-statements.js';
export * from './redis.js';
export * from './seed-inventory.js';
export * from './seed-workloads.js';
export * from './test-client.js';
export * from './test-database.js';
export * from './wait-for.js';
export * from './test-app.js';
export * from './test-config.js';
export * from './test-organization.js';
