export * from './value-sets.js';
export * from './csv.js';
export * from './organization-settings.js';
export * from './policy-preset.js';
export * from './permission.js';
export * from './job.js';
export * from './event.js';
export * from './problems/catalogue.js';
