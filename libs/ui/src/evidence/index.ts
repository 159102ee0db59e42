export * from './evidence-words.js';
export * from './file-drop.js';
export * from './transfer-list.js';
export * from './version-timeline.js';
