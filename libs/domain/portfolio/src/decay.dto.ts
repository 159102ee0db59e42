import { EVIDENCE_KINDS, type EvidenceKind } from '@roster/contracts';
import { ChoiceField, DateField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

const COUNT = { min: 0, max: 1_000_000_000 };

export class DecayDayDto {
  @DateField({ description: 'Day in the time zone of the organization.' }) date!: string;
  @IntegerField({ description: 'Accepted evidence that stops counting.', ...COUNT }) expiring!: number;
  @IntegerField({ description: 'Workloads that fall to a lower stage.', ...COUNT }) falls!: number;
}
export class ExpiringWorkloadDto {
  @TextField({ description: 'Key.' }) key!: string;
  @TextField({ description: 'Name.' }) name!: string;
}
export class ExpiringEvidenceDto {
  @IdField({ description: 'Evidence.' }) itemId!: string;
  @IntegerField({ description: 'Version.', min: 1, max: 1_000_000 }) version!: number;
  @ChoiceField(EVIDENCE_KINDS, { description: 'Kind.' }) kind!: EvidenceKind;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @InstantField({ description: 'When it stops counting.' }) expiresAt!: Date;
  @IntegerField({ description: 'Workloads that it supports.', ...COUNT }) workloads!: number;
  @ObjectsField(() => ExpiringWorkloadDto, { description: 'The first three of them, by key.', max: 3 }) first!: ExpiringWorkloadDto[];
}
export class DecayDto {
  @InstantField({ description: 'Now.' }) from!: Date;
  @InstantField({ description: 'End of the period.' }) to!: Date;
  @IntegerField({ description: 'Accepted evidence that stops counting in the period.', ...COUNT }) expiring!: number;
  @IntegerField({ description: 'Workloads that fall in the period.', ...COUNT }) falls!: number;
  @ObjectsField(() => DecayDayDto, { description: 'Days on which something happens, in order.', max: 400 }) days!: DecayDayDto[];
  @ObjectsField(() => ExpiringEvidenceDto, { description: 'The first two hundred to expire, soonest first. GET /forecast lists the falls with their reasons.', max: 200 }) next!: ExpiringEvidenceDto[];
}
