import { Module } from '@nestjs/common';
import { InventoryModule } from './inventory.module.js';
import { OwnershipSweepRepository } from './owner/ownership-sweep.repository.js';
import { PeriodChangedListener } from './owner/period-changed.listener.js';
import { SweepOwnershipJob } from './owner/sweep-ownership.job.js';
import { BulkEditJobsModule } from './workload-bulk-edit/bulk-edit.module.js';
import { WorkloadExportJobsModule } from './workload-export/workload-export.module.js';

/** Jobs of the inventory. */
@Module({ imports: [InventoryModule, BulkEditJobsModule, WorkloadExportJobsModule], providers: [OwnershipSweepRepository, SweepOwnershipJob, PeriodChangedListener] })
export class InventoryJobsModule {}
