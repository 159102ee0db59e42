import { IMPACT_EFFECTS, STAGES, type ImpactEffect, type Stage } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, JsonField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';

/** What to preview: settings as `PATCH /organization` takes them, at least one of which differs from what is saved. */
export class ImpactPreviewRequestDto {
  @TextField({ description: 'The edition that would be adopted.', max: 64, optional: true })
  edition?: string;

  @TextField({ description: 'The IANA time zone that would be set.', max: 64, optional: true })
  timeZone?: string;

  @JsonField({ description: 'Part of the tier policy that would change; the rest stays.', optional: true })
  tierPolicy?: Record<string, unknown>;

  @JsonField({ description: 'Part of the review policy that would change; the rest stays. Lists are replaced.', optional: true })
  reviewPolicy?: Record<string, unknown>;

  @JsonField({ description: 'Thresholds that would change; the rest stays. Lists are replaced.', optional: true })
  thresholds?: Record<string, unknown>;
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

/** Required criteria of one domain that would be missing and are not asked for today. */
export class ImpactedDomainDto {
  @TextField({ description: 'Id of the domain within the edition.' })
  domain!: string;

  @IntegerField({ description: 'How many more.', min: 1, max: 100_000 })
  missing!: number;
}

/** What a stricter required set would leave open. */
export class ImpactedCoverageDto {
  @IntegerField({ description: 'Required criteria that would be missing and are not asked for today.', min: 1, max: 100_000 })
  missing!: number;

  @ObjectsField(() => ImpactedDomainDto, { description: 'By domain.' })
  domains!: readonly ImpactedDomainDto[];
}

/** A kill-switch drill that would no longer count. */
export class ImpactedDrillDto {
  @IdField({ description: 'Id of the drill.' })
  drillId!: string;

  @InstantField({ description: 'When it ended.' })
  endedAt!: string;

  @IntegerField({ description: 'Seconds to disable.', min: 0, max: 1_000_000 })
  durationSeconds!: number;

  @ChoiceField(['too_old', 'too_slow'], { description: 'Why it would not count.' })
  because!: 'too_old' | 'too_slow';
}

/** A rhythm before and after. */
export class ImpactedRhythmDto {
  @TextField({ description: 'A named rhythm (`monthly`, `quarterly`, `half_yearly`, `yearly`) or an RFC 5545 rule; null when no reviews are owed.', nullable: true })
  from!: string | null;

  @TextField({ description: 'The rhythm that would follow; null when no reviews would be owed.', nullable: true })
  to!: string | null;
}

/** A due time before and after. */
export class ImpactedDueDto {
  @InstantField({ description: 'When the next review is due; null when none is.', nullable: true })
  from!: string | null;

  @InstantField({ description: 'When it would be due; null when none would be.', nullable: true })
  to!: string | null;
}

/** What would happen to the reviews of a workload. */
export class ImpactedReviewDto {
  @ObjectField(() => ImpactedRhythmDto, { description: 'How often.' })
  rhythm!: ImpactedRhythmDto;

  @ObjectField(() => ImpactedDueDto, { description: 'The next one.' })
  dueAt!: ImpactedDueDto;
}

/** One workload that would change. */
export class ImpactedWorkloadDto {
  @IdField({ description: 'Id of the workload.' })
  id!: string;

  @TextField({ description: 'Key of the workload.' })
  key!: string;

  @TextField({ description: 'Name of the workload.' })
  name!: string;

  @ChoiceField(IMPACT_EFFECTS, { description: 'Which effect this is.' })
  effect!: ImpactEffect;

  @ObjectField(() => ImpactStateDto, { description: 'Effect `stage`: what it is now.', nullable: true })
  from!: ImpactStateDto | null;

  @ObjectField(() => ImpactStateDto, { description: 'Effect `stage`: what it would be.', nullable: true })
  to!: ImpactStateDto | null;

  @IntegerField({ description: 'Effect `stage`: how many gaps would stand between it and the next stage.', min: 0, max: 100_000, nullable: true })
  gapCount!: number | null;

  @ObjectField(() => ImpactedCoverageDto, { description: 'Effect `coverage`.', nullable: true })
  coverage!: ImpactedCoverageDto | null;

  @ObjectField(() => ImpactedDrillDto, { description: 'Effect `drill`.', nullable: true })
  drill!: ImpactedDrillDto | null;

  @ObjectField(() => ImpactedReviewDto, { description: 'Effects `rhythm`, `review_sooner`, `review_later`, `review_starts`, `review_ends`.', nullable: true })
  review!: ImpactedReviewDto | null;

  @IntegerField({ description: 'Effect `ownership`: how many of its owners would be asked to re-affirm at once.', min: 1, max: 100_000, nullable: true })
  owners!: number | null;

  @InstantField({ description: 'Effect `fall`: when its stage falls, which would be announced now.', nullable: true })
  fallsAt!: string | null;
}

/** A page of workloads that would change. */
export class ImpactedWorkloadPageDto {
  @ObjectsField(() => ImpactedWorkloadDto, { description: 'Workloads in order of id.' })
  items!: ImpactedWorkloadDto[];

  @TextField({ description: 'Cursor of the next page; null on the last one.', nullable: true })
  nextCursor!: string | null;
}
