import { Module } from '@nestjs/common';
import { InventoryModule } from './inventory.module.js';
import { OwnershipSweepRepository } from './owner/ownership-sweep.repository.js';
import { SweepOwnershipJob } from './owner/sweep-ownership.job.js';
import { BulkEditJobsModule } from './workload-bulk-edit/bulk-edit.module.js';

/** Jobs of the inventory. */
@Module({ imports: [InventoryModule, BulkEditJobsModule], providers: [OwnershipSweepRepository, SweepOwnershipJob] })
export class InventoryJobsModule {}
