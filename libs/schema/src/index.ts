export * from './migration.js';
export * from './role.js';
