export * from './portfolio-http.module.js';
export * from './home/home-http.module.js';
export * from './search/search.module.js';
