import { PROVENANCES, RISK_TIERS, STAGES, TRI_STATES, type Provenance, type RiskTier, type Stage, type TriState } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, JsonField, NumberField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { GAP_ACTION_KINDS, type GapActionKind } from '../fact/gap.js';

/** What to do about a gap. */
export class GapActionDto {
  @ChoiceField(GAP_ACTION_KINDS, { description: 'Kind of the task.' })
  kind!: GapActionKind;

  @TextField({ description: 'Where to do it.', nullable: true, max: 2_000 })
  href!: string | null;

  @TextField({ description: 'The fact, owner role, kind of drill or kind of evidence it is about; null when the kind says it all.', nullable: true })
  subject!: string | null;
}

/** What the sentence of a gap speaks of; each is null where the code has none. */
export class GapValuesDto {
  @InstantField({ description: 'DRILL_EXPIRED: from when on the drill no longer counts.', nullable: true })
  expiredAt!: string | null;

  @IntegerField({ description: 'DRILL_EXPIRED: for how many days it counts.', min: 1, max: 730, nullable: true })
  validityDays!: number | null;

  @NumberField({ description: 'DRILL_TOO_SLOW: seconds it took to disable.', min: 0, max: 1_000_000_000, nullable: true })
  seconds!: number | null;

  @IntegerField({ description: 'DRILL_TOO_SLOW: seconds it may take.', min: 10, max: 300, nullable: true })
  limitSeconds!: number | null;

  @IntegerField({ description: 'TOO_FEW_IN_PRODUCTION: production workloads there are.', min: 0, max: 1_000_000_000, nullable: true })
  count!: number | null;

  @IntegerField({ description: 'TOO_FEW_IN_PRODUCTION: production workloads it takes.', min: 2, max: 1_000, nullable: true })
  minimum!: number | null;
}

/** One missing thing. */
export class GapDto {
  @TextField({ description: 'Stable code, such as OWNER_MISSING, DRILL_EXPIRED or REQUIREMENT_MISSING.' })
  code!: string;

  @TextField({ description: 'The question it keeps from being answered with yes; `freeze` for gaps of a freeze.' })
  question!: string;

  @TextField({ description: 'The fact it belongs to.' })
  fact!: string;

  @TextField({ description: 'Domain of the edition, when it is about one.', nullable: true })
  domain!: string | null;

  @TextField({ description: 'The requirement that is missing, as <edition>/<id>.', nullable: true })
  requirement!: string | null;

  @TextsField({ description: 'The requirements of which `need` more must be proven.', max: 1_000 })
  requirements!: readonly string[];

  @IntegerField({ description: 'How many of `requirements` are needed; null when it is not a choice.', min: 1, max: 1_000, nullable: true })
  need!: number | null;

  @TextField({ description: 'What is missing, in words.', max: 2_000 })
  message!: string;

  @ObjectField(() => GapValuesDto, { description: 'Instants, counts and seconds that the words speak of.' })
  values!: GapValuesDto;

  @ObjectField(() => GapActionDto, { description: 'What to do about it.' })
  action!: GapActionDto;
}

/** A fact that a question read. */
export class ReadFactDto {
  @TextField({ description: 'Id of the fact in the tree.' })
  id!: string;

  @TextField({ description: 'What it says.' })
  title!: string;

  @ChoiceField(TRI_STATES, { description: 'Its value. Unknown never passes.' })
  value!: TriState;

  @ChoiceField(PROVENANCES, { description: 'Where it comes from, weakest first: declared, observed, attested, verified.' })
  provenance!: Provenance;

  @TextField({ description: 'What it was read from.', nullable: true, max: 2_000 })
  source!: string | null;

  @InstantField({ description: 'Since when it is so, as far as known.', nullable: true })
  at!: string | null;

  @NumberField({ description: 'How old it was when the result was decided, in seconds.', min: 0, max: 1e12, nullable: true })
  ageSeconds!: number | null;
}

/** Where an answer leads: to another question, or out of the tree at a stage. */
export class BranchDto {
  @ChoiceField(TRI_STATES, { description: 'The answer.' })
  answer!: TriState;

  @TextField({ description: 'The question it leads to; null where it ends at a stage.', nullable: true })
  question!: string | null;

  @ChoiceField(STAGES, { description: 'The stage it ends at; null where it leads to a question.', nullable: true })
  stage!: Stage | null;

  @BooleanField({ description: 'It ends at a Pilot that must harden.' })
  hardening!: boolean;
}

/** A question of the tree with its answer. */
export class QuestionDto {
  @TextField({ description: 'Id of the question in the tree.' })
  id!: string;

  @TextField({ description: 'The question.', max: 2_000 })
  text!: string;

  @TextField({ description: 'What it means.', max: 2_000, nullable: true })
  help!: string | null;

  @TextField({ description: 'Where the tree took it from.', max: 300, nullable: true })
  cite!: string | null;

  @ObjectsField(() => BranchDto, { description: 'Where each answer leads: yes, no, unknown.' })
  branches!: BranchDto[];

  @ChoiceField(TRI_STATES, { description: 'Its answer.' })
  answer!: TriState;

  @BooleanField({ description: 'Whether the outcome was reached through it.' })
  onPath!: boolean;

  @ObjectsField(() => ReadFactDto, { description: 'The facts it read.' })
  facts!: ReadFactDto[];

  @ObjectsField(() => GapDto, { description: 'Why the answer is not yes. Listed for questions that matter to the outcome.', max: 1_000 })
  gaps!: GapDto[];
}

/** The tree that decided. */
export class TreeReferenceDto {
  @TextField({ description: 'Id of the tree.' })
  id!: string;

  @TextField({ description: 'SHA-256 of its canonical JSON.' })
  digest!: string;

  @TextField({ description: 'Title of the tree.' })
  title!: string;
}

/** One step of the way through the tree. */
export class PathStepDto {
  @TextField({ description: 'Id of the question.' })
  question!: string;

  @ChoiceField(TRI_STATES, { description: 'The answer that was followed.' })
  answer!: TriState;
}

/** A freeze that is lifted for a limited time. */
export class BreakGlassInForceDto {
  @IdField({ description: 'Id of the break-glass.' })
  id!: string;

  @InstantField({ description: 'Until when the freeze is lifted.' })
  until!: string;

  @TextField({ description: 'Why.', max: 4_000 })
  reason!: string;
}

/** Freeze of scope expansion. */
export class FreezeDto {
  @BooleanField({ description: 'Whether scope changes are refused now.' })
  frozen!: boolean;

  @BooleanField({ description: 'Whether the rule applies; a break-glass may lift it.' })
  active!: boolean;

  @BooleanField({ description: 'Whether it is unknown if the rule applies. Scope changes are then refused too.' })
  undetermined!: boolean;

  @TextsField({ description: 'The statements that made it apply, such as handlesPii:unknown.' })
  because!: readonly string[];

  @ObjectsField(() => GapDto, { description: 'Open gaps in the freeze domains of the edition.', max: 1_000 })
  gaps!: GapDto[];

  @ObjectField(() => BreakGlassInForceDto, { description: 'The break-glass that lifts it.', nullable: true })
  breakGlass!: BreakGlassInForceDto | null;
}

/** Who or what decided. */
export class DecidedByDto {
  @ChoiceField(['member', 'api_key', 'system'], { description: 'Kind of actor.' })
  type!: string;

  @TextField({ description: 'Id of the actor.' })
  id!: string;

  @TextField({ description: 'Name of the actor.' })
  name!: string;
}

/** Computed stage of a workload with everything it rests on. */
export class ClassificationDto {
  @IdField({ description: 'Id of the stored result; null for a what-if.', nullable: true })
  id!: string | null;

  @TextField({ description: 'Key of the workload.' })
  workload!: string;

  @ChoiceField(STAGES, { description: 'The computed stage.' })
  stage!: Stage;

  @BooleanField({ description: 'A Pilot that must harden before it may be called production AI.' })
  hardening!: boolean;

  @BooleanField({ description: 'The outcome was reached through an unknown.' })
  undetermined!: boolean;

  @TextsField({ description: 'The unknown facts it was reached through.' })
  unknownFacts!: readonly string[];

  @ObjectField(() => TreeReferenceDto, { description: 'The tree that decided.' })
  tree!: TreeReferenceDto;

  @TextField({ description: 'The edition that controls were measured against.' })
  edition!: string;

  @ObjectsField(() => QuestionDto, { description: 'Every question with its answer.' })
  questions!: QuestionDto[];

  @ObjectsField(() => PathStepDto, { description: 'The way through the tree.' })
  path!: readonly PathStepDto[];

  @ObjectsField(() => GapDto, { description: 'What stands between this outcome and the next stage.', max: 1_000 })
  gaps!: GapDto[];

  @ObjectField(() => FreezeDto, { description: 'Freeze of scope expansion.' })
  freeze!: FreezeDto;

  @InstantField({ description: 'When it was decided.' })
  decidedAt!: Date;

  @ObjectField(() => DecidedByDto, { description: 'Who or what had it evaluated.' })
  decidedBy!: DecidedByDto;

  @TextField({ description: 'Why it was evaluated, such as fact, owner, evidence, drill, expiry, requested.' })
  trigger!: string;

  @InstantField({ description: 'When a fact it rests on changes by itself (an expiry); null when none does.', nullable: true })
  nextChangeAt!: string | null;
}

/** One line of the timeline. */
export class ClassificationLineDto {
  @IdField({ description: 'Id of the result.' })
  id!: string;

  @ChoiceField(STAGES, { description: 'The computed stage.' })
  stage!: Stage;

  @BooleanField({ description: 'A Pilot that must harden.' })
  hardening!: boolean;

  @BooleanField({ description: 'Reached through an unknown.' })
  undetermined!: boolean;

  @BooleanField({ description: 'Whether scope changes were refused.' })
  frozen!: boolean;

  @ObjectField(() => TreeReferenceDto, { description: 'The tree that decided.' })
  tree!: TreeReferenceDto;

  @TextField({ description: 'The edition that controls were measured against.' })
  edition!: string;

  @TextField({ description: 'Why it was evaluated.' })
  trigger!: string;

  @ObjectsField(() => ReadFactDto, { description: 'Every fact of the tree as it was read.' })
  facts!: ReadFactDto[];

  @ObjectsField(() => PathStepDto, { description: 'The way through the tree.' })
  path!: readonly PathStepDto[];

  @ChoiceField(RISK_TIERS, { description: 'The risk tier it was held to; null when none was set, which is held to the critical tier.', nullable: true })
  riskTier!: RiskTier | null;

  @ObjectsField(() => GapDto, { description: 'What stood between this outcome and the next stage.', max: 1_000 })
  gaps!: GapDto[];

  @InstantField({ description: 'When it was decided.' })
  decidedAt!: Date;

  @ObjectField(() => DecidedByDto, { description: 'Who or what had it evaluated.' })
  decidedBy!: DecidedByDto;
}

/** A page of the timeline. */
export class ClassificationPageDto {
  @ObjectsField(() => ClassificationLineDto, { description: 'Results, newest first.' })
  items!: ClassificationLineDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}

/** Facts to suppose. */
export class WhatIfRequestDto {
  @JsonField({
    description: 'Supposed values: statements (processesRealData, handlesPii, executesTools, downstreamChange), riskTier, facts of the tree (such as onCallOwner), '
      + 'or requirements as <edition>/<id>. Values yes, no or unknown; riskTier a tier or null.',
    example: { onCallOwner: 'yes', riskTier: 'low' },
  })
  facts!: Record<string, unknown>;
}

/** The shortest lists of missing things, by stage. */
export class MissingForDto {
  @ObjectsField(() => GapDto, { description: 'Missing for Pilot.', max: 1_000 })
  pilot!: GapDto[];

  @ObjectsField(() => GapDto, { description: 'Missing for Production.', max: 1_000 })
  production!: GapDto[];

  @ObjectsField(() => GapDto, { description: 'Missing for Scaled.', max: 1_000 })
  scaled!: GapDto[];
}

/** How many single things are missing, by stage. */
export class MissingCountDto {
  @IntegerField({ description: 'For Pilot.', min: 0, max: 10_000 })
  pilot!: number;

  @IntegerField({ description: 'For Production.', min: 0, max: 10_000 })
  production!: number;

  @IntegerField({ description: 'For Scaled.', min: 0, max: 10_000 })
  scaled!: number;
}

/** A supposed classification. Nothing is stored. */
export class WhatIfDto extends ClassificationDto {
  @ObjectField(() => MissingForDto, { description: 'The shortest list of what would still be missing for each stage.' })
  missingFor!: MissingForDto;

  @ObjectField(() => MissingCountDto, { description: 'How many single things that is; a gap that asks for n of several counts n.' })
  missingCount!: MissingCountDto;
}
