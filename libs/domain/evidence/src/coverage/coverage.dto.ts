import { COVERAGE_STATUSES, RISK_TIERS } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { EvidenceWorkloadDto } from '../item/evidence.dto.js';
import { EXCEPTION_KINDS } from './coverage-inputs.js';

export class CoverageEvidenceDto {
  @IdField({ description: 'Evidence.' }) itemId!: string;
  @IntegerField({ description: 'Version.', min: 1, max: 1_000_000 }) version!: number;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @InstantField({ description: 'When it stops counting.', nullable: true }) expiresAt!: string | null;
}

export class CoverageExceptionDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(EXCEPTION_KINDS, { description: 'Kind.' }) kind!: string;
  @InstantField({ description: 'When it ends.', nullable: true }) expiresAt!: string | null;
}

export class CriterionCoverageDto {
  @TextField({ description: 'Id inside the edition: of a criterion, or of a facet where the domain has one criterion.' }) id!: string;
  @TextField({ description: '`<edition>/<id>`.' }) key!: string;
  @TextField({ description: 'Criterion it belongs to, `<edition>/<id>`.' }) criterionKey!: string;
  @TextField({ description: 'Title.' }) title!: string;
  @BooleanField({ description: 'False: show "wording not verified" beside it.' }) wordingVerified!: boolean;
  @ChoiceField(COVERAGE_STATUSES, { description: 'Status. satisfied, waived and not_applicable count as met; not_applicable is left out of what is required.' }) status!: string;
  @ObjectsField(() => CoverageEvidenceDto, { description: 'Versions that give it this status.', max: 10_000 }) evidence!: CoverageEvidenceDto[];
  @ObjectField(() => CoverageExceptionDto, { description: 'Exception that gives it this status.', nullable: true }) exception!: CoverageExceptionDto | null;
  @InstantField({ description: 'When the status changes by itself; null = only by somebody\'s act.', nullable: true }) expiresAt!: string | null;
}

export class RequiredDto {
  @IntegerField({ description: 'How many of the required ones are met.', min: 0, max: 20_000 }) met!: number;
  @IntegerField({ description: 'How many are required.', min: 0, max: 20_000 }) total!: number;
}

export class RequiredSetDto extends RequiredDto {
  @TextsField({ description: 'A shortest list of requirements that completes the required set.', max: 20_000 }) missing!: string[];
}

export class DomainCoverageDto {
  @TextField({ description: 'Id inside the edition. Show the name beside it.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @ChoiceField(COVERAGE_STATUSES, { description: 'Status of the weakest requirement that the tier still needs here.' }) status!: string;
  @BooleanField({ description: 'Whether everything the tier needs here is met.' }) requiredMet!: boolean;
  @ObjectField(() => RequiredDto, { description: 'What the tier needs here.' }) required!: RequiredDto;
  @BooleanField({ description: 'An open gap here freezes scope expansion.' }) freeze!: boolean;
  @BooleanField({ description: 'Needed in full whatever the tier, since the workload executes tools or might.' }) blocking!: boolean;
  @ObjectsField(() => CriterionCoverageDto, { description: 'Requirements, in the order of the edition.' }) criteria!: CriterionCoverageDto[];
}

export class CoverageDto {
  @ObjectField(() => EvidenceWorkloadDto, { description: 'Workload.' }) workload!: EvidenceWorkloadDto;
  @TextField({ description: 'Edition.' }) edition!: string;
  @TextField({ description: 'Digest of the edition.' }) editionDigest!: string;
  @TextField({ description: 'To be shown beside it.', max: 2_000 }) attribution!: string;
  @InstantField({ description: 'The instant it is computed for.' }) at!: Date;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier whose rule was applied.' }) tier!: string;
  @BooleanField({ description: 'False: the risk tier is not set, so the strictest rule was applied.' }) tierIsSet!: boolean;
  @ObjectField(() => RequiredSetDto, { description: 'The required set of the tier.' }) required!: RequiredSetDto;
  @ObjectsField(() => DomainCoverageDto, { description: 'Domains, in the order of the edition.' }) domains!: DomainCoverageDto[];
  @InstantField({ description: 'The first instant at which a status changes by itself; null = never.', nullable: true }) nextChangeAt!: string | null;
}
