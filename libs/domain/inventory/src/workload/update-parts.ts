import { Injectable } from '@nestjs/common';
import { CustomFieldService } from '../custom-field/custom-field.service.js';
import { FactRecorder } from '../fact/fact-recorder.js';
import { OwnerAssignmentRepository } from '../owner/owner-assignment.repository.js';
import { Ownership } from '../owner/ownership.js';
import { ScopeGuard } from '../scope-expansion/scope-guard.js';
import { WorkloadChange } from './workload-change.js';

/** What an update is made of besides the workload itself. */
@Injectable()
export class UpdateParts {
  constructor(
    readonly facts: FactRecorder, readonly customFields: CustomFieldService, readonly change: WorkloadChange, readonly ownership: Ownership, readonly owners: OwnerAssignmentRepository,
    readonly guard: ScopeGuard,
  ) {}
}
