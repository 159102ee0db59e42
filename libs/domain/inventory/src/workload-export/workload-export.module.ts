import { Module } from '@nestjs/common';
import { InventoryModule } from '../inventory.module.js';
import { BuildExportJob } from './build-export.job.js';
import { SweepExportsJob } from './sweep-exports.job.js';
import { WorkloadExportController } from './workload-export.controller.js';
import { ExportSweepRepository, WorkloadExportRepository } from './workload-export.repository.js';
import { WorkloadExportService } from './workload-export.service.js';

/** The core of exports. */
@Module({ imports: [InventoryModule], providers: [WorkloadExportRepository, WorkloadExportService], exports: [WorkloadExportRepository, WorkloadExportService] })
export class WorkloadExportModule {}

/** Exports: HTTP. */
@Module({ imports: [WorkloadExportModule], controllers: [WorkloadExportController] })
export class WorkloadExportHttpModule {}

/** Exports: jobs. */
@Module({ imports: [WorkloadExportModule], providers: [ExportSweepRepository, BuildExportJob, SweepExportsJob] })
export class WorkloadExportJobsModule {}
