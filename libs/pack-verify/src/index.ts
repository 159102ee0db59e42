export * from './browser.js';
export { verifyPackFile } from './pack-file.js';
