import { ChoiceField, IdField, InstantField, IntegerField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { EXCEPTION_KINDS } from '../coverage/coverage-inputs.js';
import { EvidenceActorDto, EvidenceWorkloadDto } from '../item/evidence.dto.js';

export const EXCEPTION_STATUS_NAMES = ['requested', 'approved', 'declined', 'withdrawn', 'expired'] as const;

export class RequestExceptionDto {
  @ChoiceField(EXCEPTION_KINDS, { description: 'exception = a waiver with an end (the default); not_applicable = the requirement does not apply to this workload.', optional: true }) kind?: 'exception' | 'not_applicable';
  @TextField({ description: 'Key or id of the workload.', max: 100 }) workload!: string;
  @TextField({ description: '`<edition>/<id>`, or an id of the organization\'s edition. Of a criterion with facets, name one facet.', max: 200 }) criterion!: string;
  @TextField({ description: 'Why; for not_applicable the justification.', max: 10_000 }) reason!: string;
  @TextField({ description: 'What lowers the risk meanwhile. Required for an exception.', max: 10_000, optional: true, nullable: true }) compensatingControl?: string | null;
  @InstantField({ description: 'When it ends. Required for an exception; in the future.', optional: true, nullable: true }) expiresAt?: string | null;
}

export class DecideExceptionDto {
  @ChoiceField(['approve', 'decline', 'accept', 'reject'], { description: 'approve or decline (accept and reject mean the same).' }) decision!: string;
  @TextField({ description: 'Why. Required to decline.', max: 4_000, optional: true, nullable: true }) comment?: string | null;
}

export class WithdrawExceptionDto {
  @TextField({ description: 'Why it ends.', max: 4_000 }) reason!: string;
}

export class ExceptionDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(EXCEPTION_KINDS, { description: 'Kind.' }) kind!: string;
  @ChoiceField(EXCEPTION_STATUS_NAMES, { description: 'Where it stands now; expired = approved, but not in force any more.' }) status!: string;
  @ObjectField(() => EvidenceWorkloadDto, { description: 'Workload.' }) workload!: EvidenceWorkloadDto;
  @TextField({ description: 'Requirement, `<edition>/<id>`.' }) criterion!: string;
  @TextField({ description: 'Why.', max: 10_000 }) reason!: string;
  @TextField({ description: 'What lowers the risk meanwhile.', nullable: true, max: 10_000 }) compensatingControl!: string | null;
  @InstantField({ description: 'When it ends; null = never.', nullable: true }) expiresAt!: Date | null;
  @InstantField({ description: 'When it was requested.' }) requestedAt!: Date;
  @ObjectField(() => EvidenceActorDto, { description: 'Who requested it.' }) requestedBy!: EvidenceActorDto;
  @InstantField({ description: 'When it was decided.', nullable: true }) decidedAt!: Date | null;
  @ObjectField(() => EvidenceActorDto, { description: 'Who decided.', nullable: true }) decidedBy!: EvidenceActorDto | null;
  @TextField({ description: 'What the approver said.', nullable: true, max: 4_000 }) comment!: string | null;
  @InstantField({ description: 'When it was withdrawn.', nullable: true }) withdrawnAt!: Date | null;
}

export class ExceptionPageDto {
  @ObjectsField(() => ExceptionDto, { description: 'Exceptions.' }) items!: readonly ExceptionDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', min: 0, max: 2 ** 31, optional: true }) total?: number;
}
