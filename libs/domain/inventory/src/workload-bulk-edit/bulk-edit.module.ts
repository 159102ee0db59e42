import { Module } from '@nestjs/common';
import { InventoryModule } from '../inventory.module.js';
import { BulkChangeReader } from './bulk-change-reader.js';
import { BulkEditController } from './bulk-edit.controller.js';
import { BulkEditRepository } from './bulk-edit.repository.js';
import { BulkEditRunner } from './bulk-edit-runner.js';
import { BulkEditService } from './bulk-edit.service.js';
import { BulkEditWriter } from './bulk-edit-writer.js';
import { BulkPlanner } from './bulk-planner.js';
import { BulkWriteRepository } from './bulk-write.repository.js';
import { CommitBulkEditJob } from './commit-bulk-edit.job.js';
import { PrepareBulkEditUsecase } from './prepare-bulk-edit.usecase.js';
import { BulkEditSweepRepository } from './bulk-edit-sweep.repository.js';
import { SweepBulkEditsJob } from './sweep-bulk-edits.job.js';
import { UndoBulkEditJob } from './undo-bulk-edit.job.js';

const parts = [BulkEditRepository, BulkWriteRepository, BulkChangeReader, BulkPlanner, BulkEditWriter, BulkEditRunner, BulkEditService, PrepareBulkEditUsecase];

/** The core of bulk edits: repositories and services. */
@Module({ imports: [InventoryModule], providers: parts, exports: parts })
export class BulkEditModule {}

/** Bulk edits: HTTP. */
@Module({ imports: [BulkEditModule], controllers: [BulkEditController] })
export class BulkEditHttpModule {}

/** Bulk edits: jobs. */
@Module({ imports: [BulkEditModule], providers: [CommitBulkEditJob, UndoBulkEditJob, BulkEditSweepRepository, SweepBulkEditsJob] })
export class BulkEditJobsModule {}
