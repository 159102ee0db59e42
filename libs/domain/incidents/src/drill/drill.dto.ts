import { ApiExtraModels } from '@nestjs/swagger';
import { DRILL_KINDS, DRILL_RESULTS, type DrillKind, type DrillResult } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, NumberField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';

/** A drill to record. */
export class RecordDrillDto {
  @ChoiceField(DRILL_KINDS, { description: 'What was rehearsed.' })
  kind!: DrillKind;

  @InstantField({ description: 'When it was started, such as the moment somebody pulled the kill switch.' })
  startedAt!: string;

  @InstantField({ description: 'When it was over, such as the moment the workload answered no more. At most 24 hours later, and not in the future.' })
  endedAt!: string;

  @ChoiceField(DRILL_RESULTS, { description: 'How it ended. Only passed drills count.' })
  result!: DrillResult;

  @TextField({ description: 'How it was done: the switch, the script, the runbook step.', max: 4_000 })
  method!: string;

  @TextsField({ description: 'Who took part, by name.', optional: true, max: 50, maxLength: 200 })
  participants?: string[];

  @TextField({ description: 'What was noticed.', optional: true, nullable: true, max: 10_000 })
  notes?: string | null;

  @IdField({ description: 'An evidence item that shows it, such as a log. The drill itself becomes evidence in any case.', optional: true, nullable: true })
  evidence?: string | null;
}

/** Evidence that a drill became or came with. */
export class DrillEvidenceDto {
  @IdField({ description: 'Id of the evidence item.' })
  id!: string;

  @IntegerField({ description: 'Version of the item.', min: 1, max: 1_000_000, nullable: true })
  version!: number | null;
}

/** A member, an API key or the system. */
export class DrillActorDto {
  @ChoiceField(['member', 'api_key', 'system'], { description: 'Who it was.' })
  type!: string;

  @TextField({ description: 'Id of the member or key.' })
  id!: string;

  @TextField({ description: 'Name at that time.' })
  name!: string;
}

/** A recorded drill. */
@ApiExtraModels(DrillEvidenceDto, DrillActorDto)
export class DrillDto {
  @IdField({ description: 'Id of the drill.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  workload!: string;

  @ChoiceField(DRILL_KINDS, { description: 'What was rehearsed.' })
  kind!: DrillKind;

  @InstantField({ description: 'When it was started.' })
  startedAt!: Date;

  @InstantField({ description: 'When it was over.' })
  endedAt!: Date;

  @NumberField({ description: 'How long it took, in seconds.', min: 0, max: 86_400 })
  durationSeconds!: number;

  @ChoiceField(DRILL_RESULTS, { description: 'How it ended.' })
  result!: DrillResult;

  @BooleanField({ description: 'Whether it was fast enough for the organization\'s limit; null for kinds without one.', nullable: true })
  withinLimit!: boolean | null;

  @InstantField({ description: 'Until when a passed kill-switch drill counts for the risk tier the workload has now; null when it does not count.', nullable: true })
  countsUntil!: Date | null;

  @TextField({ description: 'How it was done.', max: 4_000 })
  method!: string;

  @TextsField({ description: 'Who took part.', max: 50 })
  participants!: string[];

  @TextField({ description: 'What was noticed.', nullable: true, max: 10_000 })
  notes!: string | null;

  @ObjectField(() => DrillEvidenceDto, { description: 'The evidence the drill became.' })
  evidence!: DrillEvidenceDto;

  @ObjectField(() => DrillEvidenceDto, { description: 'The evidence it came with.', nullable: true })
  attachedEvidence!: DrillEvidenceDto | null;

  @InstantField({ description: 'When it was recorded.' })
  recordedAt!: Date;

  @ObjectField(() => DrillActorDto, { description: 'Who recorded it.' })
  recordedBy!: DrillActorDto;
}

/** A page of drills. */
export class DrillPageDto {
  @ObjectsField(() => DrillDto, { description: 'Drills, newest first unless sorted otherwise.' })
  items!: DrillDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}
