import { Module } from '@nestjs/common';
import { HeatmapService } from './heatmap.service.js';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioRepository } from './portfolio.repository.js';
import { PortfolioService } from './portfolio.service.js';
import { TrendService } from './trend.service.js';

/** Portfolio only reads, and only over HTTP: one door. Needs reviews in the process. */
@Module({ providers: [PortfolioRepository, PortfolioService, HeatmapService, TrendService], controllers: [PortfolioController] })
export class PortfolioHttpModule {}
