export * from './value-sets.js';
export * from './organization-settings.js';
export * from './permission.js';
export * from './job.js';
export * from './event.js';
export * from './problems/catalogue.js';
