export * from './portfolio-http.module.js';
