export * from './coverage-grid.js';
export type * from './coverage-grid.types.js';
