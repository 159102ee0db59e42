import { Global, Module } from '@nestjs/common';
import { TrailWorkloads } from '@roster/trail';
import { ReevaluationMarkRepository } from './classification-state/reevaluation-mark.repository.js';
import { ReevaluationMarks } from './classification-state/reevaluation-marks.js';
import { WorkloadProjection } from './classification-state/workload-projection.js';
import { WorkloadProjectionRepository } from './classification-state/workload-projection.repository.js';
import { WorkloadFactsQuery } from './fact/workload-facts.query.js';
import { WorkloadFactsRepository } from './fact/workload-facts.repository.js';
import { WorkloadLookup } from './workload/workload-lookup.js';
import { WorkloadLookupRepository } from './workload/workload-lookup.repository.js';

const doors = [WorkloadFactsQuery, WorkloadLookup, WorkloadProjection, ReevaluationMarks];

/** The core of the inventory: repositories, services and the queries other areas may ask. */
@Global()
@Module({
  providers: [ReevaluationMarkRepository, WorkloadFactsRepository, WorkloadLookupRepository, WorkloadProjectionRepository, ...doors, { provide: TrailWorkloads, useExisting: WorkloadLookup }],
  exports: [...doors, TrailWorkloads],
})
export class InventoryModule {}
