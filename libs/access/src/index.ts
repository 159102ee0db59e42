export * from './organization/organization-settings.js';
