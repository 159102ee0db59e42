export * from './roster-config.js';
