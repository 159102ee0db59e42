import { BAGIT_DECLARATION, bagInfoValue, comparePaths, EVIDENCE_PREFIX, isPortablePath, PACK_FILES, parseManifest, PAYLOAD_PREFIX, payloadOxum, WORKLOAD_PREFIX } from './bag.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { concatBytes, equalBytes, toHex } from './bytes.js';
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { type PackDigests, PORTABLE_DIGESTS, sha256Of } from './digest.js';
import { IN_TOTO_PAYLOAD_TYPE, openEnvelope, parseEnvelope } from './dsse.js';
import { keyFingerprint, type PublicKey, publicKeyFromPem, SignaturesUnavailable } from './ed25519.js';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle.js';
import { ArchiveReader, type PackArchive } from './pack-archive.js';
import { type NoteVerifier, parseVerifierKey } from './signed-note.js';
import { type PackPredicate, parsePackStatement, type PackStatement } from './statement.js';
import { readDirectory } from './zip-directory.js';
import { centralRecord, dataDescriptor, endRecords, localHeader, type ZipMember } from './zip-layout.js';

/** What the verifier looks at, in the order in which it reports. */
export const PACK_CHECKS = {
  'container.readable': 'The file is a ZIP archive that can be read to its end',
  'container.layout': 'Every byte between the files is the one a genuine pack has there',
  'bag.declaration': 'The bag declares BagIt 1.0',
  'payload.complete': 'No data file was removed or added',
  'payload.intact': 'Every data file has the digest of the manifest',
  'payload.oxum': 'Number and size of the data files are as declared',
  'tags.complete': 'No tag file was removed or added',
  'tags.intact': 'Every tag file has the digest of the tag manifest',
  'signature.envelope': 'The statement carries a valid signature',
  'signature.key': 'The signing key is the one you trust',
  'statement.subjects': 'The signed statement names these manifests',
  'statement.counts': 'The signed statement gives these counts',
  'log.checkpoint': 'The checkpoint of the trail is signed by the key of the log and is the one in the statement',
  'log.inclusion': 'Every trail entry of the pack is in the trail',
  'log.disclosures': 'What the pack discloses of each trail entry is what was recorded',
  'log.consistency': 'The trail continues the one of the earlier pack',
} as const;
export type PackCheckId = keyof typeof PACK_CHECKS;

export interface PackCheck {
  readonly id: PackCheckId;
  readonly title: string;
  /** `not_checked` when something before it failed, or when there is nothing to check against. */
  readonly status: 'passed' | 'failed' | 'not_checked';
  /** What was found, for people. */
  readonly detail: string;
  /** The first findings, at most 20; `problemCount` says how many there are. */
  readonly problems: readonly string[];
  readonly problemCount: number;
}

export interface PackReport {
  /** True when no check failed. A pack whose key nobody compared can be true: see `keyFingerprint`. */
  readonly ok: boolean;
  readonly checks: readonly PackCheck[];
  /** What the pack says about itself, only when its signature is valid. */
  readonly pack: PackPredicate | null;
  /** Hex SHA-256 of the public key that signed, to compare with the one its publisher shows elsewhere. */
  readonly keyFingerprint: string | null;
}

export interface VerifyPackOptions {
  /** Fingerprint of the signing key, obtained from the publisher by another way than the pack. */
  readonly trustedFingerprint?: string;
  /** Called with the bytes read so far and the size of the file. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called when the verdict of a check is known, and once more when it has failed and all its findings are counted. */
  readonly onCheck?: (check: PackCheck) => void;
  /** How the files are digested. Default: portable. */
  readonly digests?: PackDigests;
}

const MAX_PROBLEMS = 20;
/** Files that are read as a whole must stay small; the manifests grow with the pack and get more. */
const MAX_SMALL_FILE = 1_048_576;
const MAX_MANIFEST = 512 * 1_048_576;
const MAX_LINE = 1_048_576;

class Report {
  private readonly results = new Map<PackCheckId, { status: PackCheck['status']; detail: string; problems: string[]; problemCount: number }>();

  constructor(private readonly onCheck: (check: PackCheck) => void) {}

  private of(id: PackCheckId) {
    const result = this.results.get(id) ?? { status: 'not_checked' as PackCheck['status'], detail: 'Not checked, because something before it failed', problems: [], problemCount: 0 };
    this.results.set(id, result);
    return result;
  }
  fail(id: PackCheckId, problem: string): void {
    const result = this.of(id);
    result.status = 'failed';
    result.problemCount += 1;
    if (result.problems.length < MAX_PROBLEMS) result.problems.push(problem);
    result.detail = result.problemCount === 1 ? problem : `${result.problemCount} problems; the first: ${result.problems[0] ?? ''}`;
    if (result.problemCount === 1) this.tell(id);
  }
  /** Closes a check: it passed unless something failed in it. */
  close(id: PackCheckId, detail: string): boolean {
    const result = this.of(id);
    if (result.status === 'failed') {
      if (result.problemCount > 1) this.tell(id);
      return false;
    }
    result.status = 'passed';
    result.detail = detail;
    this.tell(id);
    return true;
  }
  skip(id: PackCheckId, detail: string): void {
    const result = this.of(id);
    if (result.status !== 'not_checked') return;
    result.detail = detail;
    this.tell(id);
  }
  done(): PackCheck[] {
    return (Object.keys(PACK_CHECKS) as PackCheckId[]).map((id) => this.view(id));
  }
  private view(id: PackCheckId): PackCheck {
    const { problems, ...result } = this.of(id);
    return { id, title: PACK_CHECKS[id], ...result, problems: [...problems] };
  }
  private tell(id: PackCheckId): void {
    this.onCheck(this.view(id));
  }
}

interface FileFacts {
  /** Where its content starts in the archive. */
  readonly position: number;
  readonly size: number;
  readonly sha256: string;
}

/** What the first pass over the container found. */
interface Contents {
  readonly reader: ArchiveReader;
  readonly files: ReadonlyMap<string, FileFacts>;
}

const noListener = (): void => undefined;

/**
 * Verifies an evidence pack offline: container, files, signature, trail. Reads the file twice at most, in constant memory per file.
 * It never trusts what it has not checked, and it never unpacks anything.
 * @param archive a pack as downloaded
 * @returns the report, also about an archive that cannot be read
 */
export const verifyPack = async (archive: PackArchive, options: VerifyPackOptions = {}): Promise<PackReport> => {
  const report = new Report(options.onCheck ?? noListener);
  let summary: Pick<PackReport, 'pack' | 'keyFingerprint'> = { pack: null, keyFingerprint: null };
  try {
    const reader = new ArchiveReader(archive);
    const files = await readContainer(reader, report, options);
    report.close('container.readable', `${files.size} files`);
    summary = await verifyContents({ reader, files }, report, options);
  } catch (error) {
    report.fail('container.readable', error instanceof Error ? error.message : String(error));
  }
  const checks = report.done();
  const ok = checks.every(({ status }) => status !== 'failed') && checks.some(({ id, status }) => id === 'signature.envelope' && status === 'passed');
  return { ok, checks, ...summary };
};

/** First pass: every byte of the file is either compared with what must stand there or goes into a digest. */
const readContainer = async (reader: ArchiveReader, report: Report, { onProgress, digests = PORTABLE_DIGESTS }: VerifyPackOptions): Promise<Map<string, FileFacts>> => {
  const layout = (problem: string): void => report.fail('container.layout', problem);
  const expectBytes = async (expected: Uint8Array, position: number, what: string): Promise<void> => {
    if (!equalBytes(await reader.read(position, expected.length), expected)) layout(`${what} is not as in a genuine pack`);
  };

  const entries = await readDirectory(reader);
  const files = new Map<string, FileFacts>();
  const members: ZipMember[] = [];
  const root = entries[0]?.name.split('/')[0] ?? '';
  let previous = '';
  let position = 0;
  for (const entry of entries) {
    const { name, size } = entry;
    if (!isPortablePath(name) || !name.startsWith(`${root}/`)) layout(`${JSON.stringify(name)} is not a name a pack may have`);
    if (comparePaths(previous, name) >= 0) layout(`${JSON.stringify(name)} is listed twice or out of order`);
    if (entry.offset !== position) layout(`${name} does not start where the file before it ends`);
    const header = localHeader(name);
    await expectBytes(header, position, `The header of ${name}`);
    const content = position + header.length;
    const hash = digests.sha256();
    let crc = 0;
    for await (const piece of reader.pieces(content, size)) {
      hash.update(piece);
      crc = digests.crc32(piece, crc);
    }
    const member = { name, crc32: crc, size, offset: position };
    const descriptor = dataDescriptor(member);
    await expectBytes(descriptor, content + size, `The checksum record of ${name}`);
    members.push(member);
    const relative = name.slice(root.length + 1);
    if (!files.has(relative)) files.set(relative, { position: content, size, sha256: hash.hex() });
    previous = name;
    position = content + size + descriptor.length;
    onProgress?.(position, reader.size);
  }
  const directoryOffset = position;
  for (const member of members) {
    const record = centralRecord(member);
    await expectBytes(record, position, `The directory record of ${member.name}`);
    position += record.length;
  }
  const end = endRecords(members.length, position - directoryOffset, directoryOffset);
  await expectBytes(end, position, 'The end of the archive');
  if (position + end.length !== reader.size) layout(`The archive ends at byte ${position + end.length}, but the file has ${reader.size} bytes`);
  onProgress?.(reader.size, reader.size);
  report.close('container.layout', `${members.length} files, stored, sorted, nothing between or behind them`);
  return files;
};

const textOf = async ({ reader, files }: Contents, path: string, limit = MAX_SMALL_FILE): Promise<string | null> => {
  const file = files.get(path);
  if (file === undefined) return null;
  if (file.size > limit) throw new Error(`${path} has ${file.size} bytes, more than the ${limit} a pack may have there`);
  const pieces: Uint8Array[] = [];
  for await (const piece of reader.pieces(file.position, file.size)) pieces.push(piece.slice());
  return decodeText(concatBytes(...pieces));
};
const decodeText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const verifyContents = async (contents: Contents, report: Report, options: VerifyPackOptions): Promise<Pick<PackReport, 'pack' | 'keyFingerprint'>> => {
  const declaration = await textOf(contents, PACK_FILES.declaration);
  if (declaration !== BAGIT_DECLARATION) report.fail('bag.declaration', 'bagit.txt is missing or does not declare BagIt 1.0 in UTF-8');
  report.close('bag.declaration', 'BagIt 1.0, UTF-8');

  await verifyManifests(contents, report);
  const { statement, fingerprint } = await verifySignature(contents, report, options);
  if (statement === null) return { pack: null, keyFingerprint: fingerprint };
  verifySubjects(contents, statement, report);
  await verifyTrail(contents, statement, report);
  return { pack: statement.predicate, keyFingerprint: fingerprint };
};

/** The manifest must list the data files, the tag manifest all others but itself and the attestation, each with its digest. */
const verifyManifests = async (contents: Contents, report: Report): Promise<void> => {
  const paths = [...contents.files.keys()];
  const compare = async (
    manifest: string, complete: 'payload.complete' | 'tags.complete', intact: 'payload.intact' | 'tags.intact', present: ReadonlySet<string>,
  ): Promise<void> => {
    const text = await textOf(contents, manifest, MAX_MANIFEST);
    const listed = text === null ? null : parseManifest(text);
    if (listed === null) {
      report.fail(complete, `${manifest} is missing or malformed`);
      report.skip(intact, `${manifest} is missing or malformed`);
      return;
    }
    for (const path of present) if (!listed.has(path)) report.fail(complete, `${path} is not in ${manifest}: it was added`);
    for (const [path, sha256] of listed) {
      const file = contents.files.get(path);
      if (file === undefined || !present.has(path)) report.fail(complete, `${path} is in ${manifest} but not in the pack: it was removed`);
      else if (file.sha256 !== sha256) report.fail(intact, `${path} was changed: its digest is ${file.sha256}, ${manifest} says ${sha256}`);
    }
    report.close(complete, `${listed.size} files`);
    report.close(intact, `${listed.size} digests`);
  };
  const payload = paths.filter((path) => path.startsWith(PAYLOAD_PREFIX));
  const tags = paths.filter((path) => !path.startsWith(PAYLOAD_PREFIX) && path !== PACK_FILES.tagManifest && path !== PACK_FILES.attestation);
  await compare(PACK_FILES.manifest, 'payload.complete', 'payload.intact', new Set(payload));
  await compare(PACK_FILES.tagManifest, 'tags.complete', 'tags.intact', new Set(tags));

  const declared = bagInfoValue(await textOf(contents, PACK_FILES.info) ?? '', 'Payload-Oxum');
  const found = payloadOxum(payload.reduce((sum, path) => sum + (contents.files.get(path)?.size ?? 0), 0), payload.length);
  if (declared !== found) report.fail('payload.oxum', `bag-info.txt declares ${declared ?? 'nothing'}, found ${found}`);
  report.close('payload.oxum', found);
};

const verifySignature = async (
  contents: Contents, report: Report, options: VerifyPackOptions,
): Promise<{ statement: PackStatement | null; fingerprint: string | null }> => {
  const refuse = (problem: string, fingerprint: string | null = null) => {
    report.fail('signature.envelope', problem);
    return { statement: null, fingerprint };
  };
  const pem = await textOf(contents, PACK_FILES.signingKey);
  let key: PublicKey;
  try {
    key = publicKeyFromPem(pem ?? '');
  } catch {
    return refuse(`${PACK_FILES.signingKey} is missing or not an Ed25519 public key`);
  }
  const fingerprint = keyFingerprint(key);
  if (options.trustedFingerprint === undefined) {
    report.skip('signature.key', `Compare ${fingerprint} with the fingerprint the publisher shows elsewhere`);
  } else if (options.trustedFingerprint.toLowerCase().replaceAll(':', '') === fingerprint) {
    report.close('signature.key', fingerprint);
  } else {
    report.fail('signature.key', `The pack was signed with ${fingerprint}, not with the key you trust`);
  }
  const text = await textOf(contents, PACK_FILES.attestation, MAX_MANIFEST);
  const envelope = text === null ? null : parseEnvelope(text);
  if (envelope === null) return refuse(`${PACK_FILES.attestation} is missing or not one DSSE envelope`, fingerprint);
  let payload: Uint8Array | null;
  try {
    payload = await openEnvelope(envelope, IN_TOTO_PAYLOAD_TYPE, key);
  } catch (error) {
    if (error instanceof SignaturesUnavailable) return refuse(error.message, fingerprint);
    throw error;
  }
  if (payload === null) return refuse('The signature does not belong to this statement and this key', fingerprint);
  const statement = parsePackStatement(payload);
  if (statement === null) return refuse('What is signed is not the statement of an evidence pack', fingerprint);
  report.close('signature.envelope', `Ed25519, key ${fingerprint}`);
  return { statement, fingerprint };
};

const verifySubjects = ({ files }: Contents, { subject, predicate: { counts } }: PackStatement, report: Report): void => {
  for (const required of [PACK_FILES.manifest, PACK_FILES.tagManifest]) {
    if (!subject.some(({ name }) => name === required)) report.fail('statement.subjects', `The statement does not name ${required}`);
  }
  for (const { name, digest } of subject) {
    if (files.get(name)?.sha256 !== digest.sha256) report.fail('statement.subjects', `${name} is not the file that was signed`);
  }
  report.close('statement.subjects', subject.map(({ name }) => name).join(', '));

  const payload = [...files].filter(([path]) => path.startsWith(PAYLOAD_PREFIX));
  const found = {
    payloadFiles: payload.length,
    payloadBytes: payload.reduce((sum, [, { size }]) => sum + size, 0),
    workloads: payload.filter(([path]) => path.startsWith(WORKLOAD_PREFIX)).length,
    evidenceFiles: payload.filter(([path]) => path.startsWith(EVIDENCE_PREFIX)).length,
  };
  for (const [name, count] of Object.entries(found) as [keyof typeof found, number][]) {
    if (counts[name] !== count) report.fail('statement.counts', `${name}: signed ${counts[name]}, found ${count}`);
  }
  report.close('statement.counts', `${found.workloads} workloads, ${found.evidenceFiles} evidence files, ${found.payloadFiles} data files`);
};

const NEWLINE = 0x0a;

/** The lines of a file as bytes, without their newlines, in constant memory: the trail is hashed as it stands, not as it is decoded. */
async function* linesOf({ reader, files }: Contents, path: string): AsyncGenerator<Uint8Array> {
  const file = files.get(path);
  if (file === undefined) return;
  // Each of the three files that are read side by side needs its own window.
  const own = reader.another();
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of own.pieces(file.position, file.size)) {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      yield bounded(concatBytes(rest, piece.subarray(start, end)), path);
      rest = new Uint8Array(0);
      start = end + 1;
    }
    rest = bounded(concatBytes(rest, piece.subarray(start)), path);
  }
  if (rest.length > 0) yield rest;
}
const bounded = (line: Uint8Array, path: string): Uint8Array => {
  if (line.length > MAX_LINE) throw new Error(`A line of ${path} has more than ${MAX_LINE} bytes`);
  return line;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const parseRecord = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
};
const parseHashes = (value: unknown): Uint8Array[] | null => {
  if (!Array.isArray(value)) return null;
  const hashes = (value as unknown[]).map((hash) => (typeof hash === 'string' ? decodeBase64(hash) : null));
  return hashes.some((hash) => hash === null) ? null : hashes as Uint8Array[];
};

const verifyTrail = async (contents: Contents, { predicate }: PackStatement, report: Report): Promise<void> => {
  const logKey = parseVerifierKey((await textOf(contents, PACK_FILES.logKey) ?? '').trimEnd());
  const note = await textOf(contents, PACK_FILES.checkpoint);
  const checkpoint = logKey === null || note === null ? null : await openCheckpoint(note, logKey);
  if (logKey === null) report.fail('log.checkpoint', `${PACK_FILES.logKey} is missing or not a verifier key`);
  else if (checkpoint === null) report.fail('log.checkpoint', `${PACK_FILES.checkpoint} is missing or not signed by ${logKey.name}`);
  if (logKey === null || checkpoint === null) return;
  const { origin, treeSize, rootHash } = predicate.log;
  if (checkpoint.origin !== origin || checkpoint.size !== treeSize || encodeBase64(checkpoint.root) !== rootHash) {
    report.fail('log.checkpoint', 'The checkpoint is not the one the statement names');
  }
  report.close('log.checkpoint', `${origin}, ${treeSize} entries`);
  await verifyEntries(contents, predicate, checkpoint, report);
  await verifyContinuation(contents, checkpoint, logKey, report);
};

const NOTHING = new Uint8Array(0);

/** Entries, proofs and disclosures are three files with one line per entry, in the order of the trail. */
const verifyEntries = async (contents: Contents, predicate: PackPredicate, checkpoint: Checkpoint, report: Report): Promise<void> => {
  const proofs = linesOf(contents, PACK_FILES.proofs);
  const disclosures = linesOf(contents, PACK_FILES.disclosures);
  let count = 0;
  let previousIndex = -1;
  for await (const line of linesOf(contents, PACK_FILES.entries)) {
    count += 1;
    const where = `Trail entry ${count}`;
    const entry = parseRecord(decodeText(line));
    const proof = parseRecord(decodeText((await nextLine(proofs)) ?? NOTHING));
    const index = proof?.['index'];
    const hashes = parseHashes(proof?.['hashes']);
    if (entry === null || entry['tenant'] !== predicate.tenant.id) report.fail('log.inclusion', `${where} is not an entry of this organization`);
    if (typeof index !== 'number' || hashes === null) {
      report.fail('log.inclusion', `${where} has no proof`);
    } else if (!verifyInclusion({ index, size: checkpoint.size, leaf: leafHash(line), proof: hashes, root: checkpoint.root })) {
      report.fail('log.inclusion', `${where} (leaf ${index}) is not in the trail`);
    } else if (index <= previousIndex) {
      report.fail('log.inclusion', `${where} (leaf ${index}) is listed twice or out of order`);
    } else {
      previousIndex = index;
    }
    const disclosure = (await nextLine(disclosures)) ?? NOTHING;
    const digest = `sha256:${toHex(sha256Of(disclosure))}`;
    if (entry !== null && entry['payloadDigest'] !== digest) report.fail('log.disclosures', `${where}: the disclosed payload is not the one that was recorded`);
  }
  if ((await nextLine(proofs)) !== null) report.fail('log.inclusion', `${PACK_FILES.proofs} has more lines than there are entries`);
  if ((await nextLine(disclosures)) !== null) report.fail('log.disclosures', `${PACK_FILES.disclosures} has more lines than there are entries`);
  if (count !== predicate.counts.trailEntries) report.fail('log.inclusion', `The statement gives ${predicate.counts.trailEntries} trail entries, found ${count}`);
  report.close('log.inclusion', `${count} entries, each with a proof`);
  report.close('log.disclosures', `${count} payloads`);
};

const nextLine = async (lines: AsyncGenerator<Uint8Array>): Promise<Uint8Array | null> => {
  const next = await lines.next();
  return next.done === true ? null : next.value;
};

const verifyContinuation = async (contents: Contents, checkpoint: Checkpoint, logKey: NoteVerifier, report: Report): Promise<void> => {
  const text = await textOf(contents, PACK_FILES.consistency);
  if (text === null) {
    report.skip('log.consistency', 'There was no earlier pack to continue');
    return;
  }
  const proof = parseRecord(text);
  const hashes = parseHashes(proof?.['hashes']);
  const earlier = typeof proof?.['earlier'] === 'string' ? await openCheckpoint(proof['earlier'], logKey) : null;
  if (hashes === null || earlier === null) {
    report.fail('log.consistency', `${PACK_FILES.consistency} is malformed or its earlier checkpoint is not signed by ${logKey.name}`);
  } else if (!verifyConsistency({ from: earlier.size, to: checkpoint.size, fromRoot: earlier.root, toRoot: checkpoint.root, proof: hashes })) {
    report.fail('log.consistency', `The trail with ${checkpoint.size} entries does not continue the earlier one with ${earlier.size}`);
  }
  report.close('log.consistency', `Continues the trail of ${earlier?.size ?? 0} entries`);
};
