import { Global, Module } from '@nestjs/common';
import { DrillLedger } from './drill/drill-ledger.js';
import { DrillQuery } from './drill/drill-query.js';
import { DrillRepository } from './drill/drill.repository.js';
import { DrillService } from './drill/drill.service.js';
import { RecordDrillUsecase } from './drill/record-drill.usecase.js';

/** Drills: core. */
@Global()
@Module({ providers: [DrillRepository, DrillLedger, DrillQuery, DrillService, RecordDrillUsecase], exports: [DrillQuery, DrillService, RecordDrillUsecase] })
export class IncidentsModule {}
