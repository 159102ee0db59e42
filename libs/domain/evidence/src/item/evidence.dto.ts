import { EVIDENCE_KINDS, type EvidenceKind } from '@roster/contracts';
import { ChoiceField, IdField, InstantField, IntegerField, ObjectField, ObjectsField, TextField, UrlField } from '@roster/platform-http';
import { LINK_STATUSES, VERSION_STATUSES } from '../coverage/coverage-inputs.js';

export const EVIDENCE_STATUS_NAMES = [...VERSION_STATUSES, 'expired'] as const;
const SHA256 = /^[0-9a-f]{64}$/;

export class EvidenceActorDto {
  @ChoiceField(['member', 'api_key', 'system'], { description: 'What acted.' }) type!: string;
  @TextField({ description: 'Id of the member or key.' }) id!: string;
  @TextField({ description: 'Name at the time.' }) name!: string;
  @TextField({ description: 'Member who created the key.', optional: true }) onBehalfOf?: string;
}

export class EvidenceWorkloadDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Key.' }) key!: string;
  @TextField({ description: 'Name.' }) name!: string;
}

export class EvidenceLinkInputDto {
  @TextField({ description: 'Key or id of the workload.', max: 100 }) workload!: string;
  @TextField({ description: '`<edition>/<id>`, or an id of the organization\'s edition. A criterion with facets stands for all of them. Left out: the evidence names the workload only.', max: 200, optional: true, nullable: true }) criterion?: string | null;
}

/** Fields of a version. With a file they are the text fields of the form. */
export class SubmitVersionDto {
  @UrlField({ description: 'Address of what is outside. Instead of a file.', optional: true }) url?: string;
  @IdField({ description: 'A complete resumable upload of yours. Instead of a file; in JSON only.', optional: true }) upload?: string;
  @TextField({ description: 'SHA-256 of the content, 64 hexadecimal digits. With a file it is compared; with an address it is recorded.', optional: true, pattern: SHA256, patternHint: 'expected 64 lower-case hexadecimal digits' }) sha256?: string;
  @InstantField({ description: 'From when it is true.', optional: true, nullable: true }) effectiveFrom?: string | null;
  @InstantField({ description: 'Until when it is true.', optional: true, nullable: true }) effectiveTo?: string | null;
  @InstantField({ description: 'The first instant at which it does not count any more. Left out: it never expires.', optional: true, nullable: true }) expiresAt?: string | null;
  @TextField({ description: 'Notes for the reviewer.', max: 10_000, optional: true, nullable: true }) notes?: string | null;
}

export class SubmitEvidenceDto extends SubmitVersionDto {
  @ChoiceField(EVIDENCE_KINDS, { description: 'Kind.' }) kind!: EvidenceKind;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @ObjectsField(() => EvidenceLinkInputDto, { description: 'What it supports. In a form: JSON text.', max: 500, optional: true }) links?: EvidenceLinkInputDto[];
}

export class AddLinksDto {
  @ObjectsField(() => EvidenceLinkInputDto, { description: 'What else it supports.', min: 1, max: 500 }) links!: EvidenceLinkInputDto[];
}

export class DecideVersionDto {
  @ChoiceField(['accept', 'reject', 'accepted', 'rejected'], { description: 'accept or reject (accepted and rejected mean the same).' }) decision!: string;
  @TextField({ description: 'Why. Required to reject.', max: 4_000, optional: true, nullable: true }) comment?: string | null;
}

export class SubmittedLinkDto {
  @IdField({ description: 'Workload.' }) workloadId!: string;
  @TextField({ description: 'Requirement, `<edition>/<id>`; null when it only names the workload.', nullable: true }) criterion!: string | null;
}

export class SubmittedVersionDto {
  @IdField({ description: 'Id of the evidence.' }) id!: string;
  @IntegerField({ description: 'Number of the version.', min: 1, max: 1_000_000 }) version!: number;
  @TextField({ description: 'SHA-256 of the file, or what was said about the address.', nullable: true }) sha256!: string | null;
  @ChoiceField(['submitted', 'quarantined'], { description: 'submitted = waits for a decision; quarantined = waits for the virus scanner first.' }) status!: string;
}

export class SubmittedEvidenceDto extends SubmittedVersionDto {
  @ObjectsField(() => SubmittedLinkDto, { description: 'What it was linked to.', max: 20_000 }) links!: SubmittedLinkDto[];
}

export class EvidenceDecisionDto {
  @ChoiceField(['accepted', 'rejected'], { description: 'Decision.' }) decision!: string;
  @TextField({ description: 'Comment.', nullable: true, max: 4_000 }) comment!: string | null;
  @InstantField({ description: 'When.' }) at!: Date;
  @ObjectField(() => EvidenceActorDto, { description: 'Who.' }) by!: EvidenceActorDto;
}

export class EvidenceVersionDto {
  @IntegerField({ description: 'Number.', min: 1, max: 1_000_000 }) version!: number;
  @ChoiceField(EVIDENCE_STATUS_NAMES, { description: 'Where it stands now; expired = accepted, but past its expiry.' }) status!: string;
  @TextField({ description: 'SHA-256 of the file.', nullable: true }) sha256!: string | null;
  @IntegerField({ description: 'Size of the file in bytes.', min: 0, max: Number.MAX_SAFE_INTEGER, nullable: true }) size!: number | null;
  @TextField({ description: 'Name of the file as it was uploaded.', nullable: true }) fileName!: string | null;
  @TextField({ description: 'Media type of the file.', nullable: true }) mediaType!: string | null;
  @ChoiceField(['not_scanned', 'pending', 'clean', 'infected'], { description: 'What the virus scanner said; not_scanned = none is configured.', nullable: true }) scan!: string | null;
  @TextField({ description: 'Where the file can be downloaded.', nullable: true }) contentHref!: string | null;
  @TextField({ description: 'Where the file can be looked at in a frame; null when it can only be downloaded.', nullable: true }) previewHref!: string | null;
  @TextField({ description: 'Address of what is outside.', nullable: true, max: 2_000 }) url!: string | null;
  @TextField({ description: 'What the submitter says the content behind the address hashes to.', nullable: true }) urlSha256!: string | null;
  @InstantField({ description: 'From when it is true.', nullable: true }) effectiveFrom!: Date | null;
  @InstantField({ description: 'Until when it is true.', nullable: true }) effectiveTo!: Date | null;
  @InstantField({ description: 'When it stops counting.', nullable: true }) expiresAt!: Date | null;
  @TextField({ description: 'Notes.', nullable: true, max: 10_000 }) notes!: string | null;
  @InstantField({ description: 'When it was submitted.' }) submittedAt!: Date;
  @ObjectField(() => EvidenceActorDto, { description: 'Who submitted it.' }) submittedBy!: EvidenceActorDto;
  @ObjectField(() => EvidenceDecisionDto, { description: 'Decision; null while it waits.', nullable: true }) decision!: EvidenceDecisionDto | null;
}

export class EvidenceLinkDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ObjectField(() => EvidenceWorkloadDto, { description: 'Workload.' }) workload!: EvidenceWorkloadDto;
  @TextField({ description: 'Requirement, `<edition>/<id>`; null when it only names the workload.', nullable: true }) criterion!: string | null;
  @ChoiceField(LINK_STATUSES, { description: 'It counts once somebody other than its maker accepted it.' }) status!: string;
  @InstantField({ description: 'When it was made.' }) proposedAt!: Date;
  @ObjectField(() => EvidenceActorDto, { description: 'Who made it.' }) proposedBy!: EvidenceActorDto;
  @InstantField({ description: 'When it was decided.', nullable: true }) decidedAt!: Date | null;
  @ObjectField(() => EvidenceDecisionDto, { description: 'Decision with its reason; null while it waits.', nullable: true }) decision!: EvidenceDecisionDto | null;
}

export class EvidenceSummaryDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(EVIDENCE_KINDS, { description: 'Kind.' }) kind!: string;
  @TextField({ description: 'Title.', max: 300 }) title!: string;
  @ChoiceField(EVIDENCE_STATUS_NAMES, { description: 'Status of the latest version.' }) status!: string;
  @IntegerField({ description: 'Number of the latest version.', min: 1, max: 1_000_000 }) version!: number;
  @IntegerField({ description: 'Number of the newest accepted version: the one that speaks for the item.', min: 1, max: 1_000_000, nullable: true }) acceptedVersion!: number | null;
  @InstantField({ description: 'When the newest accepted version stops counting.', nullable: true }) expiresAt!: Date | null;
  @IntegerField({ description: 'How many (workload, criterion) pairs it is linked to.', min: 0, max: 1_000_000 }) linkCount!: number;
  @InstantField({ description: 'When it was first submitted.' }) createdAt!: Date;
  @InstantField({ description: 'When a version was last added, checked or decided.' }) updatedAt!: Date;
  @ObjectField(() => EvidenceVersionDto, { description: 'Latest version.' }) latest!: EvidenceVersionDto;
}

export class EvidencePageDto {
  @ObjectsField(() => EvidenceSummaryDto, { description: 'Evidence.' }) items!: readonly EvidenceSummaryDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', min: 0, max: 2 ** 31, optional: true }) total?: number;
}

export class EvidenceDto extends EvidenceSummaryDto {
  @ObjectsField(() => EvidenceVersionDto, { description: 'Versions, newest first.', max: 1_000_000 }) versions!: EvidenceVersionDto[];
  @ObjectsField(() => EvidenceLinkDto, { description: 'Links that are not removed.', max: 1_000_000 }) links!: EvidenceLinkDto[];
}

export class EvidenceLinksDto {
  @ObjectsField(() => EvidenceLinkDto, { description: 'Links that were made.', max: 20_000 }) items!: EvidenceLinkDto[];
}
