export * from './caller.js';
export * from './authorisation.js';
export * from './actor.js';
export * from './clock.js';
export * from './file-clock.js';
export * from './id.js';
export * from './request-context.js';
export * from './scope.js';
