export { EmbeddedPostgres } from './embedded-postgres.js';
export type { EmbeddedPostgresOptions, DatabaseLogin } from './embedded-postgres.js';
export { EMBEDDED_MAJOR } from './postgres-binaries.js';
export { StartProblem } from './start-problem.js';
export { findFreePort, isPortFree } from './free-port.js';
export { isAlive, processIdentity } from './process-identity.js';
export { followLauncher } from './launcher-link.js';
