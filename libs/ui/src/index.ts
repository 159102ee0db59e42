export * from './theme/theme.js';
