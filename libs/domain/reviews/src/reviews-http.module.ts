import { Module } from '@nestjs/common';
import { ActionController } from './action/action.controller.js';
import { ReviewController } from './review/review.controller.js';
import { ReviewsModule } from './reviews.module.js';

/** Routes of reviews and actions. */
@Module({ imports: [ReviewsModule], controllers: [ReviewController, ActionController] })
export class ReviewsHttpModule {}
