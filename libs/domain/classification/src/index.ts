export * from './port/review-schedule.port.js';
export * from './port/concentration-review.port.js';
