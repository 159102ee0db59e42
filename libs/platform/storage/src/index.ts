export * from './file-storage.js';
export * from './spooled-file.js';
export * from './storage.module.js';
