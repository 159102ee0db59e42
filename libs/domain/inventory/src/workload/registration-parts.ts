import { Injectable } from '@nestjs/common';
import { CustomFieldService } from '../custom-field/custom-field.service.js';
import { DuplicateService } from '../duplicate/duplicate.service.js';
import { FactRecorder } from '../fact/fact-recorder.js';
import { WorkloadChange } from './workload-change.js';

/** What a registration is made of besides the workload itself. */
@Injectable()
export class RegistrationParts {
  constructor(readonly facts: FactRecorder, readonly customFields: CustomFieldService, readonly change: WorkloadChange, readonly duplicates: DuplicateService) {}
}
