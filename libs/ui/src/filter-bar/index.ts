export * from './filter.js';
export { FilterBar } from './filter-bar.js';
export { useFilterWords, type FilterWords } from './use-filter-words.js';
