import { BooleanField, ChoiceField, InstantField, IntegerField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { SAMPLE_VIEW_STATES } from '../sample-data/sample-state.js';

export const ONBOARDING_STEPS = ['register', 'owner', 'evidence', 'classify', 'schedule'] as const;
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];

export class OnboardingWorkloadDto {
  @TextField({ description: 'Key of the workload.' }) key!: string;
  @TextField({ description: 'Name of the workload.' }) name!: string;
}

/** One step of the first run, computed from what is in the organization. */
export class OnboardingStepDto {
  @ChoiceField(ONBOARDING_STEPS, { description: 'Which step.' }) id!: OnboardingStep;
  @BooleanField({ description: 'It was done, by whomever, for a workload of the organization\'s own.' }) done!: boolean;
  @InstantField({ description: 'When it was done first.', nullable: true }) at!: Date | null;
  @TextField({ description: 'Who did it first; null when it came about by itself, such as a classification.', nullable: true }) by!: string | null;
  @ObjectField(() => OnboardingWorkloadDto, { description: 'The workload it was done for, or the one to do it for next; null when there is none yet.', nullable: true }) workload!: OnboardingWorkloadDto | null;
  @TextField({ description: 'Page on which it is done or can be seen; null when another step comes first.', nullable: true }) href!: string | null;
  @TextField({ description: 'Permission that doing it needs.' }) permission!: string;
}

export class SampleDataDto {
  @ChoiceField(SAMPLE_VIEW_STATES, { description: 'Whether there is sample data, and whether it is being added or removed.' }) state!: string;
  @TextField({ description: 'Tag that every sample workload carries.' }) tag!: string;
  @IntegerField({ description: 'Sample workloads in the inventory.', min: 0, max: 1_000 }) workloads!: number;
  @ObjectsField(() => OnboardingWorkloadDto, { description: 'Sample workloads that somebody has changed or worked on since; removing asks what to do with them.' }) changed!: OnboardingWorkloadDto[];
  @InstantField({ description: 'When somebody asked for it.', nullable: true }) askedAt!: Date | null;
  @TextField({ description: 'Who asked for it.', nullable: true }) askedBy!: string | null;
}

/** How far the organization is with its first run. */
export class OnboardingDto {
  @ObjectsField(() => OnboardingStepDto, { description: 'The five steps in their order.' }) steps!: OnboardingStepDto[];
  @IntegerField({ description: 'Steps that are done.', min: 0, max: 5 }) done!: number;
  @InstantField({ description: 'When the caller put the checklist away; null while it is shown.', nullable: true }) dismissedAt!: Date | null;
  @ObjectField(() => SampleDataDto, { description: 'The sample data.' }) sampleData!: SampleDataDto;
}
