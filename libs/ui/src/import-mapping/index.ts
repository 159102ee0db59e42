export * from './column-choice.js';
export * from './import-mapping.js';
