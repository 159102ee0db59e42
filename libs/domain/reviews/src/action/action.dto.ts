import { FINDING_SEVERITIES } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { MemberNameDto, WorkloadNameDto } from '../review/review.dto.js';
import { ACTION_STATUSES, type ActionStatus } from './action-status.js';

export class ActionDto {
  @IdField({ description: 'Id of the action.' }) id!: string;
  @ObjectField(() => WorkloadNameDto, { description: 'The workload it is about.' }) workload!: WorkloadNameDto;
  @IdField({ description: 'The review it came out of.' }) reviewId!: string;
  @IdField({ description: 'The finding it came out of; null when it came out of the outcome.', nullable: true }) findingId!: string | null;
  @TextField({ description: 'What is to be done.', max: 300 }) title!: string;
  @TextField({ description: 'More about it; null when there is none.', nullable: true, max: 10_000 }) detail!: string | null;
  @ChoiceField(FINDING_SEVERITIES, { description: 'Severity of the finding.' }) severity!: string;
  @TextField({ description: 'Domain of the framework edition; null for a general one.', nullable: true, max: 64 }) domainId!: string | null;
  @IdField({ description: 'Member who does it.', nullable: true }) ownerMemberId!: string | null;
  @ObjectField(() => MemberNameDto, { description: 'The same with their name.', nullable: true }) owner!: MemberNameDto | null;
  @InstantField({ description: 'When it is to be done.' }) dueAt!: Date;
  @BooleanField({ description: 'Open and past its date.' }) overdue!: boolean;
  @ChoiceField(ACTION_STATUSES, { description: 'open, in_progress, done, or dropped with a note.' }) status!: ActionStatus;
  @TextField({ description: 'Note of whoever changed it last; null when there is none.', nullable: true, max: 4_000 }) note!: string | null;
  @InstantField({ description: 'When it was opened.' }) createdAt!: Date;
  @InstantField({ description: 'When it was changed last.' }) updatedAt!: Date;
  @InstantField({ description: 'When it was done or dropped; null before.', nullable: true }) closedAt!: Date | null;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

export class ActionPageDto {
  @ObjectsField(() => ActionDto, { description: 'Actions of this page.' }) items!: ActionDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}

export class ChangeActionDto {
  @IdField({ description: 'Member who does it from now on.', optional: true }) ownerMemberId?: string;
  @InstantField({ description: 'New date.', optional: true }) dueAt?: string;
  @ChoiceField(ACTION_STATUSES, { description: 'New status. done and dropped are final.', optional: true }) status?: ActionStatus;
  @TextField({ description: 'Note; required when it is dropped. null clears it.', optional: true, nullable: true, max: 4_000 }) note?: string | null;
}
