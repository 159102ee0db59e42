import { FINDING_SEVERITIES, OWNER_ROLES, REVIEW_STATES, RISK_TIERS, STAGES, type ReviewState, type RiskTier, type Stage } from '@roster/contracts';
import { GapDto } from '@roster/classification';
import { PunctualityFiguresDto } from '@roster/reviews';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, NumberField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { ConcentrationDto } from '../portfolio.dto.js';

const SLOTS = [...OWNER_ROLES, 'domain_owner'] as const;
const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** What every block has: how many there are in all, and the list of exactly these. */
export class HomeBlockDto {
  @IntegerField({ description: 'How many there are in all; the block shows the first of them.', ...COUNT }) count!: number;
  @TextField({ description: 'The list of exactly these, as a path of this API.', max: 2_000 }) rows!: string;
}
export class HomeWorkloadDto {
  @IdField({ description: 'Id of the workload.' }) id!: string;
  @TextField({ description: 'Key of the workload.', max: 60 }) key!: string;
  @TextField({ description: 'Name of the workload.', max: 500 }) name!: string;
}

export class HomeReviewDto {
  @IdField({ description: 'Id of the review.' }) id!: string;
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload that is reviewed.' }) workload!: HomeWorkloadDto;
  @ChoiceField(REVIEW_STATES, { description: 'State.' }) status!: ReviewState;
  @InstantField({ description: 'When it falls due.' }) dueAt!: Date;
  @BooleanField({ description: 'The due day is over.' }) overdue!: boolean;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier of the workload; null when none is set.', nullable: true }) riskTier!: RiskTier | null;
}
export class HomeReviewsDto extends HomeBlockDto {
  @ObjectsField(() => HomeReviewDto, { description: 'The first ones, earliest due first.' }) items!: HomeReviewDto[];
}

export class HomeEvidenceItemDto {
  @IdField({ description: 'Id of the evidence.' }) id!: string;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @TextField({ description: 'Kind.', max: 60 }) kind!: string;
  @IntegerField({ description: 'The version that waits.', min: 1, max: 2_147_483_647 }) version!: number;
  @InstantField({ description: 'Since when it waits.' }) waitingSince!: Date;
  @TextField({ description: 'Who submitted it; null for the system.', nullable: true, max: 200 }) submittedBy!: string | null;
}
export class HomeEvidenceDto extends HomeBlockDto {
  @ObjectsField(() => HomeEvidenceItemDto, { description: 'The first ones, the longest waiting first.' }) items!: HomeEvidenceItemDto[];
}

export class HomeExceptionDto {
  @IdField({ description: 'Id of the exception.' }) id!: string;
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @ChoiceField(['exception', 'not_applicable'], { description: 'What was asked for.' }) kind!: string;
  @TextField({ description: 'The requirement, as edition/id.', max: 200 }) requirement!: string;
  @InstantField({ description: 'When it was asked for.' }) requestedAt!: Date;
  @TextField({ description: 'Who asked for it.', nullable: true, max: 300 }) requestedBy!: string | null;
}
export class HomeExceptionsDto extends HomeBlockDto {
  @ObjectsField(() => HomeExceptionDto, { description: 'The first ones, the longest waiting first.' }) items!: HomeExceptionDto[];
}

export class HomeOwnershipDto {
  @IdField({ description: 'Id of the assignment.' }) id!: string;
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @ChoiceField(SLOTS, { description: 'What you answer for.' }) role!: string;
  @TextField({ description: 'Framework domain as edition/id, for a domain owner.', nullable: true, max: 200 }) domain!: string | null;
  @ChoiceField(['owner', 'deputy'], { description: 'Owner or deputy.' }) position!: string;
  @InstantField({ description: 'When it was proposed, or when it has to be affirmed again.' }) at!: Date;
  @TextField({ description: 'Who proposed it.', nullable: true, max: 300 }) proposedBy!: string | null;
}
export class HomeOwnershipsDto extends HomeBlockDto {
  @ObjectsField(() => HomeOwnershipDto, { description: 'The first ones, oldest first.' }) items!: HomeOwnershipDto[];
}
export class HomeOwnershipPageDto {
  @ObjectsField(() => HomeOwnershipDto, { description: 'Ownerships of this page.' }) items!: HomeOwnershipDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', optional: true, ...COUNT }) total?: number;
}

export class HomeOrphanDto {
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @ChoiceField(SLOTS, { description: 'What nobody answers for.' }) role!: string;
  @TextField({ description: 'Framework domain as edition/id, for a domain owner.', nullable: true, max: 200 }) domain!: string | null;
  @TextField({ description: 'Who left; null where it was never a member.', nullable: true, max: 200 }) left!: string | null;
  @InstantField({ description: 'Since when.', nullable: true }) since!: Date | null;
}
export class HomeOrphansDto extends HomeBlockDto {
  @ObjectsField(() => HomeOrphanDto, { description: 'The first ones, the longest without an owner first.' }) items!: HomeOrphanDto[];
}
export class HomeOrphanPageDto {
  @ObjectsField(() => HomeOrphanDto, { description: 'Slots of this page, the longest without an owner first.' }) items!: HomeOrphanDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', optional: true, ...COUNT }) total?: number;
}

export class HomeWorkloadsDto extends HomeBlockDto {
  @ObjectsField(() => HomeWorkloadDto, { description: 'The first ones, the latest changed first.' }) items!: HomeWorkloadDto[];
}

export class HomeFallDto {
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @InstantField({ description: 'When it falls if nobody does anything.' }) fallsAt!: Date;
  @ChoiceField(STAGES, { description: 'Stage now.', nullable: true }) from!: Stage | null;
  @ChoiceField(STAGES, { description: 'Stage after.', nullable: true }) to!: Stage | null;
  @BooleanField({ description: 'Whether it falls to a Pilot that must harden.' }) hardening!: boolean;
}
export class HomeFallsDto extends HomeBlockDto {
  @ObjectsField(() => HomeFallDto, { description: 'The first ones, soonest first.' }) items!: HomeFallDto[];
}

export class HomeActionDto {
  @IdField({ description: 'Id of the action.' }) id!: string;
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @TextField({ description: 'What is to be done.', max: 300 }) title!: string;
  @ChoiceField(FINDING_SEVERITIES, { description: 'Severity.' }) severity!: string;
  @ChoiceField(['open', 'in_progress'], { description: 'State.' }) status!: string;
  @InstantField({ description: 'When it is to be done.' }) dueAt!: Date;
  @BooleanField({ description: 'Past its date.' }) overdue!: boolean;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}
export class HomeActionsDto extends HomeBlockDto {
  @ObjectsField(() => HomeActionDto, { description: 'The first ones, earliest due first.' }) items!: HomeActionDto[];
}

export class HomeStandingDto {
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @ChoiceField(STAGES, { description: 'Stage.' }) stage!: Stage;
  @BooleanField({ description: 'A Pilot that must harden.' }) hardening!: boolean;
  @BooleanField({ description: 'Reached through an unknown.' }) undetermined!: boolean;
  @BooleanField({ description: 'Its scope must not grow.' }) frozen!: boolean;
  @IntegerField({ description: 'How many gaps there are.', ...COUNT }) gapCount!: number;
  @ObjectsField(() => GapDto, { description: 'The first three gaps: what stands between it and the next stage, or what freezes it.' }) gaps!: GapDto[];
}
/** A workload on the way to the next stage with everything that stands in its way. */
export class HomeGapsDto {
  @ObjectField(() => HomeWorkloadDto, { description: 'The workload.' }) workload!: HomeWorkloadDto;
  @ChoiceField(STAGES, { description: 'Stage.' }) stage!: Stage;
  @BooleanField({ description: 'A Pilot that must harden.' }) hardening!: boolean;
  @BooleanField({ description: 'Reached through an unknown.' }) undetermined!: boolean;
  @BooleanField({ description: 'Its scope must not grow.' }) frozen!: boolean;
  @TextField({ description: 'Edition whose domains and requirements the gaps name.', max: 64 }) edition!: string;
  @ObjectsField(() => GapDto, { description: 'Its gaps, of the kinds asked for.' }) gaps!: GapDto[];
}
export class HomeGapsPageDto {
  @ObjectsField(() => HomeGapsDto, { description: 'Workloads of this page, by key. A page may be short while there are more.' }) items!: HomeGapsDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
}
export class HomeStandingsDto extends HomeBlockDto {
  @ObjectsField(() => HomeStandingDto, { description: 'The first ones.' }) items!: HomeStandingDto[];
}

export class HomePackDto {
  @IdField({ description: 'Id of the pack.' }) id!: string;
  @TextField({ description: 'Name of the file.', max: 255 }) fileName!: string;
  @InstantField({ description: 'The instant whose knowledge it holds.' }) asOf!: Date;
  @InstantField({ description: 'When it was finished.' }) builtAt!: Date;
  @IntegerField({ description: 'Bytes.', ...COUNT }) size!: number;
}
export class HomePacksDto extends HomeBlockDto {
  @ObjectsField(() => HomePackDto, { description: 'The newest ones.' }) items!: HomePackDto[];
}

export class HomeFunnelStepDto {
  @ChoiceField(STAGES, { description: 'Stage; null = not yet classified.', nullable: true }) stage!: Stage | null;
  @BooleanField({ description: 'Pilots that only have to harden.' }) hardening!: boolean;
  @IntegerField({ description: 'How many workloads.', ...COUNT }) count!: number;
  @TextField({ description: 'The list of exactly these, as a path of this API.', max: 2_000 }) rows!: string;
}
export class HomePunctualityDto extends PunctualityFiguresDto {
  @NumberField({ description: 'Published bound: fewer than two in five.', min: 0, max: 1 }) published!: number;
}
/** How the whole organization stands. */
export class HomeSummaryDto {
  @ObjectsField(() => HomeFunnelStepDto, { description: 'Workloads by stage, retired ones left out.' }) funnel!: HomeFunnelStepDto[];
  @ObjectsField(() => ConcentrationDto, { description: 'The most used of each dimension.' }) concentration!: ConcentrationDto[];
  @ObjectField(() => HomePunctualityDto, { description: 'Reviews due in the last 365 days, done on time or not.' }) punctuality!: HomePunctualityDto;
}

/** What needs the caller. A block is null when they may not see it or have nothing to do with it. */
export class HomeDto {
  @ChoiceField(['mine', 'organization'], { description: 'Whose workloads reviews, falls, freezes and orphaned owners are about: yours, when you are an accepted owner of any; otherwise everybody\'s.' }) whose!: string;
  @IntegerField({ description: 'How many days ahead falls are told (setting of the organization).', min: 1, max: 3_650 }) horizonDays!: number;
  @ObjectField(() => HomeReviewsDto, { description: 'Reviews whose due day is over.', nullable: true }) reviewsOverdue!: HomeReviewsDto | null;
  @ObjectField(() => HomeReviewsDto, { description: 'Reviews that are due or fall due within 7 days.', nullable: true }) reviewsDue!: HomeReviewsDto | null;
  @ObjectField(() => HomeReviewsDto, { description: 'Reviews that wait for you as the second person.', nullable: true }) reviewsToSignOff!: HomeReviewsDto | null;
  @ObjectField(() => HomeEvidenceDto, { description: 'Evidence that waits for a decision you may take.', nullable: true }) evidenceToDecide!: HomeEvidenceDto | null;
  @ObjectField(() => HomeExceptionsDto, { description: 'Exceptions that wait for a decision you may take.', nullable: true }) exceptionsToDecide!: HomeExceptionsDto | null;
  @ObjectField(() => HomeOwnershipsDto, { description: 'Ownerships that were proposed to you.', nullable: true }) ownershipsToAccept!: HomeOwnershipsDto | null;
  @ObjectField(() => HomeOwnershipsDto, { description: 'Ownerships of yours that have to be affirmed again within 14 days.', nullable: true }) ownershipsToAffirm!: HomeOwnershipsDto | null;
  @ObjectField(() => HomeOrphansDto, { description: 'Slots whose owner left and that nobody answers for.', nullable: true }) orphanedOwners!: HomeOrphansDto | null;
  @ObjectField(() => HomeWorkloadsDto, { description: 'Workloads without a risk owner.', nullable: true }) unowned!: HomeWorkloadsDto | null;
  @ObjectField(() => HomeFallsDto, { description: 'Stages that fall within the horizon.', nullable: true }) falls!: HomeFallsDto | null;
  @ObjectField(() => HomeActionsDto, { description: 'Actions of yours that are overdue or due within 7 days.', nullable: true }) actions!: HomeActionsDto | null;
  @ObjectField(() => HomeStandingsDto, { description: 'Experiments and Pilots of yours, nearest to the next stage first; null when you own none of any stage.', nullable: true }) nextStage!: HomeStandingsDto | null;
  @ObjectField(() => HomeStandingsDto, { description: 'Workloads whose scope must not grow.', nullable: true }) frozen!: HomeStandingsDto | null;
  @ObjectField(() => HomePacksDto, { description: 'Evidence packs.', nullable: true }) packs!: HomePacksDto | null;
  @ObjectField(() => HomeSummaryDto, { description: 'How the whole organization stands.', nullable: true }) summary!: HomeSummaryDto | null;
}
