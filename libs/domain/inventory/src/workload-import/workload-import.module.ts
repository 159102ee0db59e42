import { Module } from '@nestjs/common';
import { ChangeImportUsecase } from './change-import.usecase.js';
import { CommitImportJob } from './commit-import.job.js';
import { ImportApplyRepository } from './import-apply.repository.js';
import { ImportDuplicateRepository } from './import-duplicate.repository.js';
import { ImportDuplicates } from './import-duplicates.js';
import { ImportFailure } from './import-failure.js';
import { ImportPlanRepository } from './import-plan.repository.js';
import { ImportRegister } from './import-register.js';
import { ImportRunner } from './import-runner.js';
import { ImportStagingRepository } from './import-staging.repository.js';
import { ImportWriter } from './import-writer.js';
import { RereadImportUsecase } from './reread-import.usecase.js';
import { RollbackImportJob } from './rollback-import.job.js';
import { RunImportJob } from './run-import.job.js';
import { SampleImport } from './sample-import.js';
import { ImportSweepRepository } from './import-sweep.repository.js';
import { StartImportUsecase } from './start-import.usecase.js';
import { SweepImportsJob } from './sweep-imports.job.js';
import { WorkloadImportController } from './workload-import.controller.js';
import { WorkloadImportRepository } from './workload-import.repository.js';
import { WorkloadImportService } from './workload-import.service.js';

const services = [ImportWriter, ImportDuplicates, ImportFailure, ImportRunner, ImportRegister, WorkloadImportService, StartImportUsecase, ChangeImportUsecase, RereadImportUsecase, SampleImport];
const repositories = [WorkloadImportRepository, ImportStagingRepository, ImportPlanRepository, ImportApplyRepository, ImportDuplicateRepository];

/** The core of imports: repositories and services. */
@Module({ providers: [...repositories, ...services], exports: [...repositories, ...services] })
export class WorkloadImportModule {}

/** Imports: HTTP. */
@Module({ imports: [WorkloadImportModule], controllers: [WorkloadImportController] })
export class WorkloadImportHttpModule {}

/** Imports: jobs. */
@Module({ imports: [WorkloadImportModule], providers: [ImportSweepRepository, RunImportJob, CommitImportJob, RollbackImportJob, SweepImportsJob] })
export class WorkloadImportJobsModule {}
