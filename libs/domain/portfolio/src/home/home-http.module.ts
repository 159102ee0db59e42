import { Module } from '@nestjs/common';
import { PortfolioRepository } from '../portfolio.repository.js';
import { HomeController } from './home.controller.js';
import { HomeRepository } from './home.repository.js';
import { HomeService } from './home.service.js';

/** Home only reads, and only over HTTP: one door. Needs classification and reviews in the process. */
@Module({ providers: [HomeRepository, HomeService, PortfolioRepository], controllers: [HomeController] })
export class HomeHttpModule {}
