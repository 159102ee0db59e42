import { STAGES, type Stage } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { GapDto, TreeReferenceDto } from '../classification/classification.dto.js';
import { GATE_VERDICTS, type GateVerdict } from './gate.js';

/** Until when a freeze is lifted, and why. */
export class GateLiftedDto {
  @InstantField({ description: 'Until when.' })
  until!: string;

  @TextField({ description: 'Why, as whoever broke the glass said it.', max: 4_000 })
  reason!: string;
}

/** Why the gate answers as it does. */
export class GateReasonDto {
  @TextField({ description: 'Stable code: STAGE_REACHED, STAGE_NOT_REACHED, UNDETERMINED, RETIRED, FROZEN, FREEZE_UNDETERMINED, BREAK_GLASS, NOT_FROZEN.' })
  code!: string;

  @TextField({ description: 'The reason in words.', max: 5_000 })
  message!: string;

  @ObjectField(() => GateLiftedDto, { description: 'BREAK_GLASS only.', optional: true })
  lifted?: GateLiftedDto;
}

/** What a pipeline is told. */
export class GateDto {
  @ChoiceField(GATE_VERDICTS, { description: 'pass, fail or frozen.' })
  verdict!: GateVerdict;

  @TextField({ description: 'Key of the workload.' })
  workload!: string;

  @TextField({ description: 'What was asked for: production, or scope-change:<kind>.' })
  for!: string;

  @ObjectsField(() => GateReasonDto, { description: 'Why.' })
  reasons!: readonly GateReasonDto[];

  @ObjectsField(() => GapDto, { description: 'What has to close before the verdict can be pass.', max: 1_000 })
  gaps!: GapDto[];

  @ChoiceField(STAGES, { description: 'The computed stage.' })
  stage!: Stage;

  @BooleanField({ description: 'A Pilot that must harden.' })
  hardening!: boolean;

  @BooleanField({ description: 'The stage was reached through an unknown.' })
  undetermined!: boolean;

  @TextsField({ description: 'The unknown facts it was reached through.' })
  unknownFacts!: readonly string[];

  @BooleanField({ description: 'Whether scope changes are refused.' })
  frozen!: boolean;

  @IdField({ description: 'The stored result the verdict rests on.' })
  classification!: string;

  @ObjectField(() => TreeReferenceDto, { description: 'The tree that decided.' })
  tree!: TreeReferenceDto;

  @TextField({ description: 'The edition that controls were measured against.' })
  edition!: string;

  @InstantField({ description: 'When the stage was decided.' })
  decidedAt!: Date;

  @InstantField({ description: 'When the question was answered.' })
  answeredAt!: Date;
}
