export * from './coverage/coverage-inputs.js';
export * from './coverage/requirement-status.js';
export * from './coverage/compute-coverage.js';
export * from './upload/upload-type.js';
export * from './upload/archive-inspection.js';
export * from './upload/upload-check.js';
