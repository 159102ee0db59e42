import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { RiskTier, TriState } from '@roster/contracts';
import { computeCoverage, CoverageQuery, EvidenceQuery, type ExportedEvidence, type WorkloadCoverage } from '@roster/evidence';
import { type Edition, FrameworkCatalogue } from '@roster/frameworks';
import { comparePaths, encodeBase64, keyFingerprint, openCheckpoint, PACK_FILES, parseVerifierKey, publicKeyFromRaw } from '@roster/pack-verify';
import type { TenantScope } from '@roster/platform-context';
import { SigningKeys } from '@roster/platform-signing';
import { FileStorage } from '@roster/platform-storage';
import { type JsonValue, type SignedCheckpoint, TrailSlices } from '@roster/trail';
import type { PackMember } from '../bag/pack-member.js';
import type { PackSpool } from '../bag/pack-spool.js';
import { type BagContent } from '../bag/seal-bag.js';
import { verifyGuide } from '../bag/verify-guide.js';
import { PACK_FORMAT, packRoot } from '../pack/pack-request.js';
import type { PackCounts, PackRow } from '../pack/pack.repository.js';
import { csvHeader, csvLines, type InventoryLine } from './inventory-csv.js';
import { documentText, lineText, toDocument } from './pack-document.js';
import { type JsonRecord, PackSourceRepository, type SourceRow, type SourceWorkload } from './pack-source.repository.js';
import { safeFileName } from './safe-file-name.js';

/** Everything that goes into a pack, gathered but not sealed. */
export interface GatheredPack extends BagContent {
  readonly root: string;
  readonly counts: PackCounts;
  readonly checkpoint: SignedCheckpoint;
}

/** An evidence file that the storage lost. */
export class StoredFileMissing extends Error {
  constructor(readonly path: string) {
    super(`The storage has no file for ${path}`);
  }
}

/** Something that is not in the pack although one might look for it. */
interface Exclusion {
  readonly what: 'workload' | 'evidence_version';
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

const EXCLUSION_REASONS = {
  withdrawn: 'The import that created it had been rolled back.',
  merged: 'It had been merged into another workload.',
  registered_later: 'It was registered after the as-of date.',
  outside_filter: 'It does not match the filter of the scope.',
  quarantined: 'Its file had not passed every check, so it is not handed out.',
  refused: 'A check found its file harmful, so it is not handed out.',
  address: 'It is an address; no file is held. The address and the stated digest are in the index.',
} as const;

const WORKLOADS_PER_BATCH = 200;
const EVIDENCE_PER_BATCH = 200;

/**
 * Gathers the content of a pack as it was known at an instant (domain.md section 10): one snapshot, in batches, in bounded memory.
 * What it writes depends on the request and on what was recorded up to its as-of instant, and on nothing else.
 */
@Injectable()
export class PackContent {
  constructor(
    private readonly source: PackSourceRepository, private readonly coverage: CoverageQuery, private readonly evidence: EvidenceQuery, private readonly frameworks: FrameworkCatalogue,
    private readonly organizations: OrganizationQuery, private readonly slices: TrailSlices, private readonly storage: FileStorage, private readonly keys: SigningKeys,
  ) {}

  /**
   * Needs an open unit of work with one snapshot, after `TrailSlices.prepare`.
   * @param earlierCheckpoint signed note of the newest earlier pack, whose trail this one continues
   * @param onProgress called with the number of steps done and known so far
   */
  async gather(scope: TenantScope, pack: PackRow, spool: PackSpool, earlierCheckpoint: string | null, onProgress: (done: number, total: number) => void): Promise<GatheredPack> {
    const { asOf } = pack;
    const edition = this.frameworks.edition(pack.edition);
    const total = await this.source.countWorkloads(scope, pack.scope, asOf);
    const exclusions: Exclusion[] = (await this.source.exclusions(scope, pack.scope, asOf))
      .map(({ id, key, reason }) => ({ what: 'workload' as const, id, name: key, reason: EXCLUSION_REASONS[reason] }))
      .sort((a, b) => comparePaths(a.name, b.name));
    const objectIds: string[] = [];

    const workloads = await this.gatherWorkloads(scope, pack, edition, spool, objectIds, (done) => onProgress(done, total * 2));
    const evidence = await this.gatherEvidence(scope, pack, workloads.ids, spool, objectIds, exclusions);
    const checkpoint = await this.slices.checkpointAt(scope, asOf);
    const trail = await this.gatherTrail(scope, pack, workloads.ids, objectIds, checkpoint, spool);
    const consistency = await this.gatherConsistency(scope, checkpoint, earlierCheckpoint, spool);

    const root = packRoot(this.request(scope, pack), pack.packKey);
    const counts = { workloads: workloads.ids.length, evidenceFiles: evidence.files.length, trailEntries: trail.count, exclusions: exclusions.length };
    const completeness = await spool.addText('data/completeness.json', documentText({
      population: { description: POPULATION[pack.scope.kind], scope: pack.scope as unknown as JsonValue, asOf: asOf.toISOString(), orderedBy: 'key' },
      count: workloads.ids.length,
      digest: { algorithm: 'sha256', over: 'one line `<key> <id>` per workload, in the order of keys, each closed by a newline', value: workloads.digest },
      exclusions: exclusions as unknown as JsonValue,
      counts: counts,
    }));
    const index = await spool.addText('data/index.json', documentText({
      format: PACK_FORMAT, packKey: pack.packKey, organization: { id: scope.tenantId, name: pack.organizationName }, asOf: asOf.toISOString(),
      period: { from: pack.periodFrom?.toISOString() ?? null, to: pack.periodTo?.toISOString() ?? null },
      edition: { id: edition.id, title: edition.title, digest: edition.digest, attribution: edition.attribution, licence: edition.licence },
      tierPolicy: pack.tierPolicy as unknown as JsonValue, continuesTrailOf: consistency.earlierSize, counts: counts,
      notes: ['Names of people and descriptions of components are as they were when the pack was built; everything else is as it was known at asOf.'],
    }));
    const framework = await spool.addText(`data/frameworks/${edition.id}.json`, documentText(edition as unknown as JsonValue));
    const fingerprint = keyFingerprint(publicKeyFromRaw(this.keys.publicKeyRaw));
    return {
      root, counts, checkpoint,
      payload: [completeness, index, framework, ...workloads.members, ...evidence.files, evidence.index],
      tags: [
        ...trail.members, ...consistency.members,
        await spool.addText(PACK_FILES.checkpoint, checkpoint.note),
        await spool.addText(PACK_FILES.signingKey, this.keys.publicKeyPem),
        await spool.addText(PACK_FILES.logKey, `${checkpoint.verifierKey}\n`),
        await spool.addText(PACK_FILES.verifyGuide, verifyGuide({ root, fingerprint, organization: pack.organizationName, asOf: asOf.toISOString() })),
      ],
      info: [
        ['Source-Organization', pack.organizationName], ['External-Identifier', `urn:sha256:${pack.packKey}`], ['Internal-Sender-Identifier', scope.tenantId],
        ['External-Description', `Evidence pack of ${counts.workloads} AI workloads`], ['Bagging-Date', asOf.toISOString().slice(0, 10)],
      ],
      predicate: {
        packKey: pack.packKey, tenant: { id: scope.tenantId, name: pack.organizationName },
        scope: { population: pack.scope, period: { from: pack.periodFrom?.toISOString() ?? null, to: pack.periodTo?.toISOString() ?? null }, edition: { id: edition.id, digest: edition.digest }, formats: pack.formats },
        asOf: asOf.toISOString(), generator: PACK_FORMAT, log: { origin: checkpoint.origin, treeSize: checkpoint.size, rootHash: encodeBase64(checkpoint.root) },
        counts: { workloads: counts.workloads, evidenceFiles: counts.evidenceFiles, trailEntries: counts.trailEntries },
      },
    };
  }

  /** What was asked for, as it identifies the pack. */
  request(scope: TenantScope, pack: Pick<PackRow, 'organizationName' | 'scope' | 'periodFrom' | 'periodTo' | 'asOf' | 'edition' | 'formats' | 'tierPolicy'>) {
    return {
      tenantId: scope.tenantId, organizationName: pack.organizationName, scope: pack.scope, period: { from: pack.periodFrom?.toISOString() ?? null, to: pack.periodTo?.toISOString() ?? null },
      asOf: pack.asOf.toISOString(), edition: pack.edition, formats: pack.formats, tierPolicy: pack.tierPolicy,
    };
  }

  private async gatherWorkloads(
    scope: TenantScope, pack: PackRow, edition: Edition, spool: PackSpool, objectIds: string[], onProgress: (done: number) => void,
  ): Promise<{ ids: string[]; digest: string; members: PackMember[] }> {
    const csv = pack.formats.includes('csv') ? await spool.begin('data/inventory.csv', 'csv') : null;
    const json = pack.formats.includes('json') ? await spool.begin('data/inventory.json', 'json') : null;
    await csv?.write(csvHeader());
    await json?.write('[');
    const digest = createHash('sha256');
    const ids: string[] = [];
    const members: PackMember[] = [];
    for await (const batch of this.source.workloads(scope, pack.scope, pack.asOf, WORKLOADS_PER_BATCH)) {
      const documents = await this.describe(scope, pack, edition, batch, objectIds);
      for (const { workload, document, line } of documents) {
        digest.update(`${workload.key} ${workload.id}\n`);
        await csv?.write(csvLines([line]));
        await json?.write(`${ids.length === 0 ? '' : ','}\n${lineText(line as unknown as JsonValue)}`);
        if (pack.formats.includes('json')) members.push(await spool.addText(`data/workloads/${workload.id}.json`, documentText(document)));
        ids.push(workload.id);
      }
      onProgress(ids.length);
    }
    await json?.write('\n]\n');
    if (csv !== null) members.push(await csv.close());
    if (json !== null) members.push(await json.close());
    return { ids, digest: digest.digest('hex'), members };
  }

  /** Everything about a batch of workloads, with one statement per kind of thing. */
  private async describe(scope: TenantScope, pack: PackRow, edition: Edition, batch: readonly SourceWorkload[], objectIds: string[]) {
    const { asOf, periodFrom } = pack;
    const to = pack.periodTo ?? asOf;
    const ids = batch.map(({ id }) => id);
    const facts = grouped(await this.source.facts(scope, ids, asOf));
    const owners = grouped(await this.source.owners(scope, ids, asOf));
    const tools = grouped(await this.source.tools(scope, ids, asOf));
    const relations = grouped(await this.source.relations(scope, ids, asOf));
    const components = grouped(await this.source.components(scope, ids, asOf));
    const breakGlass = grouped(await this.source.breakGlass(scope, ids, asOf));
    const classifications = grouped(await this.source.classifications(scope, ids, asOf));
    const timeline = grouped(await this.source.timeline(scope, ids, periodFrom, to));
    const drills = grouped(await this.source.drills(scope, ids, periodFrom, to));
    const reviews = grouped(await this.source.reviews(scope, ids, periodFrom, asOf));
    const exceptions = grouped((await this.evidence.exportExceptions(scope, ids, asOf)).map(({ workloadId, ...row }) => ({ workloadId, row: JSON.parse(JSON.stringify(row)) as JsonRecord })));
    const inputs = await this.coverage.load(scope, ids, edition.id, asOf);
    const names = await this.organizations.members(scope, memberIdsOf([owners, reviews]));
    const nameOf = (id: unknown): string | null => (typeof id === 'string' ? names.get(id)?.name ?? null : null);
    for (const rows of [reviews, drills, owners, exceptions]) for (const row of [...rows.values()].flat()) if (typeof row['id'] === 'string') objectIds.push(row['id']);

    return batch.map((workload) => {
      const own = <T>(rows: ReadonlyMap<string, T[]>): T[] => rows.get(workload.id) ?? [];
      const columns = workload.columns;
      const input = inputs.get(workload.id);
      if (input === undefined) throw new Error(`Coverage was not loaded for ${workload.key}`);
      const coverage = computeCoverage({
        edition, requirements: this.frameworks.requirementsOf(edition.id), inputs: input, tier: columns['risk_tier'] as RiskTier | null, tierPolicy: pack.tierPolicy, executesTools: columns['executes_tools'] as TriState, now: asOf,
      });
      const people = Object.fromEntries(memberIdsOf([new Map([['', [...own(owners), ...own(reviews)]]])]).map((id) => [id, nameOf(id)]));
      const document: JsonValue = {
        workload: toDocument(columns), facts: toDocument(own(facts)), owners: toDocument(own(owners)), components: toDocument(own(components)), relations: toDocument(own(relations)), toolGrants: toDocument(own(tools)),
        coverage: coverage as unknown as JsonValue, exceptions: toDocument(own(exceptions)), classification: toDocument(own(classifications)[0] ?? null), classifications: toDocument(own(timeline)), breakGlass: toDocument(own(breakGlass)),
        drills: toDocument(own(drills)), reviews: toDocument(own(reviews)), people, asOf: asOf.toISOString(),
      };
      return { workload, document, line: inventoryLine(workload, coverage, own(owners), nameOf) };
    });
  }

  private async gatherEvidence(
    scope: TenantScope, pack: PackRow, workloadIds: readonly string[], spool: PackSpool, objectIds: string[], exclusions: Exclusion[],
  ): Promise<{ files: PackMember[]; index: PackMember }> {
    const files: PackMember[] = [];
    const index = await spool.begin('data/evidence-index.json', 'evidence');
    let count = 0;
    await index.write('[');
    for (let after: string | null = null; ;) {
      const page: ExportedEvidence[] = await this.evidence.export(scope, workloadIds, pack.asOf, after, EVIDENCE_PER_BATCH);
      for (const item of page) {
        objectIds.push(item.id);
        const versions = item.versions.map((version) => this.evidenceVersion(item, version, files, exclusions));
        const { id, kind, title, createdAt, links } = item;
        await index.write(`${count === 0 ? '' : ','}\n${lineText({ id, kind, title, createdAt: createdAt.toISOString(), links: toDocument(links as unknown as JsonValue), versions })}`);
        count += 1;
      }
      after = page.at(-1)?.id ?? null;
      if (page.length < EVIDENCE_PER_BATCH) break;
    }
    await index.write('\n]\n');
    return { files, index: await index.close() };
  }

  private evidenceVersion(item: ExportedEvidence, version: ExportedEvidence['versions'][number], files: PackMember[], exclusions: Exclusion[]): JsonValue {
    const { storageKey, ...shown } = version;
    const described = toDocument(shown as unknown as JsonValue) as JsonRecord;
    const { sha256, size, fileName, status, url } = version;
    if (storageKey === null || sha256 === null || size === null || status === 'quarantined' || status === 'refused') {
      const why = url !== null ? 'address' : status === 'quarantined' ? 'quarantined' : 'refused';
      exclusions.push({ what: 'evidence_version', id: `${item.id}/${version.version}`, name: item.title, reason: EXCLUSION_REASONS[why] });
      return { ...described, path: null };
    }
    const path = `data/evidence/${item.id}/v${version.version}/${safeFileName(fileName ?? '')}`;
    files.push({ path, size, sha256, open: () => this.openStored(path, storageKey) });
    return { ...described, path };
  }

  private async openStored(path: string, storageKey: string) {
    if (!(await this.storage.exists(storageKey))) throw new StoredFileMissing(path);
    return this.evidence.open(storageKey);
  }

  private async gatherTrail(
    scope: TenantScope, pack: PackRow, workloadIds: readonly string[], objectIds: readonly string[], checkpoint: SignedCheckpoint, spool: PackSpool,
  ): Promise<{ members: PackMember[]; count: number }> {
    const entries = await spool.begin(PACK_FILES.entries, 'entries');
    const proofs = await spool.begin(PACK_FILES.proofs, 'proofs');
    const disclosures = await spool.begin(PACK_FILES.disclosures, 'disclosures');
    const about = pack.scope.kind === 'all' ? null : { workloadIds, objectIds };
    const to = pack.periodTo !== null && pack.periodTo < pack.asOf ? pack.periodTo : pack.asOf;
    let count = 0;
    for await (const { index, entry, disclosure, hashes } of this.slices.read(scope, { about, from: pack.periodFrom, to, size: checkpoint.size })) {
      await entries.write(`${entry}\n`);
      await proofs.write(`${JSON.stringify({ index, hashes: hashes.map((hash) => hash.toString('base64')) })}\n`);
      await disclosures.write(`${disclosure}\n`);
      count += 1;
    }
    return { members: [await entries.close(), await proofs.close(), await disclosures.close()], count };
  }

  private async gatherConsistency(scope: TenantScope, checkpoint: SignedCheckpoint, earlierNote: string | null, spool: PackSpool): Promise<{ members: PackMember[]; earlierSize: number | null }> {
    const key = parseVerifierKey(checkpoint.verifierKey);
    const earlier = earlierNote === null || key === null ? null : await openCheckpoint(earlierNote, key);
    // An earlier pack may have been signed with a key that has been replaced, or reach further than this one's as-of date.
    if (earlierNote === null || earlier === null || earlier.size > checkpoint.size) return { members: [], earlierSize: null };
    const hashes = await this.slices.consistency(scope, earlier.size, checkpoint.size);
    const member = await spool.addText(PACK_FILES.consistency, documentText({ earlier: earlierNote, hashes: hashes.map((hash) => hash.toString('base64')) }));
    return { members: [member], earlierSize: earlier.size };
  }
}

const POPULATION = {
  all: 'Every workload on the inventory at the as-of date, except withdrawn and merged ones.',
  workloads: 'The named workloads that were on the inventory at the as-of date, except withdrawn and merged ones.',
  filter: 'Every workload on the inventory at the as-of date that matches the filter, except withdrawn and merged ones.',
} as const;

const grouped = (rows: readonly SourceRow[]): Map<string, JsonRecord[]> => {
  const groups = new Map<string, JsonRecord[]>();
  for (const { workloadId, row } of rows) {
    const group = groups.get(workloadId);
    if (group === undefined) groups.set(workloadId, [row]);
    else group.push(row);
  }
  return groups;
};

const MEMBER_COLUMNS = ['member_id', 'started_by', 'submitted_by', 'signed_off_by', 'skip_approved_by'] as const;
const memberIdsOf = (groups: readonly ReadonlyMap<string, readonly JsonRecord[]>[]): string[] => {
  const ids = new Set<string>();
  for (const group of groups) {
    for (const row of [...group.values()].flat()) for (const column of MEMBER_COLUMNS) if (typeof row[column] === 'string') ids.add(row[column]);
  }
  return [...ids].sort();
};

const inventoryLine = ({ id, key, columns }: SourceWorkload, { required, edition }: WorkloadCoverage, owners: readonly JsonRecord[], nameOf: (id: unknown) => string | null): InventoryLine => {
  const c = toDocument(columns) as Record<string, string | boolean | null>;
  const text = (name: string): string | null => (c[name] as string | null | undefined) ?? null;
  const ownerOf = (role: string): string | null => nameOf(owners.find((owner) => owner['role'] === role && owner['status'] === 'accepted' && owner['position'] === 'owner')?.['member_id']);
  return {
    key, name: text('name') ?? '', kind: text('kind'), team: text('team'), businessUnit: text('businessUnit'), lifecycle: text('lifecycle') ?? '', stage: text('stage'), hardening: c['hardening'] === true, undetermined: c['undetermined'] === true,
    frozen: c['frozen'] === true, riskTier: text('riskTier'), processesRealData: text('processesRealData') ?? 'unknown', handlesPii: text('handlesPii') ?? 'unknown', executesTools: text('executesTools') ?? 'unknown',
    downstreamChange: text('downstreamChange') ?? 'unknown', riskOwner: ownerOf('risk_owner'), onCall: ownerOf('on_call'), requiredMet: required.met, requiredTotal: required.total, edition, classifiedAt: text('classifiedAt'),
    nextReviewDueAt: text('nextReviewDueAt'), registeredAt: text('registeredAt') ?? '', id,
  };
};
