import { problem, type ProblemError } from '@roster/platform-errors';

/** Also the answer for another organization's member: it does not exist here. */
export const memberNotFound = (id: string): ProblemError => problem('ACCESS_MEMBER_NOT_FOUND', `There is no member ${id}.`);

export const memberChangedMeanwhile = (): ProblemError =>
  problem('PLATFORM_VERSION_CONFLICT', 'Somebody else changed this member at the same time. Read it again and repeat your change.');
