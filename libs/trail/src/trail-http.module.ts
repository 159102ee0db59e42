import { Module } from '@nestjs/common';
import { TrailController } from './trail.controller.js';
import { TrailModule } from './trail.module.js';
import { TrailService } from './trail.service.js';

/** The routes of the trail. Needs {@link TrailWorkloads}, which the inventory library provides. */
@Module({ imports: [TrailModule], controllers: [TrailController], providers: [TrailService] })
export class TrailHttpModule {}
