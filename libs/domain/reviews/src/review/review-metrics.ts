import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '@roster/platform-telemetry';
import { ReviewQuery } from './review.query.js';

/** The oracle as a metric: an alert on anything but 0 notices a missed review before anybody else does. */
@Injectable()
export class ReviewMetrics implements OnModuleInit {
  constructor(private readonly metrics: Metrics, private readonly reviews: ReviewQuery) {}

  onModuleInit(): void {
    this.metrics.gauge('roster_reviews_missed', 'Reviews past their due time that are still only scheduled. Must be 0.', () => this.reviews.missedCount());
  }
}
