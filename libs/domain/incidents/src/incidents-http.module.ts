import { Module } from '@nestjs/common';
import { DrillController } from './drill/drill.controller.js';
import { IncidentsModule } from './incidents.module.js';

/** Drills: HTTP. */
@Module({ imports: [IncidentsModule], controllers: [DrillController] })
export class IncidentsHttpModule {}
