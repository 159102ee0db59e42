import { OWNER_STATUSES } from '@roster/contracts';
import { BooleanField, ChoiceField, EmailField, IdField, InstantField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { ActorDto } from '../workload/workload.dto.js';
import { OWNER_POSITIONS, type OwnerPosition } from './owner-slot.js';

/** Exactly one of memberId and email. */
export class ProposeOwnerDto {
  @IdField({ description: 'Member who shall answer for it.', optional: true }) memberId?: string;
  @EmailField({ description: 'Or an e-mail address. Somebody who is no member yet is proposed and, if you may invite, invited.', optional: true }) email?: string;
  @ChoiceField(OWNER_POSITIONS, { description: 'Owner (default) or deputy, who takes over when the owner leaves.', optional: true }) position?: OwnerPosition;
}

export class AnswerOwnershipDto {
  @ChoiceField(OWNER_POSITIONS, { description: 'Owner (default) or deputy.', optional: true }) position?: OwnerPosition;
  @TextField({ description: 'What you want to say about it.', max: 4_000, optional: true, nullable: true }) note?: string | null;
}

export class OwnerAssignmentDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Role.', max: 60 }) role!: string;
  @TextField({ description: 'Framework domain as edition/id, for a domain owner.', nullable: true, max: 200 }) domain!: string | null;
  @ChoiceField(OWNER_POSITIONS, { description: 'Owner or deputy.' }) position!: OwnerPosition;
  @IdField({ description: 'Member; null while an invited person has not joined.', nullable: true }) memberId!: string | null;
  @TextField({ description: 'Name.', nullable: true, max: 200 }) name!: string | null;
  @TextField({ description: 'E-mail address.', max: 254 }) email!: string;
  @ChoiceField(OWNER_STATUSES, { description: 'Only accepted owners count.' }) status!: string;
  @InstantField({ description: 'When it was proposed.' }) proposedAt!: Date;
  @ObjectField(() => ActorDto, { description: 'Who proposed it.' }) proposedBy!: ActorDto;
  @InstantField({ description: 'From when they answer for it.', nullable: true }) effectiveFrom!: Date | null;
  @InstantField({ description: 'Until when they answered for it.', nullable: true }) effectiveTo!: Date | null;
  @InstantField({ description: 'When they accepted or declined.', nullable: true }) respondedAt!: Date | null;
  @TextField({ description: 'What they said.', nullable: true, max: 4_000 }) note!: string | null;
  @InstantField({ description: 'When they last affirmed it.', nullable: true }) reaffirmedAt!: Date | null;
  @InstantField({ description: 'When it has to be re-affirmed: accept again.', nullable: true }) reaffirmDueAt!: Date | null;
  @BooleanField({ description: 'Re-affirmation is overdue.' }) reaffirmOverdue!: boolean;
  @IdField({ description: 'Assignment this one took over from.', nullable: true }) succeeds!: string | null;
}

/** What became of a proposal to somebody who is not a member. */
export class ProposedOwnerDto extends OwnerAssignmentDto {
  @ChoiceField(['not_needed', 'sent', 'open', 'not_permitted'], { description: 'not_needed: a member. sent: invited now. open: invited before. not_permitted: ask somebody who may invite.' }) invitation!: string;
}

export class OwnersDto {
  @ObjectsField(() => OwnerAssignmentDto, { description: 'Assignments, current ones first; history below.', max: 10_000 }) items!: OwnerAssignmentDto[];
}
