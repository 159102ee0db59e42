import { Module } from '@nestjs/common';
import { IncidentsModule } from './incidents.module.js';
import { DrillsOfMergedListener } from './merge/workload-merged.listener.js';

/** Drills: what events ask of them. */
@Module({ imports: [IncidentsModule], providers: [DrillsOfMergedListener] })
export class IncidentsJobsModule {}
