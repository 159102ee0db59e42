import { STAGES, type Stage } from '@roster/contracts';
import { ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

export class StageChangeDto {
  @IdField({ description: 'Id of the classification that changed the stage.' }) id!: string;
  @InstantField({ description: 'When.' }) at!: Date;
  @TextField({ description: 'Key of the workload.' }) key!: string;
  @TextField({ description: 'Name of the workload.' }) name!: string;
  @ChoiceField(STAGES, { description: 'Stage before; null = classified for the first time.', nullable: true }) from!: Stage | null;
  @ChoiceField(STAGES, { description: 'Stage after.' }) to!: Stage;
}
export class StageChangePageDto {
  @ObjectsField(() => StageChangeDto, { description: 'Changes, newest first.' }) items!: StageChangeDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true, max: 2_000 }) nextCursor!: string | null;
}

const COUNT = { min: 0, max: 1_000_000_000 };

export class TrendPointDto {
  @InstantField({ description: 'The instant the figures are for.' }) at!: Date;
  @IntegerField({ description: 'Workloads that were Experiments.', ...COUNT }) experiment!: number;
  @IntegerField({ description: 'Workloads that were Pilots.', ...COUNT }) pilot!: number;
  @IntegerField({ description: 'Workloads that were in production.', ...COUNT }) production!: number;
  @IntegerField({ description: 'Workloads that were scaled.', ...COUNT }) scaled!: number;
  @IntegerField({ description: 'Reviews that were open past their due day.', ...COUNT }) overdue!: number;
}
export class TrendDto {
  @ObjectsField(() => TrendPointDto, { description: 'One point a week, oldest first; the last is now.', max: 200 }) points!: TrendPointDto[];
}
