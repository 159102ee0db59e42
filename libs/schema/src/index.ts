export * from './migration.js';
export * from './role.js';
export * from './schema-dump.js';
