import { LIFECYCLES, OWNER_STATUSES, PROVENANCES, STAGES, TRI_STATES, type TriState } from '@roster/contracts';
import { BooleanField, ChoiceField, ChoicesField, IdField, InstantField, IntegerField, JsonField, NumberField, ObjectField, ObjectsField, TextField, TextsField, UrlField } from '@roster/platform-http';
import type { CustomValues } from '../custom-field/custom-value.js';
import { FIELD_VALUES, SETTABLE_LIFECYCLES } from './workload-field.js';

const KEY_HINT = 'expected capital letters, digits and single hyphens, like SUPPORT-BOT';
const PERSON = 'A member id, or an e-mail address; somebody who is no member yet is proposed and, if you may invite, invited.';

/** Fields that can be stated at any time (domain.md section 3). */
class DescribedWorkloadDto {
  @TextField({ description: 'What it is and how it works.', max: 20_000, optional: true, nullable: true }) description?: string | null;
  @TextField({ description: 'Business unit.', max: 200, optional: true, nullable: true }) businessUnit?: string | null;
  @TextsField({ description: 'Environments it runs in.', max: 50, maxLength: 200, optional: true }) environments?: string[];
  @TextField({ description: 'Where it runs: cloud, region, cluster, device.', max: 2_000, optional: true, nullable: true }) runsOn?: string | null;
  @TextsField({ description: 'Repositories.', max: 50, maxLength: 2_000, optional: true }) repositories?: string[];
  @TextsField({ description: 'References into catalogues, such as a CMDB.', max: 50, maxLength: 500, optional: true }) catalogueRefs?: string[];
  @TextsField({ description: 'Interfaces and endpoints.', max: 100, maxLength: 500, optional: true }) interfaces?: string[];
  @ChoicesField(FIELD_VALUES.usersAffected, { description: 'Who is affected.', optional: true }) usersAffected?: string[];
  @TextField({ description: 'What follows from its output.', max: 10_000, optional: true, nullable: true }) downstreamConsequence?: string | null;
  @ChoiceField(TRI_STATES, { description: 'Does a person, customer record, payment or physical process change?', optional: true }) downstreamChange?: TriState;
  @ChoiceField(FIELD_VALUES.exposure, { description: 'How exposed it is.', optional: true, nullable: true }) exposure?: string | null;
  @ChoiceField(FIELD_VALUES.operation, { description: 'How it operates.', optional: true, nullable: true }) operation?: string | null;
  @ChoiceField(TRI_STATES, { description: 'Is it maintained?', optional: true }) maintained?: TriState;
  @ChoicesField(FIELD_VALUES.dataClasses, { description: 'Classes of data it touches.', optional: true }) dataClasses?: string[];
  @ChoiceField(TRI_STATES, { description: 'Does it handle personal data?', optional: true }) handlesPii?: TriState;
  @TextsField({ description: 'Special categories of personal data.', max: 50, maxLength: 200, optional: true }) specialCategories?: string[];
  @TextsField({ description: 'Jurisdictions it is used in.', max: 250, maxLength: 200, optional: true }) jurisdictions?: string[];
  @ChoiceField(TRI_STATES, { description: 'Does it execute tools?', optional: true }) executesTools?: TriState;
  @ChoiceField(FIELD_VALUES.autonomyLevel, { description: 'Autonomy level of the PSF scheme.', optional: true, nullable: true }) autonomyLevel?: string | null;
  @ChoiceField(FIELD_VALUES.riskTier, { description: 'Risk tier. Not set is treated as critical.', optional: true, nullable: true }) riskTier?: string | null;
  @TextField({ description: 'Why this risk tier.', max: 10_000, optional: true, nullable: true }) riskTierRationale?: string | null;
  @ChoiceField(FIELD_VALUES.euAiActRole, { description: 'Role under the EU AI Act.', optional: true, nullable: true }) euAiActRole?: string | null;
  @ChoiceField(FIELD_VALUES.euAiActClass, { description: 'Class under the EU AI Act.', optional: true, nullable: true }) euAiActClass?: string | null;
  @TextsField({ description: 'Links to monitoring.', max: 50, maxLength: 2_000, optional: true }) monitoringLinks?: string[];
  @UrlField({ description: 'Link to the runbook.', optional: true, nullable: true }) runbookLink?: string | null;
  @TextField({ description: 'Whom to reach, in order.', max: 4_000, optional: true, nullable: true }) escalationPath?: string | null;
  @TextsField({ description: 'Tags.', max: 100, maxLength: 200, optional: true }) tags?: string[];
  @TextField({ description: 'Stage that a source states. A statement beside the computed stage, never the stage itself.', max: 200, optional: true, nullable: true }) statedStage?: string | null;
  @ChoiceField(SETTABLE_LIFECYCLES, { description: 'Where it stands in its life. Retiring has its own act.', optional: true }) lifecycle?: string;
  @JsonField({ description: 'Custom fields by key; null clears one.', optional: true }) custom?: Record<string, unknown>;
}

/** Six fields are required, everything else can follow (domain.md section 3). */
export class RegisterWorkloadDto extends DescribedWorkloadDto {
  @TextField({ description: 'Name.', max: 500 }) name!: string;
  @ChoiceField(FIELD_VALUES.kind, { description: 'Kind of workload.' }) kind!: string;
  @TextField({ description: 'What it is for.', max: 10_000 }) purpose!: string;
  @TextField({ description: 'Owning team.', max: 200 }) team!: string;
  @TextField({ description: `Risk owner. ${PERSON}`, max: 254 }) riskOwner!: string;
  @ChoiceField(TRI_STATES, { description: 'Does it process real user or customer data on request?' }) processesRealData!: TriState;
  @TextField({ description: 'Human key, unique for ever; made from the name when left out.', max: 60, optional: true, pattern: /^[A-Z0-9]+(-[A-Z0-9]+)*$/, patternHint: KEY_HINT }) key?: string;
  @TextField({ description: `Accountable executive. ${PERSON}`, max: 254, optional: true }) accountableExecutive?: string;
  @TextField({ description: `On-call owner. ${PERSON}`, max: 254, optional: true }) onCall?: string;
  @TextField({ description: `Engineering lead. ${PERSON}`, max: 254, optional: true }) engineeringLead?: string;
  @TextField({ description: `Data steward. ${PERSON}`, max: 254, optional: true }) dataSteward?: string;
}

/** Every field may be left out; null clears what may be empty. */
export class UpdateWorkloadDto extends DescribedWorkloadDto {
  @TextField({ description: 'Name.', max: 500, optional: true }) name?: string;
  @ChoiceField(FIELD_VALUES.kind, { description: 'Kind of workload.', optional: true }) kind?: string;
  @TextField({ description: 'What it is for.', max: 10_000, optional: true }) purpose?: string;
  @TextField({ description: 'Owning team.', max: 200, optional: true }) team?: string;
  @TextField({ description: `Risk owner. ${PERSON}`, max: 254, optional: true }) riskOwner?: string;
  @ChoiceField(TRI_STATES, { description: 'Does it process real user or customer data on request?', optional: true }) processesRealData?: TriState;
}

export class FactStatementDto {
  @ChoiceField(TRI_STATES, { description: 'What was said.' }) value!: TriState;
  @ChoiceField(PROVENANCES, { description: 'How strong the statement is, weakest first.' }) provenance!: string;
  @TextField({ description: 'Where it comes from; null when a person typed it.', nullable: true, max: 2_000 }) source!: string | null;
  @InstantField({ description: 'When it was said; the registration when nobody said anything.' }) at!: string;
  @TextField({ description: 'Who said it.', nullable: true, max: 300 }) by!: string | null;
}

export class FactDto extends FactStatementDto {
  @ObjectsField(() => FactStatementDto, { description: 'Known statements that say otherwise.', optional: true }) contradictedBy?: FactStatementDto[];
}

export class FactsDto {
  @ObjectField(() => FactDto, { description: 'Processes real user or customer data on request.' }) processesRealData!: FactDto;
  @ObjectField(() => FactDto, { description: 'Handles personal data.' }) handlesPii!: FactDto;
  @ObjectField(() => FactDto, { description: 'Executes tools.' }) executesTools!: FactDto;
  @ObjectField(() => FactDto, { description: 'Changes a person, customer record, payment or physical process.' }) downstreamChange!: FactDto;
  @ObjectField(() => FactDto, { description: 'Is maintained.' }) maintained!: FactDto;
}

export class StateFactDto {
  @ChoiceField(TRI_STATES, { description: 'What is so. unknown is an answer.' }) value!: TriState;
  @ChoiceField(['declared', 'attested'], { description: 'declared: you say so. attested: you sign it as an accepted owner of the workload; it then outweighs what anybody declares.', optional: true }) provenance?: 'declared' | 'attested';
  @TextField({ description: 'What it rests on.', max: 2_000, optional: true, nullable: true }) source?: string | null;
}

export class NamedOwnerDto {
  @TextField({ description: 'Role.', max: 60 }) role!: string;
  @TextField({ description: 'Framework domain as edition/id, for a domain owner.', nullable: true, max: 200 }) domain!: string | null;
  @ChoiceField(['owner', 'deputy'], { description: 'Owner or deputy.' }) position!: string;
  @IdField({ description: 'Member; null while an invited person has not joined.', nullable: true }) memberId!: string | null;
  @TextField({ description: 'Name.', nullable: true, max: 200 }) name!: string | null;
  @TextField({ description: 'E-mail address.', max: 254 }) email!: string;
  @ChoiceField(OWNER_STATUSES, { description: 'Only accepted owners count.' }) status!: string;
  @InstantField({ description: 'Since when.' }) since!: string;
  @InstantField({ description: 'When ownership has to be re-affirmed.', nullable: true }) reaffirmDueAt!: string | null;
}

export class ActorDto {
  @ChoiceField(['member', 'api_key', 'system'], { description: 'Kind.' }) type!: string;
  @TextField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @IdField({ description: 'Creator of the API key.', optional: true }) onBehalfOf?: string;
}

/** A workload in a list. */
export class WorkloadItemDto extends DescribedWorkloadDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Human key.', max: 60 }) key!: string;
  @TextField({ description: 'Name.', max: 500 }) name!: string;
  @ChoiceField(FIELD_VALUES.kind, { description: 'Kind; null when an import left it out.', nullable: true }) kind!: string | null;
  @TextField({ description: 'Purpose; null when an import left it out.', nullable: true, max: 10_000 }) purpose!: string | null;
  @TextField({ description: 'Owning team; null when an import left it out.', nullable: true, max: 200 }) team!: string | null;
  @ChoiceField(TRI_STATES, { description: 'Processes real user or customer data on request.' }) processesRealData!: TriState;
  @ChoiceField(LIFECYCLES, { description: 'Where it stands in its life.' }) override lifecycle!: string;
  @JsonField({ description: 'Custom fields by key.' }) override custom!: CustomValues;
  @ChoiceField(STAGES, { description: 'Computed stage; null until classified for the first time.', nullable: true }) stage!: string | null;
  @BooleanField({ description: 'A Pilot that has to be hardened before it may be called production AI.' }) hardening!: boolean;
  @BooleanField({ description: 'The stage rests on an unknown fact.' }) undetermined!: boolean;
  @BooleanField({ description: 'Its scope may not grow until named gaps close.' }) frozen!: boolean;
  @InstantField({ description: 'When it was last classified.', nullable: true }) classifiedAt!: string | null;
  @InstantField({ description: 'When the next review is due.', nullable: true }) nextReviewDueAt!: string | null;
  @InstantField({ description: 'When the stage falls if nobody does anything; null when no fall is ahead.', nullable: true }) fallsAt!: string | null;
  @IntegerField({ description: 'Requirements that the required set of the risk tier still asks for; null until classified.', nullable: true, min: 0, max: 100_000 }) missingEvidence!: number | null;
  @BooleanField({ description: 'One of the six required fields is missing.' }) incomplete!: boolean;
  @BooleanField({ description: 'Nobody is named as risk owner.' }) unowned!: boolean;
  @TextsField({ description: 'Required fields that are missing.' }) missing!: string[];
  @ObjectField(() => NamedOwnerDto, { description: 'Risk owner, accepted or proposed.', nullable: true }) riskOwner!: NamedOwnerDto | null;
  @ObjectsField(() => NamedOwnerDto, { description: 'Everybody who answers for it or is asked to.' }) owners!: NamedOwnerDto[];
  @IdField({ description: 'Import that created it.', nullable: true }) import!: string | null;
  @InstantField({ description: 'When it was retired.', nullable: true }) retiredAt!: string | null;
  @TextField({ description: 'Why it was retired.', nullable: true, max: 10_000 }) retireReason!: string | null;
  @JsonField({ description: 'Decommission record: text or an object.' , nullable: true }) decommissionRecord!: unknown;
  @InstantField({ description: 'When it was registered.' }) registeredAt!: string;
  @ObjectField(() => ActorDto, { description: 'Who registered it.' }) registeredBy!: ActorDto;
  @InstantField({ description: 'When somebody last changed it.' }) updatedAt!: string;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

/** A workload with the provenance of its facts. */
export class WorkloadDto extends WorkloadItemDto {
  @ObjectField(() => FactsDto, { description: 'Provenance of each fact.' }) facts!: FactsDto;
}

export class DuplicateDto {
  @TextField({ description: 'Key of the workload that may be the same.', max: 60 }) key!: string;
  @TextField({ description: 'Its name.', max: 500 }) name!: string;
  @TextField({ description: 'Its team.', nullable: true, max: 200 }) team!: string | null;
  @NumberField({ description: 'How likely both are the same, 0 to 1.', min: 0, max: 1 }) score!: number;
  @TextsField({ description: 'Why: similar_name_in_team, similar_name, same_repository, same_interface, same_model_and_purpose.' }) reasons!: string[];
}

export class DuplicatesDto {
  @ObjectsField(() => DuplicateDto, { description: 'Likely duplicates, most likely first.' }) items!: DuplicateDto[];
}

export class RegisteredWorkloadDto extends WorkloadDto {
  @ObjectsField(() => DuplicateDto, { description: 'Likely duplicates, most likely first. The workload is registered all the same.' }) duplicates!: DuplicateDto[];
}

export class WorkloadPageDto {
  @ObjectsField(() => WorkloadItemDto, { description: 'Workloads.' }) items!: WorkloadItemDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}

export class MergeWorkloadDto {
  @TextField({ description: 'Key or id of the workload that stays.', max: 60 }) into!: string;
  @TextField({ description: 'Why both are the same.', max: 10_000 }) reason!: string;
}
