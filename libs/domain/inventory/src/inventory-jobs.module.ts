import { Module } from '@nestjs/common';
import { InventoryModule } from './inventory.module.js';
import { OwnershipSweepRepository } from './owner/ownership-sweep.repository.js';
import { SweepOwnershipJob } from './owner/sweep-ownership.job.js';

/** Jobs of the inventory. */
@Module({ imports: [InventoryModule], providers: [OwnershipSweepRepository, SweepOwnershipJob] })
export class InventoryJobsModule {}
