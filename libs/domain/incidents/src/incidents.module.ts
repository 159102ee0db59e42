import { Global, Module } from '@nestjs/common';
import { DrillLedger } from './drill/drill-ledger.js';
import { DrillQuery } from './drill/drill-query.js';
import { DrillRepository } from './drill/drill.repository.js';
import { DrillService } from './drill/drill.service.js';
import { RecordDrillUsecase } from './drill/record-drill.usecase.js';
import { TakeOverDrillsUsecase } from './merge/take-over-drills.usecase.js';

/** Drills: core. */
@Global()
@Module({ providers: [DrillRepository, DrillLedger, DrillQuery, DrillService, RecordDrillUsecase, TakeOverDrillsUsecase], exports: [DrillQuery, DrillService, RecordDrillUsecase, TakeOverDrillsUsecase] })
export class IncidentsModule {}
