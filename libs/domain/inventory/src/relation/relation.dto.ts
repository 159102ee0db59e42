import { RELATION_TYPES } from '@roster/contracts';
import { ChoiceField, InstantField, ObjectsField, TextField } from '@roster/platform-http';

export class RelateWorkloadDto {
  @ChoiceField(RELATION_TYPES, { description: 'How this workload relates to the other.' }) type!: string;
  @TextField({ description: 'Key or id of the other workload.', max: 60 }) workload!: string;
  @TextField({ description: 'Note.', max: 2_000, optional: true, nullable: true }) note?: string | null;
}
export class ReplaceRelationsDto {
  @ObjectsField(() => RelateWorkloadDto, { description: 'All relations that start from the workload; what is left out ends.', max: 500 }) relations!: RelateWorkloadDto[];
}
export class RelationDto {
  @ChoiceField(RELATION_TYPES, { description: 'Type.' }) type!: string;
  @ChoiceField(['outgoing', 'incoming'], { description: 'outgoing: this workload calls, feeds … the other.' }) direction!: string;
  @TextField({ description: 'Key of the other workload.', max: 60 }) workload!: string;
  @TextField({ description: 'Name of the other workload.', max: 500 }) name!: string;
  @TextField({ description: 'Note.', max: 2_000, nullable: true }) note!: string | null;
  @InstantField({ description: 'Since when.' }) addedAt!: Date;
}
export class RelationsDto {
  @ObjectsField(() => RelationDto, { description: 'Relations in both directions.', max: 10_000 }) items!: RelationDto[];
}
