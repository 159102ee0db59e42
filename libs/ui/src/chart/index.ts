export * from './bars.js';
export type { Navigate } from './chart-link.js';
export { ChartLink } from './chart-link.js';
export * from './chart-with-table.js';
export * from './decay-line.js';
export * from './funnel.js';
export * from './heatmap.js';
export * from './trend-line.js';
