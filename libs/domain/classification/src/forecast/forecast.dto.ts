import { STAGES, type Stage } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { GapDto } from '../classification/classification.dto.js';

/** The workload that falls. */
export class ForecastWorkloadDto {
  @IdField({ description: 'Id of the workload.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  key!: string;

  @TextField({ description: 'Name of the workload.' })
  name!: string;
}

/** A fall of stage that will happen by itself. */
export class ForecastDto {
  @ObjectField(() => ForecastWorkloadDto, { description: 'The workload.' })
  workload!: ForecastWorkloadDto;

  @InstantField({ description: 'When it falls if nobody does anything.' })
  fallsAt!: Date;

  @ChoiceField(STAGES, { description: 'The stage it has until then.' })
  from!: Stage;

  @ChoiceField(STAGES, { description: 'The stage it falls to.' })
  to!: Stage;

  @BooleanField({ description: 'Whether it falls to a Pilot that must harden.' })
  hardening!: boolean;

  @ObjectsField(() => GapDto, { description: 'What opens at that instant.', max: 1_000 })
  because!: GapDto[];

  @InstantField({ description: 'When its owners were told; null while it is further away than the organization\'s horizon.', nullable: true })
  announcedAt!: Date | null;
}

/** A page of the forecast. */
export class ForecastPageDto {
  @ObjectsField(() => ForecastDto, { description: 'Falls, soonest first.' })
  items!: ForecastDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}
