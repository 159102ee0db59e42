import { LIFECYCLES, type Lifecycle, OPERATION_STATUSES, RISK_TIERS, type RiskTier, STAGES, type Stage, WORKLOAD_KINDS, type WorkloadKind } from '@roster/contracts';
import { BooleanField, ChoiceField, ChoicesField, IdField, InstantField, IntegerField, JsonField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { PACK_FORMATS, type PackFormat } from './pack-request.js';

export class PackFilterDto {
  @ChoicesField(STAGES, { description: 'Stages.', optional: true }) stage?: Stage[];
  @ChoicesField(RISK_TIERS, { description: 'Risk tiers.', optional: true }) riskTier?: RiskTier[];
  @ChoicesField(LIFECYCLES, { description: 'Lifecycles.', optional: true }) lifecycle?: Lifecycle[];
  @ChoicesField(WORKLOAD_KINDS, { description: 'Kinds.', optional: true }) kind?: WorkloadKind[];
  @TextsField({ description: 'Owning teams, spelled as recorded.', optional: true, maxLength: 200 }) team?: string[];
  @TextsField({ description: 'Business units, spelled as recorded.', optional: true, maxLength: 200 }) businessUnit?: string[];
}

export class PackScopeDto {
  @TextsField({ description: 'Keys or ids of workloads, 1 to 10,000. Not together with `filter`.', optional: true, min: 1, max: 10_000, maxLength: 100 }) workloads?: string[];
  @ObjectField(() => PackFilterDto, { description: 'Which workloads, by value. Values of one field are alternatives; all fields must match. Without `workloads` and `filter`: the whole inventory.', optional: true }) filter?: PackFilterDto;
}

export class PackPeriodDto {
  @InstantField({ description: 'First instant of what happened over time: trail, drills, closed reviews, classification results.', optional: true }) from?: string;
  @InstantField({ description: 'Last instant of it; not after `asOf`.', optional: true }) to?: string;
}

export class RequestPackDto {
  @ObjectField(() => PackScopeDto, { description: 'What the pack is about; `{}` is the whole inventory.' }) scope!: PackScopeDto;
  @ObjectField(() => PackPeriodDto, { description: 'Limits what happened over time. Default: everything up to `asOf`.', optional: true }) period?: PackPeriodDto;
  @InstantField({ description: 'Everything is shown as it was known at this instant. Default: now. Never in the future.', optional: true }) asOf?: string;
  @TextField({ description: 'Framework edition for coverage. Default: the one of the organization.', optional: true, max: 64 }) edition?: string;
  @ChoicesField(PACK_FORMATS, { description: 'Forms of the inventory. Default: all. `json` also gives one file per workload.', optional: true, max: 2 }) formats?: PackFormat[];
}

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };

export class PackLeftOutDto {
  @IntegerField({ description: 'Workloads whose import had been rolled back.', ...COUNT }) withdrawn!: number;
  @IntegerField({ description: 'Workloads that had been merged into others.', ...COUNT }) merged!: number;
  @IntegerField({ description: 'Named workloads that were registered after the as-of date.', ...COUNT }) registeredLater!: number;
  @IntegerField({ description: 'Workloads that do not match the filter.', ...COUNT }) outsideFilter!: number;
  @IntegerField({ description: 'Evidence that is an address: no file is held.', ...COUNT }) addresses!: number;
  @IntegerField({ description: 'Evidence files that had not passed every check.', ...COUNT }) quarantined!: number;
  @IntegerField({ description: 'Evidence files that a check refused.', ...COUNT }) refused!: number;
}
export class PackPreviewDto {
  @InstantField({ description: 'Everything is shown as it was known at this instant.' }) asOf!: Date;
  @TextField({ description: 'Framework edition.' }) edition!: string;
  @ChoicesField(PACK_FORMATS, { description: 'Forms of the inventory.' }) formats!: readonly PackFormat[];
  @IntegerField({ description: 'Workloads.', ...COUNT }) workloads!: number;
  @IntegerField({ description: 'Evidence files.', ...COUNT }) evidenceFiles!: number;
  @IntegerField({ description: 'Bytes of the evidence files: nearly the size of the pack, whose documents come on top.', ...COUNT }) evidenceBytes!: number;
  @IntegerField({ description: 'Trail entries of the workloads; entries about their evidence and reviews come on top. Of the whole inventory: all entries of the organization.', ...COUNT }) trailEntries!: number;
  @BooleanField({ description: 'Whether there are more trail entries than were counted: `trailEntries` is then a lower bound.' }) trailEntriesCapped!: boolean;
  @ObjectField(() => PackLeftOutDto, { description: 'What one might look for and would not find, by reason. The pack lists each.' }) leftOut!: PackLeftOutDto;
}
export class PackIndexRowDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Key at the instant.' }) key!: string;
  @TextField({ description: 'Name at the instant.' }) name!: string;
  @TextField({ description: 'Owning team.', nullable: true }) team!: string | null;
  @ChoiceField(STAGES, { description: 'Stage; null = not classified then.', nullable: true }) stage!: Stage | null;
  @BooleanField({ description: 'A Pilot that only had to harden.' }) hardening!: boolean;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier; null = not set.', nullable: true }) riskTier!: RiskTier | null;
  @ChoiceField(LIFECYCLES, { description: 'Lifecycle.' }) lifecycle!: Lifecycle;
  @IntegerField({ description: 'Evidence items that are linked to it.', ...COUNT }) evidence!: number;
}
export class PackIndexPageDto {
  @ObjectsField(() => PackIndexRowDto, { description: 'Workloads of the pack, in the order of keys.' }) items!: PackIndexRowDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true, max: 2_000 }) nextCursor!: string | null;
}

export class PackAcceptedDto {
  @IdField({ description: 'Id of the pack and of the work that builds it.' }) id!: string;
  @TextField({ description: 'Where to watch it.' }) href!: string;
}

export class PackProgressDto {
  @IntegerField({ description: 'Steps done.', min: 0, max: Number.MAX_SAFE_INTEGER }) done!: number;
  @IntegerField({ description: 'Steps known so far; null before the first.', min: 0, max: Number.MAX_SAFE_INTEGER, nullable: true }) total!: number | null;
  @TextField({ description: 'What a step is.' }) unit!: string;
}

export class PackResultDto {
  @TextField({ description: 'Name of the file.' }) fileName!: string;
  @IntegerField({ description: 'Bytes.', min: 1, max: Number.MAX_SAFE_INTEGER }) size!: number;
  @TextField({ description: 'SHA-256 of the file, hex.' }) sha256!: string;
  @JsonField({ description: 'Numbers of workloads, evidence files, trail entries and exclusions.' }) counts!: Record<string, number>;
  @TextField({ description: 'Where to download it.' }) href!: string;
  @TextField({ description: 'Signed head of the trail that the pack shows.', max: 4_000 }) checkpoint!: string;
  @TextField({ description: 'SHA-256 of the public key that signed, hex. Auditors compare it with the one in the pack.' }) keyFingerprint!: string;
}

export class PackDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(OPERATION_STATUSES, { description: 'State of the work.' }) status!: string;
  @ObjectField(() => PackProgressDto, { description: 'How far it is.' }) progress!: PackProgressDto;
  @ObjectField(() => PackResultDto, { description: 'The finished pack.', optional: true }) result?: PackResultDto;
  @JsonField({ description: 'Problem document, when it failed.', optional: true }) problem?: Record<string, unknown>;
  @JsonField({ description: 'What the pack is about: `{kind: all}`, `{kind: workloads, ids}` or `{kind: filter, filter}`.' }) scope!: Record<string, unknown>;
  @ObjectField(() => PackPeriodDto, { description: 'Period of what happened over time.' }) period!: PackPeriodDto;
  @InstantField({ description: 'Everything is shown as it was known at this instant.' }) asOf!: Date;
  @TextField({ description: 'Framework edition.' }) edition!: string;
  @ChoicesField(PACK_FORMATS, { description: 'Forms of the inventory.' }) formats!: readonly PackFormat[];
  @TextField({ description: 'Identifies what was asked for: packs with the same key have the same bytes.' }) packKey!: string;
  @InstantField({ description: 'When it was asked for.' }) requestedAt!: Date;
  @JsonField({ description: 'Who asked for it.' }) requestedBy!: Record<string, unknown>;
}

export class PackPageDto {
  @ObjectsField(() => PackDto, { description: 'The packs.' }) items!: PackDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'Number of all packs that match, with `count=true`.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}
