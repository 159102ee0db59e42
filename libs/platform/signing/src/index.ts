export * from './signing.module.js';
export * from './signing-keys.js';
