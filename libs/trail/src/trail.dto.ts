import { ChoiceField, IdField, InstantField, IntegerField, JsonField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';

export class TrailActorDto {
  @ChoiceField(['member', 'api_key', 'system'], { description: 'What kind of actor it was.' }) type!: string;
  @TextField({ description: 'Id of the member or API key; `system` for the system itself.' }) id!: string;
  @TextField({ description: 'Name at the time.', max: 500 }) name!: string;
  @IdField({ description: 'For an API key: the member who created it.', optional: true }) onBehalfOf?: string;
}

export class TrailObjectDto {
  @TextField({ description: 'Kind of object, such as `workload`.' }) type!: string;
  @TextField({ description: 'Its id.' }) id!: string;
  @IntegerField({ description: 'Its version after the change.', min: 1, max: 2_147_483_647, optional: true }) version?: number;
}

export class TrailEntryDto {
  @IdField({ description: 'Id of the entry.' }) id!: string;
  @InstantField({ description: 'When it happened.' }) at!: string;
  @TextField({ description: 'What happened: `area.noun.verbed`.' }) action!: string;
  @ObjectField(() => TrailActorDto, { description: 'Who did it.' }) actor!: TrailActorDto;
  @ObjectField(() => TrailObjectDto, { description: 'What it happened to.' }) object!: TrailObjectDto;
  @IdField({ description: 'The workload it belongs to.', nullable: true }) workloadId!: string | null;
  @TextField({ description: 'Why, in the words of who did it.', nullable: true, max: 65_535 }) reason!: string | null;
  @JsonField({ description: 'What changed, without secrets.' }) payload!: Record<string, unknown>;
  @TextField({ description: 'Id of the request it happened in.', nullable: true }) requestId!: string | null;
  @IntegerField({ description: 'Place in the tree, from 0; null for the seconds before it has one.', min: 0, max: Number.MAX_SAFE_INTEGER, nullable: true }) leafIndex!: number | null;
}

export class TrailPageDto {
  @ObjectsField(() => TrailEntryDto, { description: 'The entries.' }) items!: TrailEntryDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'Number of all entries that match, with `count=true`.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}

export class TrailCheckpointDto {
  @TextField({ description: 'Name of the log.' }) origin!: string;
  @IntegerField({ description: 'Number of entries.', min: 1, max: Number.MAX_SAFE_INTEGER }) size!: number;
  @TextField({ description: 'Root hash of the tree, base64.' }) rootHash!: string;
  @InstantField({ description: 'When it was signed.' }) signedAt!: Date;
  @TextField({ description: 'The signed note, see https://c2sp.org/tlog-checkpoint. This is what verifies; the other members repeat it.', max: 4_000 }) note!: string;
  @TextField({ description: 'Public key of the log as `name+id+key`, see https://c2sp.org/signed-note.' }) verifierKey!: string;
}

export class TrailProofDto {
  @TextField({ description: 'The exact text that is in the tree. Its UTF-8 bytes, after a zero byte, hash to `leafHash`.', max: 65_535 }) entry!: string;
  @TextField({ description: 'The exact text whose SHA-256 the entry holds as `payloadDigest`.', max: 10_000_000 }) disclosure!: string;
  @IntegerField({ description: 'Place of the entry, from 0.', min: 0, max: Number.MAX_SAFE_INTEGER }) leafIndex!: number;
  @TextField({ description: 'SHA-256(0x00 || entry), base64.' }) leafHash!: string;
  @TextsField({ description: 'Sibling hashes from the leaf upward, base64 (RFC 6962 section 2.1.1).' }) hashes!: string[];
  @ObjectField(() => TrailCheckpointDto, { description: 'The tree the proof leads to.' }) checkpoint!: TrailCheckpointDto;
  @TextField({ description: 'All of it as one file, see https://c2sp.org/tlog-proof.', max: 20_000 }) tlogProof!: string;
}

export class TrailConsistencyDto {
  @IntegerField({ description: 'Size of the older tree.', min: 0, max: Number.MAX_SAFE_INTEGER }) from!: number;
  @IntegerField({ description: 'Size of the newer tree.', min: 0, max: Number.MAX_SAFE_INTEGER }) to!: number;
  @TextField({ description: 'Root of the older tree, base64.' }) fromRoot!: string;
  @TextField({ description: 'Root of the newer tree, base64.' }) toRoot!: string;
  @TextsField({ description: 'The proof, base64 (RFC 6962 section 2.1.2).' }) hashes!: string[];
}
