/** Where the sample data of an organization stands. adding -> present | failed; present, failed -> removing -> removed | present. */
export const SAMPLE_STATES = ['adding', 'present', 'failed', 'removing', 'removed'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

/** As callers see it: what was removed is not there. */
export const SAMPLE_VIEW_STATES = ['none', 'adding', 'present', 'failed', 'removing'] as const;

/** Name under which the system submits sample evidence and drills. It is how they are found again. */
export const SAMPLE_SUBMITTER = 'Sample data';
/** On every sample workload. */
export const SAMPLE_TAG = 'sample data';
export const SAMPLE_FILE = 'roster-sample-inventory.csv';

/** What a removal does with workloads that people have changed. */
export const CHANGED_CHOICES = ['keep', 'remove'] as const;
export type ChangedChoice = (typeof CHANGED_CHOICES)[number];
