import { OPERATION_STATUSES, type OperationStatus } from '@roster/contracts';
import { ChoiceField, IdField, InstantField, IntegerField, JsonField, ObjectField, TextField } from '@roster/platform-http';

/** Where long work can be watched. */
export class StartedOperationDto {
  @IdField({ description: 'Id of the operation.' })
  id!: string;

  @TextField({ description: 'Where its state is read; add /events for server-sent events.' })
  href!: string;
}

/** How far long work has come. */
export class EvaluationProgressDto {
  @IntegerField({ description: 'Done so far.', min: 0, max: 1_000_000_000 })
  done!: number;

  @IntegerField({ description: 'Of so many; null while that is not known.', min: 0, max: 1_000_000_000, nullable: true })
  total!: number | null;

  @TextField({ description: 'What is counted.' })
  unit!: string;
}

/** State of long work. */
export class EvaluationOperationDto {
  @IdField({ description: 'Id of the operation.' })
  id!: string;

  @ChoiceField(OPERATION_STATUSES, { description: 'State.' })
  status!: OperationStatus;

  @ObjectField(() => EvaluationProgressDto, { description: 'Progress.' })
  progress!: EvaluationProgressDto;

  @JsonField({ description: 'Figures, once it has succeeded.', optional: true })
  result?: Record<string, unknown>;

  @JsonField({ description: 'The problem, when it has failed.', optional: true })
  problem?: Record<string, unknown>;

  @InstantField({ description: 'When it was asked for.' })
  createdAt!: Date;

  @InstantField({ description: 'When it ended; null while it goes on.', nullable: true })
  finishedAt!: Date | null;
}
