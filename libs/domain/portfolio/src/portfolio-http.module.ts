import { Module } from '@nestjs/common';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioRepository } from './portfolio.repository.js';
import { PortfolioService } from './portfolio.service.js';

/** Portfolio only reads, and only over HTTP: one door. */
@Module({ providers: [PortfolioRepository, PortfolioService], controllers: [PortfolioController] })
export class PortfolioHttpModule {}
