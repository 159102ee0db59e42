import { ChoiceField, IdField, InstantField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { DecidedByDto } from '../classification/classification.dto.js';

/** Lifting a freeze for a limited time. */
export class BreakGlassRequestDto {
  @TextField({ description: 'Why it cannot wait until the gaps close. Kept in the trail and shown on the workload.', min: 10, max: 4_000 })
  reason!: string;

  @InstantField({ description: 'Until when; at most 14 days ahead, or less where the organization says so.' })
  until!: string;
}

/** A freeze that was lifted. */
export class BreakGlassDto {
  @IdField({ description: 'Id of the break-glass.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  workload!: string;

  @TextField({ description: 'Why.', max: 4_000 })
  reason!: string;

  @InstantField({ description: 'Since when the freeze is lifted.' })
  grantedAt!: Date;

  @InstantField({ description: 'Until when.' })
  until!: Date;

  @ObjectField(() => DecidedByDto, { description: 'Who lifted it.' })
  grantedBy!: DecidedByDto;

  @InstantField({ description: 'When it ended; null while it is in force.', nullable: true })
  closedAt!: Date | null;

  @ChoiceField(['ran_out', 'gaps_closed', 'replaced'], { description: 'Why it ended.', nullable: true })
  closedWhy!: string | null;
}

/** Every break-glass of a workload. */
export class BreakGlassListDto {
  @ObjectsField(() => BreakGlassDto, { description: 'Newest first; the last 200.' })
  items!: BreakGlassDto[];
}
