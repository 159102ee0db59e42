export * from './mail-delivery.js';
export * from './mail-outbox.js';
export * from './mail-outbox.repository.js';
export * from './mail.module.js';
export * from './mailer.js';
