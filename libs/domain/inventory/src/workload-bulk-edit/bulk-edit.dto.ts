import { TRI_STATES, type TriState } from '@roster/contracts';
import { ChoiceField, ChoicesField, IdField, InstantField, IntegerField, JsonField, ObjectField, ObjectsField, TextField, TextsField, UrlField } from '@roster/platform-http';
import { MAX_QUERY } from '../saved-view/view-query.js';
import { FIELD_VALUES, SETTABLE_LIFECYCLES } from '../workload/workload-field.js';
import { BULK_EDIT_STATES, BULK_OUTCOMES, BULK_UNDOS, MAX_BULK_ROWS } from './bulk-edit-state.js';

const COUNT = { min: 0, max: MAX_BULK_ROWS };
const PERSON = 'A member id, or the e-mail address of a member.';

/** Which workloads: named, or everything a query finds. */
export class BulkSelectionDto {
  @TextsField({ description: 'Keys or ids.', max: MAX_BULK_ROWS, maxLength: 60, optional: true }) keys?: string[];
  @TextField({ description: 'Query string of GET /workloads: everything it finds. Empty = all.', min: 0, max: MAX_QUERY, optional: true }) query?: string;
  @TextsField({ description: 'Keys or ids to leave out of what the query finds.', max: 1_000, maxLength: 60, optional: true }) except?: string[];
}

/** Fields that get the same value everywhere; null clears one that may be empty. */
export class BulkSetDto {
  @TextField({ description: 'Owning team.', max: 200, optional: true }) team?: string;
  @TextField({ description: 'Business unit.', max: 200, optional: true, nullable: true }) businessUnit?: string | null;
  @ChoiceField(FIELD_VALUES.kind, { description: 'Kind of workload.', optional: true }) kind?: string;
  @ChoiceField(SETTABLE_LIFECYCLES, { description: 'Where it stands in its life.', optional: true }) lifecycle?: string;
  @ChoiceField(FIELD_VALUES.riskTier, { description: 'Risk tier.', optional: true, nullable: true }) riskTier?: string | null;
  @TextField({ description: 'Why this risk tier.', max: 10_000, optional: true, nullable: true }) riskTierRationale?: string | null;
  @ChoiceField(FIELD_VALUES.exposure, { description: 'How exposed it is.', optional: true, nullable: true }) exposure?: string | null;
  @ChoiceField(FIELD_VALUES.operation, { description: 'How it operates.', optional: true, nullable: true }) operation?: string | null;
  @ChoiceField(FIELD_VALUES.autonomyLevel, { description: 'Autonomy level.', optional: true, nullable: true }) autonomyLevel?: string | null;
  @ChoiceField(FIELD_VALUES.euAiActRole, { description: 'Role under the EU AI Act.', optional: true, nullable: true }) euAiActRole?: string | null;
  @ChoiceField(FIELD_VALUES.euAiActClass, { description: 'Class under the EU AI Act.', optional: true, nullable: true }) euAiActClass?: string | null;
  @TextField({ description: 'Where it runs.', max: 2_000, optional: true, nullable: true }) runsOn?: string | null;
  @UrlField({ description: 'Link to the runbook.', optional: true, nullable: true }) runbookLink?: string | null;
  @TextField({ description: 'Whom to reach, in order.', max: 4_000, optional: true, nullable: true }) escalationPath?: string | null;
}

/** Values of lists, added to or taken from what is there. */
export class BulkListDto {
  @TextsField({ description: 'Tags.', max: 100, maxLength: 200, optional: true }) tags?: string[];
  @TextsField({ description: 'Environments.', max: 50, maxLength: 200, optional: true }) environments?: string[];
  @TextsField({ description: 'Jurisdictions.', max: 250, maxLength: 200, optional: true }) jurisdictions?: string[];
  @ChoicesField(FIELD_VALUES.usersAffected, { description: 'Who is affected.', optional: true }) usersAffected?: string[];
  @ChoicesField(FIELD_VALUES.dataClasses, { description: 'Classes of data.', optional: true }) dataClasses?: string[];
  @TextsField({ description: 'Special categories of personal data.', max: 50, maxLength: 200, optional: true }) specialCategories?: string[];
}

export class BulkFactsDto {
  @ChoiceField(TRI_STATES, { description: 'Processes real user or customer data on request.', optional: true }) processesRealData?: TriState;
  @ChoiceField(TRI_STATES, { description: 'Handles personal data.', optional: true }) handlesPii?: TriState;
  @ChoiceField(TRI_STATES, { description: 'Executes tools.', optional: true }) executesTools?: TriState;
  @ChoiceField(TRI_STATES, { description: 'Changes a person, customer record, payment or physical process.', optional: true }) downstreamChange?: TriState;
  @ChoiceField(TRI_STATES, { description: 'Is maintained.', optional: true }) maintained?: TriState;
}

export class BulkOwnersDto {
  @TextField({ description: `Risk owner. ${PERSON}`, max: 254, optional: true }) risk_owner?: string;
  @TextField({ description: `Accountable executive. ${PERSON}`, max: 254, optional: true }) accountable_executive?: string;
  @TextField({ description: `On-call owner. ${PERSON}`, max: 254, optional: true }) on_call?: string;
  @TextField({ description: `Engineering lead. ${PERSON}`, max: 254, optional: true }) engineering_lead?: string;
  @TextField({ description: `Data steward. ${PERSON}`, max: 254, optional: true }) data_steward?: string;
}

export class BulkChangesDto {
  @ObjectField(() => BulkSetDto, { description: 'Fields that get the same value everywhere.', optional: true }) set?: BulkSetDto;
  @ObjectField(() => BulkListDto, { description: 'Values to add to lists.', optional: true }) add?: BulkListDto;
  @ObjectField(() => BulkListDto, { description: 'Values to take from lists.', optional: true }) remove?: BulkListDto;
  @ObjectField(() => BulkFactsDto, { description: 'Facts, declared by you.', optional: true }) facts?: BulkFactsDto;
  @JsonField({ description: 'Custom fields by key; null clears one.', optional: true }) custom?: Record<string, unknown>;
  @ObjectField(() => BulkOwnersDto, { description: 'Members to propose as owners; needs inventory:owner:assign. Whoever answers stays until they accept.', optional: true }) owners?: BulkOwnersDto;
}

export class PrepareBulkEditDto {
  @ObjectField(() => BulkSelectionDto, { description: `Which workloads: keys or a query, at most ${MAX_BULK_ROWS}.` }) selection!: BulkSelectionDto;
  @ObjectField(() => BulkChangesDto, { description: 'What shall change, the same everywhere.' }) changes!: BulkChangesDto;
  @TextField({ description: 'Why; stands in the trail entry of every workload.', max: 4_000, optional: true, nullable: true }) reason?: string | null;
}

export class BulkProgressDto {
  @IntegerField({ description: 'Workloads done.', ...COUNT }) done!: number;
  @IntegerField({ description: 'Workloads in all.', ...COUNT, nullable: true }) total!: number | null;
  @TextField({ description: 'What is counted.', max: 60 }) unit!: string;
}

export class BulkCountsDto {
  @IntegerField({ description: 'Will change when committed.', ...COUNT }) willChange!: number;
  @IntegerField({ description: 'Are so already.', ...COUNT }) unchanged!: number;
  @IntegerField({ description: 'Cannot be changed; each row says why.', ...COUNT }) refused!: number;
  @IntegerField({ description: 'Were changed.', ...COUNT }) changed!: number;
  @IntegerField({ description: 'Were left alone, because somebody changed them after the preview.', ...COUNT }) conflict!: number;
  @IntegerField({ description: 'Were restored by the undo.', ...COUNT }) restored!: number;
  @IntegerField({ description: 'Were kept by the undo, because somebody changed them since.', ...COUNT }) keptChangedSince!: number;
  @IntegerField({ description: 'Were kept by the undo, because it would widen a scope that is frozen now.', ...COUNT }) keptFrozen!: number;
}

export class BulkEditDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(BULK_EDIT_STATES, { description: 'Where it stands. stopped: the work broke off; what was done stays and can be undone. expired: nobody committed the preview within a day, and its rows are gone.' }) state!: string;
  @ChoiceField(['queued', 'running', 'succeeded', 'failed', 'canceled'], { description: 'Of the work that runs or ran last: preview, commit or undo.' }) status!: string;
  @ObjectField(() => BulkProgressDto, { description: 'How far it is.' }) progress!: BulkProgressDto;
  @JsonField({ description: 'Why the work failed, as a problem document.', optional: true }) problem?: Record<string, unknown>;
  @IntegerField({ description: 'Workloads selected.', min: 1, max: MAX_BULK_ROWS }) total!: number;
  @ObjectField(() => BulkCountsDto, { description: 'What becomes of them.' }) counts!: BulkCountsDto;
  @JsonField({ description: 'As it was selected.' }) selection!: object;
  @JsonField({ description: 'As it was asked for.' }) changes!: object;
  @TextField({ description: 'Why.', max: 4_000, nullable: true }) reason!: string | null;
  @JsonField({ description: 'Who asked for it.' }) createdBy!: object;
  @InstantField({ description: 'When it was previewed.' }) createdAt!: Date;
  @InstantField({ description: 'When it was done.', nullable: true }) committedAt!: Date | null;
  @InstantField({ description: 'When it was undone.', nullable: true }) undoneAt!: Date | null;
  @InstantField({ description: 'Until when the preview can be committed.' }) expiresAt!: Date;
}

export class BulkEditPageDto {
  @ObjectsField(() => BulkEditDto, { description: 'Bulk edits, newest first.' }) items!: BulkEditDto[];
  @TextField({ description: 'For the next page.', nullable: true, max: 2_000 }) nextCursor!: string | null;
}

export class BulkFieldChangeDto {
  @TextField({ description: 'Field; custom.<key>, facts.<fact> (who says so) or owners.<role> (who is asked).', max: 200 }) field!: string;
  @JsonField({ description: 'Before; any JSON value.', nullable: true }) from!: unknown;
  @JsonField({ description: 'After; any JSON value.', nullable: true }) to!: unknown;
}

export class BulkEditRowDto {
  @IntegerField({ description: 'Place in the selection, from 1.', min: 1, max: MAX_BULK_ROWS }) ordinal!: number;
  @IdField({ description: 'Workload.' }) workloadId!: string;
  @TextField({ description: 'Its key.', max: 60 }) key!: string;
  @TextField({ description: 'Its name.', max: 500 }) name!: string;
  @ChoiceField(BULK_OUTCOMES, { description: 'What becomes of it.' }) outcome!: string;
  @TextField({ description: 'Why it is refused or was left alone: retired, fact_overruled, frozen, list_too_long, gone (merged or withdrawn), changed_since_preview.', nullable: true, max: 60 }) reason!: string | null;
  @ObjectsField(() => BulkFieldChangeDto, { description: 'Field by field.', max: 1_000 }) changes!: BulkFieldChangeDto[];
  @ChoiceField(BULK_UNDOS, { description: 'What the undo did; null when there was none.', nullable: true }) undo!: string | null;
}

export class BulkEditRowPageDto {
  @ObjectsField(() => BulkEditRowDto, { description: 'Rows in the order of the selection.' }) items!: BulkEditRowDto[];
  @TextField({ description: 'For the next page.', nullable: true, max: 2_000 }) nextCursor!: string | null;
}

export class BulkEditAcceptedDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Where to watch.', max: 300 }) href!: string;
}
