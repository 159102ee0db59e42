import { reviewJobSuite } from './review-jobs.js';

reviewJobSuite('postgres');
