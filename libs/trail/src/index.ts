export * from './canonical-json.js';
export * from './redaction.js';
export * from './trail.js';
export * from './trail.module.js';
export type { TrailEvent } from './trail-entry.js';
