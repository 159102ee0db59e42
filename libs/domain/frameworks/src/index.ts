export * from './catalogue/edition.js';
export * from './catalogue/crosswalk.js';
export * from './catalogue/catalogue-file.js';
export * from './catalogue/framework-catalogue.js';
export * from './frameworks.module.js';
export * from './frameworks-http.module.js';
