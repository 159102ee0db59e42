export { Notifier, type Notice } from './notification/notifier.js';
export * from './notifications.module.js';
export * from './notifications-http.module.js';
export * from './notifications-jobs.module.js';
