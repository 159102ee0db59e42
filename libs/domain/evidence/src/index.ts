export * from './coverage/coverage-inputs.js';
export * from './coverage/requirement-status.js';
export * from './coverage/compute-coverage.js';
