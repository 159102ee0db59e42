import { BooleanField, ChoiceField, IntegerField, JsonField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';

const BASES = ['source', 'source_partial', 'inferred', 'reconstructed', 'expert'];

export class FacetDto {
  @TextField({ description: 'Id, unique in the edition. Parts have no official ids.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
}

export class CriterionDto {
  @TextField({ description: '`<edition>/<id>`: the form in which a criterion is stored and compared.' }) key!: string;
  @TextField({ description: 'Id inside the edition.' }) id!: string;
  @TextField({ description: 'Short title.' }) title!: string;
  @TextField({ description: 'What has to hold, paraphrased.', max: 5_000 }) statement!: string;
  @ChoiceField(BASES, { description: 'Where the words come from.' }) basis!: string;
  @BooleanField({ description: 'False: the wording was never seen at its source. Show "wording not verified" beside it.' }) wordingVerified!: boolean;
  @TextField({ description: 'What a reconstructed criterion was built from.', optional: true }) derivedFrom?: string;
  @BooleanField({ description: 'True when the edition changed it.', optional: true }) changedInThisEdition?: boolean;
  @ObjectsField(() => FacetDto, { description: 'Checkable parts. They are the requirements when the domain has this one criterion.' }) facets!: FacetDto[];
}

export class DomainDto {
  @TextField({ description: '`<edition>/<id>`.' }) key!: string;
  @TextField({ description: 'Id inside the edition. Means something else in another edition: always show the name beside it.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @ChoiceField(['source', 'inferred', 'unknown'], { description: 'How the name is known.' }) nameBasis!: string;
  @TextField({ description: 'Name for addresses.' }) slug!: string;
  @TextField({ description: 'What it is about, paraphrased.', max: 2_000 }) summary!: string;
  @TextsField({ description: 'Other labels for it.' }) aliases!: string[];
  @TextsField({ description: 'Pages it was read on.', maxLength: 2_000 }) sources!: string[];
  @BooleanField({ description: 'An open gap here freezes scope expansion.' }) freeze!: boolean;
  @BooleanField({ description: 'Its evidence proves production monitoring.' }) monitoring!: boolean;
  @BooleanField({ description: 'Required in full, in every tier, when the workload executes tools.' }) blocksToolUse!: boolean;
  @ObjectsField(() => CriterionDto, { description: 'Criteria, in order.' }) criteria!: CriterionDto[];
}

export class RequirementDto {
  @TextField({ description: '`<edition>/<id>`: use it as `criterion` when evidence is linked.' }) key!: string;
  @TextField({ description: 'Criterion it belongs to.' }) criterionKey!: string;
  @TextField({ description: 'Domain it belongs to.' }) domainId!: string;
  @TextField({ description: 'Title.' }) title!: string;
  @BooleanField({ description: 'False: show "wording not verified" beside it.' }) wordingVerified!: boolean;
}

export class EditionSummaryDto {
  @TextField({ description: 'Id, such as the `edition` of the organization.' }) id!: string;
  @TextField({ description: 'Title.' }) title!: string;
  @ChoiceField(['current', 'companion_reference', 'superseded', 'tool_labels'], { description: 'Standing of the edition.' }) status!: string;
  @TextField({ description: 'Date as precise as the source states it.', nullable: true }) date!: string | null;
  @BooleanField({ description: 'Whether coverage can be computed over it.' }) assessable!: boolean;
  @TextField({ description: 'Licence; null when none is stated.', nullable: true }) licence!: string | null;
  @TextField({ description: 'To be shown wherever the content is shown.', max: 2_000 }) attribution!: string;
  @TextField({ description: 'SHA-256 of the canonical JSON of the content.' }) digest!: string;
  @IntegerField({ description: 'How many domains it has.', min: 1, max: 100 }) domainCount!: number;
  @IntegerField({ description: 'How many requirements coverage is computed over.', min: 0, max: 20_000 }) requirementCount!: number;
}

export class EditionChangeDto {
  @TextField({ description: 'Domain.' }) domain!: string;
  @TextField({ description: 'What changed against the edition before.', max: 2_000 }) change!: string;
}

export class EditionDto extends EditionSummaryDto {
  @TextField({ description: 'Page it was read on.', nullable: true, max: 2_000 }) source!: string | null;
  @TextField({ description: 'How it numbers.', max: 2_000 }) numbering!: string;
  @TextsField({ description: 'Ids of the freeze domains.' }) freezeDomains!: string[];
  @TextField({ description: 'Id of the domain that proves monitoring.', nullable: true }) monitoringDomain!: string | null;
  @TextsField({ description: 'Ids of the domains required in full when tools are executed.' }) toolBlockingDomains!: string[];
  @JsonField({ description: 'Ids of the requirements that the record of a drill supports, by kind of drill.' }) drillRequirements!: Record<string, readonly string[]>;
  @ObjectsField(() => EditionChangeDto, { description: 'Announced changes.' }) changes!: EditionChangeDto[];
  @ObjectsField(() => DomainDto, { description: 'Domains, in order.' }) domains!: DomainDto[];
  @ObjectsField(() => RequirementDto, { description: 'What coverage is computed over, in order.' }) requirements!: RequirementDto[];
}

export class ReferenceDto {
  @TextField({ description: 'Id, to be used in crosswalk addresses.' }) id!: string;
  @TextField({ description: 'Title.' }) title!: string;
  @TextField({ description: 'Publisher.' }) publisher!: string;
  @TextField({ description: 'Licence.' }) licence!: string;
  @TextField({ description: 'To be shown wherever ids of it are shown.', max: 2_000 }) attribution!: string;
}

export class CrosswalkPairDto {
  @TextField({ description: 'From.' }) from!: string;
  @TextField({ description: 'To. The opposite direction can be read too.' }) to!: string;
}

export class FrameworksDto {
  @ObjectsField(() => EditionSummaryDto, { description: 'Editions, assessable ones first.' }) items!: EditionSummaryDto[];
  @TextField({ description: 'Always null: the list is complete.', nullable: true }) nextCursor!: null;
  @ObjectsField(() => ReferenceDto, { description: 'Standards and laws that crosswalks point to.' }) references!: ReferenceDto[];
  @ObjectsField(() => CrosswalkPairDto, { description: 'Crosswalks there are.' }) crosswalks!: CrosswalkPairDto[];
}

export class CrosswalkEndDto {
  @TextField({ description: 'Id inside its edition or reference.' }) id!: string;
  @TextField({ description: 'Name or title, shown beside the id.', max: 2_000 }) name!: string;
}

export class CrosswalkRowDto {
  @ObjectField(() => CrosswalkEndDto, { description: 'This side.' }) from!: CrosswalkEndDto;
  @ObjectField(() => CrosswalkEndDto, { description: 'Other side.' }) to!: CrosswalkEndDto;
  @ChoiceField(['equivalent', 'partial', 'weak', 'related'], { description: 'equivalent: same subject. partial: overlaps. weak: touches. related: named together, strength not stated.' }) relation!: string;
  @ChoiceField(['source', 'inferred', 'expert'], { description: 'Who says so.' }) basis!: string;
  @TextField({ description: 'Why.', max: 2_000 }) why!: string;
}

export class CrosswalkGapDto {
  @ChoiceField(['from', 'to'], { description: 'Which side has something that the other lacks, in whole or in part.' }) side!: string;
  @ObjectField(() => CrosswalkEndDto, { description: 'What.' }) of!: CrosswalkEndDto;
  @TextField({ description: 'Why.', max: 2_000 }) why!: string;
}

export class CrosswalkDto {
  @TextField({ description: 'From.' }) from!: string;
  @TextField({ description: 'To.' }) to!: string;
  @ChoiceField(['source', 'inferred', 'expert', 'mixed'], { description: 'Who says so.' }) basis!: string;
  @TextField({ description: 'What to know before using it.', nullable: true, max: 2_000 }) note!: string | null;
  @BooleanField({ description: 'True when it was written in the opposite direction.' }) inverted!: boolean;
  @TextsField({ description: 'To be shown beside it.', maxLength: 2_000 }) attributions!: string[];
  @ObjectsField(() => CrosswalkRowDto, { description: 'Rows.' }) rows!: CrosswalkRowDto[];
  @ObjectsField(() => CrosswalkGapDto, { description: 'Gaps.' }) gaps!: CrosswalkGapDto[];
}
