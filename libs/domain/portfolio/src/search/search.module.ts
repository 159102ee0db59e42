import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { SearchRepository } from './search.repository.js';
import { SearchService } from './search.service.js';

/** The search only reads, and only over HTTP: one door. */
@Module({ providers: [SearchRepository, SearchService], controllers: [SearchController] })
export class PortfolioSearchHttpModule {}
