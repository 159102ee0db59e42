import { FINDING_SEVERITIES, REVIEW_OUTCOMES, REVIEW_STATES, RISK_TIERS, TRI_STATES, type ReviewOutcome, type ReviewState, type RiskTier, type TriState } from '@roster/contracts';
import { BooleanField, ChoiceField, ChoicesField, IdField, InstantField, IntegerField, NumberField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { CHANGE_AREAS } from './change-record.js';
import { REVIEW_COMMANDS } from './review-state.js';

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };
const KINDS = ['scheduled', 'out_of_cycle'] as const;

export class WorkloadNameDto {
  @IdField({ description: 'Id of the workload.' }) id!: string;
  @TextField({ description: 'Key of the workload.', max: 60 }) key!: string;
  @TextField({ description: 'Name of the workload.', max: 500 }) name!: string;
}

export class MemberNameDto {
  @IdField({ description: 'Id of the member.' }) memberId!: string;
  @TextField({ description: 'Name of the member.', max: 200 }) name!: string;
}

export class ReviewDto {
  @IdField({ description: 'Id of the review.' }) id!: string;
  @ObjectField(() => WorkloadNameDto, { description: 'The workload that is reviewed.' }) workload!: WorkloadNameDto;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier of the workload now; null when none is set, which is held to the critical tier.', nullable: true }) riskTier!: RiskTier | null;
  @ObjectField(() => MemberNameDto, { description: 'Risk owner of the workload now, accepted or still to answer: who owes the review. null when there is none.', nullable: true }) owner!: MemberNameDto | null;
  @ChoiceField(KINDS, { description: 'scheduled: one of a series; out_of_cycle: asked for by a person or an event.' }) kind!: 'scheduled' | 'out_of_cycle';
  @ChoiceField(REVIEW_STATES, { description: 'State. Overdue is not a state: see `overdue`.' }) status!: ReviewState;
  @BooleanField({ description: 'Open, and the due day is over in the time zone of the organization.' }) overdue!: boolean;
  @InstantField({ description: 'When it falls due.' }) dueAt!: Date;
  @InstantField({ description: 'End of the due day: completed before this is on time.' }) overdueAt!: Date;
  @InstantField({ description: 'Due time of its place in the series; differs from dueAt when somebody moved it.' }) regularDueAt!: Date;
  @TextField({ description: 'Why it was asked for or moved; null for an ordinary one.', nullable: true, max: 4_000 }) reason!: string | null;
  @InstantField({ description: 'When it was made due; null before, and when it was started early.', nullable: true }) becameDueAt!: Date | null;
  @InstantField({ description: 'When it was started.', nullable: true }) startedAt!: Date | null;
  @IdField({ description: 'Member who started it.', nullable: true }) startedBy!: string | null;
  @InstantField({ description: 'When it was submitted last.', nullable: true }) submittedAt!: Date | null;
  @IdField({ description: 'Member who submitted it.', nullable: true }) submittedBy!: string | null;
  @BooleanField({ description: 'Whether a second person has to sign it off; null until it is submitted.', nullable: true }) signOffRequired!: boolean | null;
  @IdField({ description: 'Member who signed it off.', nullable: true }) signedOffBy!: string | null;
  @TextField({ description: 'What the second person said; null when nothing.', nullable: true, max: 4_000 }) signOffComment!: string | null;
  @ChoiceField(REVIEW_OUTCOMES, { description: 'Outcome; null until it is submitted.', nullable: true }) outcome!: ReviewOutcome | null;
  @BooleanField({ description: 'Whether concentration risk was looked at; null until it is submitted.', nullable: true }) concentrationReviewed!: boolean | null;
  @TextField({ description: 'Why it was skipped.', nullable: true, max: 4_000 }) skipReason!: string | null;
  @IdField({ description: 'Member who approved skipping it; null when the obligation ended by itself.', nullable: true }) skipApprovedBy!: string | null;
  @InstantField({ description: 'When it was completed or skipped.', nullable: true }) closedAt!: Date | null;
  @IntegerField({ description: 'Periods of the series that passed while it stayed open.', ...COUNT }) missedPeriods!: number;
  @InstantField({ description: 'Set when it could not be made due after repeated attempts; POST …/retry puts it back to work.', nullable: true }) deadLetterAt!: Date | null;
  @InstantField({ description: 'When it was written into the schedule.' }) createdAt!: Date;
  @InstantField({ description: 'When it changed last.' }) updatedAt!: Date;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

export class ReviewPageDto {
  @ObjectsField(() => ReviewDto, { description: 'Reviews of this page.' }) items!: ReviewDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', optional: true, ...COUNT }) total?: number;
}

export class PromptDto {
  @TextField({ description: 'A point to think of.', max: 1_000 }) text!: string;
  @BooleanField({ description: 'False: the wording of the criterion is not verified.' }) wordingVerified!: boolean;
}

export class ReviewQuestionDto {
  @TextField({ description: 'Id to answer it by.', max: 64 }) id!: string;
  @TextField({ description: 'Domain of the edition; null for a general question.', nullable: true, max: 64 }) domainId!: string | null;
  @TextField({ description: 'Name of the domain.', nullable: true, max: 200 }) domainName!: string | null;
  @TextField({ description: 'The question.', max: 1_000 }) text!: string;
  @ObjectsField(() => PromptDto, { description: 'Points to think of while answering.' }) prompts!: PromptDto[];
}

export class ReviewTemplateDto {
  @IdField({ description: 'Id of the template version.' }) id!: string;
  @TextField({ description: 'Framework edition it was made for.', max: 64 }) edition!: string;
  @IntegerField({ description: 'Version of the template.', min: 1, max: 2_147_483_647 }) number!: number;
  @TextField({ description: 'SHA-256 of its canonical JSON.', max: 80 }) digest!: string;
  @ObjectsField(() => ReviewQuestionDto, { description: 'Questions, each to be answered once.' }) questions!: ReviewQuestionDto[];
}

export class ChangeRecordDto {
  @InstantField({ description: 'When.' }) at!: string;
  @ChoiceField(CHANGE_AREAS, { description: 'Part of the record.' }) area!: string;
  @TextField({ description: 'What it is about.', max: 1_000 }) subject!: string;
  @TextField({ description: 'Before; null when there was nothing.', nullable: true, max: 1_000 }) from!: string | null;
  @TextField({ description: 'After; null when there is nothing.', nullable: true, max: 1_000 }) to!: string | null;
  @TextField({ description: 'Who did it; null where the record does not say.', nullable: true, max: 300 }) by!: string | null;
}

export class ChangesSinceLastDto {
  @InstantField({ description: 'End of the last review, or start of the schedule.' }) since!: string;
  @IdField({ description: 'The last review; null for the first one.', nullable: true }) lastReviewId!: string | null;
  @TextField({ description: 'Names this list. To affirm that nothing changed, send it as nothingChangedSince.', max: 80 }) digest!: string;
  @ObjectsField(() => ChangeRecordDto, { description: 'What changed, oldest first.', max: 100_000 }) changes!: ChangeRecordDto[];
}

export class TriggerDto {
  @ChoiceField(['request', 'incident', 'model_change', 'component_change', 'tool_grant', 'scope_change', 'evidence_expired', 'owner_orphaned', 'vendor_policy'], { description: 'What asked for it.' }) kind!: string;
  @TextField({ description: 'In words.', max: 4_000 }) detail!: string;
  @InstantField({ description: 'When.' }) at!: Date;
}

export class FindingDto {
  @IdField({ description: 'Id of the finding.' }) id!: string;
  @ChoiceField(FINDING_SEVERITIES, { description: 'Severity.' }) severity!: string;
  @TextField({ description: 'Domain of the edition; null for a general one.', nullable: true, max: 64 }) domainId!: string | null;
  @TextField({ description: 'What was found.', max: 300 }) title!: string;
  @TextField({ description: 'More about it.', nullable: true, max: 10_000 }) detail!: string | null;
  @IdField({ description: 'The action it became.', nullable: true }) actionId!: string | null;
}

export class AnswerDto {
  @TextField({ description: 'Id of the question.', max: 64 }) questionId!: string;
  @ChoiceField(TRI_STATES, { description: 'yes, no or unknown.' }) answer!: TriState;
  @TextField({ description: 'Comment; required unless the answer is yes.', optional: true, nullable: true, max: 4_000 }) comment?: string | null;
}

export class NewFindingDto {
  @ChoiceField(FINDING_SEVERITIES, { description: 'Severity.' }) severity!: 'low' | 'medium' | 'high' | 'critical';
  @TextField({ description: 'What was found and is to be done.', max: 300 }) title!: string;
  @TextField({ description: 'More about it.', optional: true, nullable: true, max: 10_000 }) detail?: string | null;
  @TextField({ description: 'Domain of the edition; null or left out for a general finding.', optional: true, nullable: true, max: 64 }) domainId?: string | null;
  @IdField({ description: 'Member who does it. The finding becomes an action of theirs.' }) ownerMemberId!: string;
  @InstantField({ description: 'When it is to be done.' }) dueAt!: string;
}

export class SubmissionDto {
  @ObjectsField(() => AnswerDto, { description: 'Answers as submitted.' }) answers!: AnswerDto[];
  @TextsField({ description: 'What the reviewer said changed.' }) changes!: string[];
  @TextField({ description: 'The digest whose empty record was affirmed; null when changes were named.', nullable: true, max: 80 }) nothingChangedSince!: string | null;
  @ObjectsField(() => NewFindingDto, { description: 'Findings as submitted.' }) findings!: NewFindingDto[];
  @TextField({ description: 'Why this outcome.', nullable: true, max: 10_000 }) rationale!: string | null;
}

export class ReviewDetailDto extends ReviewDto {
  @ObjectField(() => ReviewTemplateDto, { description: 'Questions; null until it is started.', nullable: true }) template!: ReviewTemplateDto | null;
  @ObjectField(() => ChangesSinceLastDto, { description: 'What the record shows to have changed since the last review.' }) changesSinceLast!: ChangesSinceLastDto;
  @ObjectsField(() => TriggerDto, { description: 'What asked for it, when out of cycle.' }) triggers!: TriggerDto[];
  @ObjectField(() => SubmissionDto, { description: 'What was submitted last; null before.', nullable: true }) submission!: SubmissionDto | null;
  @ObjectsField(() => FindingDto, { description: 'Findings, once it is completed.' }) findings!: FindingDto[];
  @ChoicesField(REVIEW_COMMANDS, { description: 'What can be done with it now.' }) allowed!: string[];
  @BooleanField({ description: 'Whether a second person has to sign it off: as decided when it was submitted, else as the risk tier demands now.' }) signOffNeeded!: boolean;
  @ObjectsField(() => MemberNameDto, { description: 'The members that it names.' }) people!: MemberNameDto[];
}

export class RequestReviewDto {
  @TextField({ description: 'Key or id of the workload.', max: 60 }) workload!: string;
  @TextField({ description: 'Why it is reviewed out of cycle.', max: 4_000 }) reason!: string;
  @InstantField({ description: 'When it falls due; left out: in 7 days, at the time of day of the review policy.', optional: true }) dueAt?: string;
}

export class SubmitReviewDto {
  @ObjectsField(() => AnswerDto, { description: 'One answer per question of the template.', max: 500 }) answers!: AnswerDto[];
  @TextsField({ description: 'At least one thing that changed since the last review, or leave it out and send nothingChangedSince.', optional: true, max: 100, maxLength: 2_000 }) changes?: string[];
  @TextField({ description: 'Affirms that nothing changed: the digest of changesSinceLast, whose list must be empty.', optional: true, max: 80 }) nothingChangedSince?: string;
  @ObjectsField(() => NewFindingDto, { description: 'Findings; each becomes an action.', optional: true, max: 200 }) findings?: NewFindingDto[];
  @ChoiceField(REVIEW_OUTCOMES, { description: 'Every outcome but continue needs a rationale and at least one finding.' }) outcome!: ReviewOutcome;
  @TextField({ description: 'Why this outcome.', optional: true, max: 10_000 }) rationale?: string;
  @BooleanField({ description: 'Whether concentration risk was looked at; left out: as general.concentration was answered.', optional: true }) concentrationReviewed?: boolean;
}

export class SignOffReviewDto {
  @ChoiceField(['approve', 'return'], { description: 'approve (also when left out) completes the review; return gives it back and needs a comment.', optional: true }) decision?: 'approve' | 'return';
  @TextField({ description: 'Comment; required with return.', optional: true, max: 4_000 }) comment?: string;
}

export class SkipReviewDto {
  @TextField({ description: 'Why the review is skipped. The caller is recorded as the one who approved it.', max: 4_000 }) reason!: string;
}

export class RescheduleReviewDto {
  @InstantField({ description: 'New due time: ahead, and before the next regular review of the series.' }) dueAt!: string;
  @TextField({ description: 'Why it is moved.', max: 4_000 }) reason!: string;
}

export class PublishedPunctualityDto {
  @NumberField({ description: 'Published bound.', min: 0, max: 1 }) ratioBelow!: number;
  @TextField({ description: 'Published wording.', max: 100 }) wording!: string;
}

export class OpenReviewsDto {
  @IntegerField({ description: 'Not due yet.', ...COUNT }) scheduled!: number;
  @IntegerField({ description: 'Due and not started.', ...COUNT }) due!: number;
  @IntegerField({ description: 'Started.', ...COUNT }) inProgress!: number;
  @IntegerField({ description: 'Waiting for the second person.', ...COUNT }) awaitingSignOff!: number;
  @IntegerField({ description: 'Of all of these: past the due day.', ...COUNT }) overdue!: number;
  @IntegerField({ description: 'Could not be made due and need a look.', ...COUNT }) deadLetters!: number;
}

/** The lists behind the figures of punctuality. */
export class PunctualityRowsDto {
  @TextField({ description: 'The reviews that were due; periods that passed are no reviews.', max: 2_000 }) due!: string;
  @TextField({ description: 'Those completed by the end of the due day.', max: 2_000 }) onTime!: string;
  @TextField({ description: 'Those completed later.', max: 2_000 }) late!: string;
  @TextField({ description: 'Those open past the due day, or skipped after having fallen due.', max: 2_000 }) notDone!: string;
  @TextField({ description: 'The reviews during which periods of their series passed.', max: 2_000 }) missedPeriods!: string;
}

/** Reviews done on time, with the rows that each figure counts (domain.md section 8). */
export class PunctualityFiguresDto {
  @IntegerField({ description: 'Reviews that were due: onTime + late + notDone + missedPeriods.', ...COUNT }) due!: number;
  @IntegerField({ description: 'Completed by the end of the due day.', ...COUNT }) onTime!: number;
  @IntegerField({ description: 'Completed later.', ...COUNT }) late!: number;
  @IntegerField({ description: 'Open past the due day, or skipped after having fallen due.', ...COUNT }) notDone!: number;
  @IntegerField({ description: 'Periods that passed while an earlier review stayed open.', ...COUNT }) missedPeriods!: number;
  @NumberField({ description: 'onTime / due; null when nothing was due.', nullable: true, min: 0, max: 1 }) ratio!: number | null;
  @ObjectField(() => PunctualityRowsDto, { description: 'The list behind each figure, as paths of this API.' }) rows!: PunctualityRowsDto;
}

export class PunctualityDto extends PunctualityFiguresDto {
  @InstantField({ description: 'Start of the period; reviews count by their due time.' }) from!: Date;
  @InstantField({ description: 'End of the period.' }) to!: Date;
  @ObjectField(() => PublishedPunctualityDto, { description: 'The figure published for firms in general.' }) published!: PublishedPunctualityDto;
  @ObjectField(() => OpenReviewsDto, { description: 'What is open now.' }) open!: OpenReviewsDto;
}

export class PunctualityMonthDto extends PunctualityFiguresDto {
  @TextField({ description: 'Month in the time zone of the organization.', example: '2026-05', max: 7 }) month!: string;
}

export class PunctualityTrendDto {
  @TextField({ description: 'Time zone of the organization, by which months are told.', max: 64 }) timeZone!: string;
  @ObjectsField(() => PunctualityMonthDto, { description: 'Oldest first, without a gap; the last one is the current month.' }) months!: PunctualityMonthDto[];
  @ObjectField(() => PublishedPunctualityDto, { description: 'The figure published for firms in general.' }) published!: PublishedPunctualityDto;
}
