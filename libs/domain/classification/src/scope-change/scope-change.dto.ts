import { SCOPE_CHANGE_KINDS, type ScopeChangeKind } from '@roster/contracts';
import { ChoiceField, IdField, InstantField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { DecidedByDto } from '../classification/classification.dto.js';

/** A scope change somebody wants to make. */
export class ScopeChangeRequestDto {
  @ChoiceField(SCOPE_CHANGE_KINDS, { description: 'What grows.' })
  kind!: ScopeChangeKind;

  @TextField({ description: 'What exactly changes, such as which users, region or tool.', max: 4_000 })
  detail!: string;
}

/** A recorded scope change. */
export class ScopeChangeDto {
  @IdField({ description: 'Id of the scope change.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  workload!: string;

  @ChoiceField(SCOPE_CHANGE_KINDS, { description: 'What grows.' })
  kind!: ScopeChangeKind;

  @TextField({ description: 'What exactly changes.', max: 4_000 })
  detail!: string;

  @IdField({ description: 'The result it was let through by.' })
  classification!: string;

  @IdField({ description: 'The break-glass without which it would have been refused.', nullable: true })
  breakGlass!: string | null;

  @InstantField({ description: 'When it was recorded.' })
  recordedAt!: Date;

  @ObjectField(() => DecidedByDto, { description: 'Who asked for it.' })
  recordedBy!: DecidedByDto;
}

/** A page of scope changes. */
export class ScopeChangePageDto {
  @ObjectsField(() => ScopeChangeDto, { description: 'Scope changes, newest first.' })
  items!: ScopeChangeDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}
