import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue } from '@roster/frameworks';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListQuery } from '@roster/platform-http';
import { EvidenceItemRepository, type EvidenceFilter, type EvidenceItemRow } from './evidence-item.repository.js';
import { readExpiryConditions } from './evidence-list.js';
import { previewTypeOf } from './evidence-preview.js';
import { EvidenceQuery, type EvidenceDetail } from './evidence.query.js';
import type { EvidenceContent } from './evidence-content.js';

const SORTS = new Set(['updatedAt', 'createdAt', 'expiresAt']);

/** Reads of evidence for people and keys. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly access: Access, private readonly items: EvidenceItemRepository, private readonly query: EvidenceQuery, private readonly workloads: WorkloadLookup,
    private readonly catalogue: FrameworkCatalogue, private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

  /** @throws PLATFORM_REFERENCE_UNKNOWN, EVIDENCE_CRITERION_UNKNOWN for filters that name nothing */
  async list(caller: Caller, query: ListQuery): Promise<{ rows: EvidenceItemRow[]; total: number | undefined; now: Date }> {
    const scope = this.access.authorise(caller, 'evidence:item:read');
    const now = this.clock.now();
    const named = query.filters.get('workload');
    const workloads = named && [...(await this.workloads.requireMany(scope, named, 'filter[workload]')).values()];
    const criteria = query.filters.get('criterion');
    const submitters = query.filters.get('submittedBy');
    const awaiting = query.filters.get('awaiting');
    const filter: EvidenceFilter = {
      kinds: query.filters.get('kind') ?? null, statuses: query.filters.get('status') ?? null, workloadIds: workloads?.map((w) => w.id) ?? null,
      requirementKeys: criteria ? this.requirementKeys(criteria, (await this.organizations.settings(scope)).edition) : null, now,
      submitterIds: submitters?.map((who) => (who === 'me' ? caller.memberId : who)) ?? null, expiry: readExpiryConditions(query, now),
      awaiting: awaiting ? { what: awaiting, memberId: caller.permissions.has('evidence:version:review') ? caller.memberId : null } : null,
      search: query.q === null ? null : await this.items.searchPlan(scope, query.q),
    };
    const field = SORTS.has(query.sort.field) ? (query.sort.field as 'updatedAt') : 'updatedAt';
    const rows = await this.items.page(scope, filter, { sort: { field, descending: query.sort.descending }, after: cursorOf(query, ['instantOrNever', 'id']), limit: query.limit });
    return { rows, total: query.count ? await this.items.count(scope, filter) : undefined, now };
  }

  /** @throws EVIDENCE_ITEM_NOT_FOUND */
  async read(caller: Caller, id: string): Promise<EvidenceDetail & { now: Date }> {
    const detail = await this.query.find(this.access.authorise(caller, 'evidence:item:read'), id);
    if (!detail) throw problem('EVIDENCE_ITEM_NOT_FOUND', 'There is no such evidence.');
    return { ...detail, now: this.clock.now() };
  }

  /**
   * The bytes of a version. A file in quarantine, or one the scanner refused, cannot be read.
   * @throws EVIDENCE_VERSION_NOT_FOUND, EVIDENCE_CONTENT_NOT_FOUND for an address, EVIDENCE_FILE_QUARANTINED
   */
  async content(caller: Caller, id: string, version: number): Promise<EvidenceContent> {
    const scope = this.access.authorise(caller, 'evidence:item:read');
    const row = await this.items.version(scope, id, version);
    if (!row) throw problem('EVIDENCE_VERSION_NOT_FOUND', 'There is no such version of this evidence.');
    const { sha256, fileName, mediaType, size, storageKey, scanStatus } = row;
    if (sha256 === null || fileName === null || mediaType === null || size === null || storageKey === null) {
      throw problem('EVIDENCE_CONTENT_NOT_FOUND', `This version is an address outside, not a file${row.url === null ? '' : `: ${row.url}`}.`);
    }
    if (row.status === 'refused' || scanStatus === 'infected') throw problem('EVIDENCE_CONTENT_NOT_FOUND', 'The virus scanner found this file harmful; it cannot be read any more.');
    if (row.status === 'quarantined' || scanStatus === 'pending') throw problem('EVIDENCE_FILE_QUARANTINED', 'The file has not passed its checks yet. Try again when its status is "submitted".', { headers: { 'retry-after': '10' } });
    return { stream: await this.query.open(storageKey), fileName, mediaType, size, sha256 };
  }

  /**
   * The bytes of a version, to be shown.
   * @throws as {@link content}; EVIDENCE_PREVIEW_UNAVAILABLE for a type that can only be downloaded
   */
  async preview(caller: Caller, id: string, version: number): Promise<EvidenceContent & { shownAs: string }> {
    const content = await this.content(caller, id, version);
    const shownAs = previewTypeOf(content.mediaType);
    if (shownAs !== null) return { ...content, shownAs };
    content.stream.destroy();
    throw problem('EVIDENCE_PREVIEW_UNAVAILABLE', `Files of type ${content.mediaType} are not shown here. Download the file and open it.`);
  }

  private requirementKeys(names: readonly string[], preferred: string): string[] {
    return names.flatMap((name, index) => {
      const criterion = this.catalogue.resolveCriterion(name, preferred);
      if (!criterion) throw problem('EVIDENCE_CRITERION_UNKNOWN', `There is no criterion ${JSON.stringify(name.slice(0, 100))}.`, { errors: [{ path: `filter[criterion][${index}]`, code: 'unknown_criterion', message: 'expected <edition>/<id>' }] });
      return criterion.requirements.map((r) => r.key);
    });
  }
}
