import { ApiProperty } from '@nestjs/swagger';
import { IntegerField, InstantField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { ActorDto } from '../workload/workload.dto.js';

const ANY = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'object' }, { type: 'array', items: {} }], nullable: true };

export class FieldChangeDto {
  @TextField({ description: 'Field as in the API: name, custom.<key>, facts.<fact>, owners.<role>, components.<component> …', max: 1_000 }) field!: string;
  @ApiProperty({ ...ANY, description: 'Value before; null when there was none.' }) from!: unknown;
  @ApiProperty({ ...ANY, description: 'Value after; null when there is none.' }) to!: unknown;
}

export class HistoryEntryDto {
  @InstantField({ description: 'When.' }) at!: Date;
  @ObjectField(() => ActorDto, { description: 'Who; null when something was taken away, then the trail says who.', nullable: true }) by!: ActorDto | null;
  @TextField({ description: 'Key of the workload: this one, or one that was merged into it.', max: 60 }) workload!: string;
  @ObjectsField(() => FieldChangeDto, { description: 'What changed, field by field.', max: 10_000 }) changes!: FieldChangeDto[];
}

export class HistoryPageDto {
  @ObjectsField(() => HistoryEntryDto, { description: 'Changes, newest first.' }) items!: HistoryEntryDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'Not given for histories.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}
