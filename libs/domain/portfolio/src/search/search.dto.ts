import { EVIDENCE_KINDS, LIFECYCLES, RISK_TIERS, STAGES } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';

/** Most hits of a kind. */
export const HITS = 6;

export class WorkloadHitDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Key.', max: 60 }) key!: string;
  @TextField({ description: 'Name.', max: 500 }) name!: string;
  @TextField({ description: 'Owning team.', max: 200, nullable: true }) team!: string | null;
  @ChoiceField(STAGES, { description: 'Computed stage; null = not yet classified.', nullable: true }) stage!: string | null;
  @BooleanField({ description: 'A pilot that only has to harden.' }) hardening!: boolean;
  @BooleanField({ description: 'Reached through an unknown.' }) undetermined!: boolean;
  @BooleanField({ description: 'Its scope may not grow.' }) frozen!: boolean;
  @ChoiceField(RISK_TIERS, { description: 'Risk tier; null = not set.', nullable: true }) riskTier!: string | null;
  @ChoiceField(LIFECYCLES, { description: 'Where it stands in its life.' }) lifecycle!: string;
}

export class MemberHitDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Name.', max: 200 }) name!: string;
  @TextField({ description: 'E-mail address.', max: 254 }) email!: string;
  @ChoiceField(['active', 'deactivated'], { description: 'Whether they are still here.' }) status!: string;
}

export class EvidenceHitDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @ChoiceField(EVIDENCE_KINDS, { description: 'Kind.' }) kind!: string;
  @TextField({ description: 'Standing of the newest version.', max: 60 }) status!: string;
}

export class WorkloadHitsDto {
  @ObjectsField(() => WorkloadHitDto, { description: 'Best first.', max: HITS }) items!: WorkloadHitDto[];
  @BooleanField({ description: 'Whether there are more; GET /workloads?q= lists them.' }) more!: boolean;
}
export class MemberHitsDto {
  @ObjectsField(() => MemberHitDto, { description: 'Active ones first.', max: HITS }) items!: MemberHitDto[];
  @BooleanField({ description: 'Whether there are more; GET /members?q= lists them.' }) more!: boolean;
}
export class EvidenceHitsDto {
  @ObjectsField(() => EvidenceHitDto, { description: 'What changed last first.', max: HITS }) items!: EvidenceHitDto[];
  @BooleanField({ description: 'Whether there are more.' }) more!: boolean;
}

export class SearchResultDto {
  @TextField({ description: 'What was searched.', max: 200 }) q!: string;
  @ObjectField(() => WorkloadHitsDto, { description: 'Workloads: by key, name, team, business unit, purpose and description.' }) workloads!: WorkloadHitsDto;
  @ObjectField(() => MemberHitsDto, { description: 'Members: by name and e-mail address; null when you may not see members.', nullable: true }) people!: MemberHitsDto | null;
  @ObjectField(() => EvidenceHitsDto, { description: 'Evidence: by title; null when you may not read evidence.', nullable: true }) evidence!: EvidenceHitsDto | null;
  @TextsField({ description: 'Permissions that would show more.' }) withheld!: string[];
}
