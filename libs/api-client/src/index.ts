export * from './client.js';
export * from './operation.js';
export * from './roster-problem.js';
export type { paths } from './generated/openapi.js';
