export * from './database.module.js';
export * from './database.js';
export * from './notification-listener.js';
export * from './postgres-error.js';
export * from './scheduler-database.js';
export * from './tenant-entity.js';
export * from './tenant-repository.js';
export * from './unit-of-work.js';
