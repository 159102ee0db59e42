import { STAGES, type Stage } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, IntegerField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';

/** What to preview. */
export class ImpactPreviewRequestDto {
  @TextField({ description: 'The edition that would be adopted.', max: 64 })
  edition!: string;
}

/** Stage, hardening and freeze. */
export class ImpactStateDto {
  @ChoiceField(STAGES, { description: 'The computed stage.' })
  stage!: Stage;

  @BooleanField({ description: 'A Pilot that must harden.' })
  hardening!: boolean;

  @BooleanField({ description: 'Whether the freeze rule applies.' })
  frozen!: boolean;
}

/** One workload that would change. */
export class ImpactedWorkloadDto {
  @IdField({ description: 'Id of the workload.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  key!: string;

  @TextField({ description: 'Name of the workload.' })
  name!: string;

  @ObjectField(() => ImpactStateDto, { description: 'What it is now.' })
  from!: ImpactStateDto;

  @ObjectField(() => ImpactStateDto, { description: 'What it would be.' })
  to!: ImpactStateDto;

  @IntegerField({ description: 'How many gaps would stand between it and the next stage.', min: 0, max: 100_000 })
  gapCount!: number;
}

/** A page of workloads that would change. */
export class ImpactedWorkloadPageDto {
  @ObjectsField(() => ImpactedWorkloadDto, { description: 'Workloads in order of id.' })
  items!: ImpactedWorkloadDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}
