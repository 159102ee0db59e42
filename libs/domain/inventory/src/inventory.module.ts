import { Global, Module } from '@nestjs/common';
import { MemberDeparture } from '@roster/access';
import { TrailWorkloads } from '@roster/trail';
import { ReevaluationMarkRepository } from './classification-state/reevaluation-mark.repository.js';
import { ReevaluationMarks } from './classification-state/reevaluation-marks.js';
import { WorkloadProjection } from './classification-state/workload-projection.js';
import { WorkloadProjectionRepository } from './classification-state/workload-projection.repository.js';
import { ComponentRepository } from './component/component.repository.js';
import { ComponentService } from './component/component.service.js';
import { CustomFieldRepository } from './custom-field/custom-field.repository.js';
import { CustomFieldService } from './custom-field/custom-field.service.js';
import { DuplicateRepository } from './duplicate/duplicate.repository.js';
import { DuplicateService } from './duplicate/duplicate.service.js';
import { FactRecorder } from './fact/fact-recorder.js';
import { WorkloadFactsQuery } from './fact/workload-facts.query.js';
import { WorkloadFactsRepository } from './fact/workload-facts.repository.js';
import { HistoryService } from './history/history.service.js';
import { WorkloadHistoryRepository } from './history/workload-history.repository.js';
import { DomainOwners } from './owner/domain-owner.js';
import { OwnerAssignmentRepository } from './owner/owner-assignment.repository.js';
import { OwnerChange } from './owner/owner-change.js';
import { OwnerDeparture } from './owner/owner-departure.js';
import { OwnerInvitation } from './owner/owner-invitation.js';
import { OwnerService } from './owner/owner.service.js';
import { Ownership } from './owner/ownership.js';
import { Reaffirmation } from './owner/reaffirmation.js';
import { RelationRepository } from './relation/relation.repository.js';
import { RelationService } from './relation/relation.service.js';
import { SavedViewRepository } from './saved-view/saved-view.repository.js';
import { SavedViewService } from './saved-view/saved-view.service.js';
import { ScopeGuard } from './scope-expansion/scope-guard.js';
import { ToolGrantRepository } from './tool-grant/tool-grant.repository.js';
import { ToolGrantService } from './tool-grant/tool-grant.service.js';
import { MergeBelongings } from './workload/merge-belongings.js';
import { MergeWorkloadUsecase } from './workload/merge-workload.usecase.js';
import { RegisterWorkloadUsecase } from './workload/register-workload.usecase.js';
import { RegistrationParts } from './workload/registration-parts.js';
import { RetireWorkloadUsecase } from './workload/retire-workload.usecase.js';
import { UpdateParts } from './workload/update-parts.js';
import { UpdateWorkloadUsecase } from './workload/update-workload.usecase.js';
import { WorkloadChange } from './workload/workload-change.js';
import { WorkloadEditing } from './workload/workload-editing.js';
import { WorkloadFacetRepository } from './workload-facet/workload-facet.repository.js';
import { WorkloadFacetService } from './workload-facet/workload-facet.service.js';
import { WorkloadItemRepository } from './workload/workload-item.repository.js';
import { WorkloadLookup } from './workload/workload-lookup.js';
import { WorkloadLookupRepository } from './workload/workload-lookup.repository.js';
import { WorkloadPages } from './workload/workload-pages.js';
import { WorkloadRepository } from './workload/workload.repository.js';
import { WorkloadSelectionRepository } from './workload/workload-selection.repository.js';
import { WorkloadService } from './workload/workload.service.js';
import { WorkloadTouch } from './workload/workload-touch.js';

/** What other areas may ask or tell. */
const doors = [Reaffirmation, WorkloadFactsQuery, WorkloadLookup, WorkloadPages, WorkloadProjection, ReevaluationMarks];
const services = [
  ComponentService, CustomFieldService, DuplicateService, FactRecorder, HistoryService, DomainOwners, OwnerChange, OwnerDeparture, OwnerInvitation, OwnerService, Ownership, RelationService, SavedViewService, WorkloadFacetService, ScopeGuard, ToolGrantService,
  MergeBelongings, MergeWorkloadUsecase, RegisterWorkloadUsecase, RegistrationParts, RetireWorkloadUsecase, UpdateParts, UpdateWorkloadUsecase, WorkloadChange, WorkloadEditing, WorkloadService, WorkloadTouch,
];
const repositories = [
  ReevaluationMarkRepository, WorkloadProjectionRepository, ComponentRepository, CustomFieldRepository, DuplicateRepository, WorkloadFactsRepository, WorkloadHistoryRepository, OwnerAssignmentRepository, RelationRepository, SavedViewRepository, WorkloadFacetRepository, WorkloadSelectionRepository,
  ToolGrantRepository, WorkloadItemRepository, WorkloadLookupRepository, WorkloadRepository,
];

/** The core of the inventory: repositories, services and the queries other areas may ask. */
@Global()
@Module({
  providers: [...repositories, ...services, ...doors, { provide: TrailWorkloads, useExisting: WorkloadLookup }, { provide: MemberDeparture, useExisting: OwnerDeparture }],
  exports: [...services, ...repositories, ...doors, TrailWorkloads, MemberDeparture],
})
export class InventoryModule {}
