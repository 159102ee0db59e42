export * from './roster-config.js';
export * from './config.module.js';
