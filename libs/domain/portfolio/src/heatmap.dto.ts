import { COVERAGE_STATUSES, RISK_TIERS, STAGES, type CoverageStatus, type RiskTier, type Stage } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

const COUNT = { min: 0, max: 1_000_000_000 };

export class HeatmapDomainDto {
  @TextField({ description: 'Id inside the edition. Show the name beside it.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @BooleanField({ description: 'An open gap here freezes scope expansion.' }) freeze!: boolean;
}
export class HeatmapCellDto {
  @TextField({ description: 'Domain.' }) domain!: string;
  @ChoiceField(COVERAGE_STATUSES, { description: 'Status of the weakest requirement that the tier still needs here.' }) status!: CoverageStatus;
  @IntegerField({ description: 'How many of the required ones are met.', ...COUNT }) met!: number;
  @IntegerField({ description: 'How many are required here.', ...COUNT }) total!: number;
}
export class HeatmapRowDto {
  @IdField({ description: 'Id of the workload.' }) id!: string;
  @TextField({ description: 'Key.' }) key!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @ChoiceField(STAGES, { description: 'Computed stage; null = not yet classified.', nullable: true }) stage!: Stage | null;
  @BooleanField({ description: 'A Pilot that only has to harden.' }) hardening!: boolean;
  @BooleanField({ description: 'Stage reached through an unknown.' }) undetermined!: boolean;
  @BooleanField({ description: 'Scope changes are blocked.' }) frozen!: boolean;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier whose rule was applied.' }) tier!: RiskTier;
  @BooleanField({ description: 'False: the risk tier is not set, so the strictest rule was applied.' }) tierIsSet!: boolean;
  @IntegerField({ description: 'How many of the required ones are met, over all domains.', ...COUNT }) met!: number;
  @IntegerField({ description: 'How many are required, over all domains.', ...COUNT }) total!: number;
  @ObjectsField(() => HeatmapCellDto, { description: 'One per domain, in their order.' }) cells!: HeatmapCellDto[];
}
export class HeatmapDto {
  @TextField({ description: 'Framework edition.' }) edition!: string;
  @InstantField({ description: 'The instant it is computed for.' }) at!: Date;
  @ObjectsField(() => HeatmapDomainDto, { description: 'Domains, in the order of the edition.' }) domains!: HeatmapDomainDto[];
  @ObjectsField(() => HeatmapRowDto, { description: 'Workloads, those with most missing first unless sorted otherwise.' }) items!: HeatmapRowDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'Number of all workloads that match, with `count=true`.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}
