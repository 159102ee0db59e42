import type { ProblemTable } from './problem-table.js';

export const onboardingProblems = {
  ONBOARDING_SAMPLE_DATA_NOT_FOUND: { status: 404, title: 'There is no sample data' },
  ONBOARDING_SAMPLE_DATA_EXISTS: { status: 409, title: 'The sample data is there already' },
  ONBOARDING_SAMPLE_DATA_BUSY: { status: 409, title: 'The sample data is being added or removed' },
  ONBOARDING_SAMPLE_DATA_CHANGED: { status: 409, title: 'Some of the sample workloads were changed' },
  ONBOARDING_SESSION_NEEDED: { status: 403, title: 'Only somebody who is signed in can do this' },
} as const satisfies ProblemTable;
