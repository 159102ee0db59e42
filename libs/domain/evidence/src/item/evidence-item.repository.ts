import { Injectable } from '@nestjs/common';
import type { EvidenceKind } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { LinkStatus, VersionStatus } from '../coverage/coverage-inputs.js';
import type { ExpiryCondition } from './evidence-list.js';
import type { ScanStatus } from '../file/evidence-blob.repository.js';

export interface EvidenceVersionRow {
  readonly itemId: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly sha256: string | null;
  readonly size: number | null;
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly scanStatus: ScanStatus | null;
  readonly url: string | null;
  readonly urlSha256: string | null;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly expiresAt: string | null;
  readonly notes: string | null;
  readonly submittedAt: string;
  readonly submittedBy: Actor;
  readonly submitterMemberId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: Actor | null;
  readonly deciderMemberId: string | null;
  readonly decisionComment: string | null;
}

export interface EvidenceLinkRow {
  readonly id: string;
  readonly itemId: string;
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly edition: string;
  readonly requirementKey: string;
  readonly status: LinkStatus;
  readonly proposedAt: string;
  readonly proposedBy: Actor;
  readonly proposerMemberId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: Actor | null;
  readonly decisionComment: string | null;
}

export interface EvidenceItemRow {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly createdAt: Date;
  readonly createdBy: Actor;
  readonly updatedAt: Date;
  readonly acceptedVersion: number | null;
  readonly expiresAt: Date | null;
  readonly linkCount: number;
  readonly latest: EvidenceVersionRow;
}

export interface NewVersion {
  readonly sha256: string | null;
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly url: string | null;
  readonly urlSha256: string | null;
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly expiresAt: Date | null;
  readonly notes: string | null;
  readonly status: 'quarantined' | 'submitted';
  readonly submitterMemberId: string | null;
}

export interface EvidenceFilter {
  readonly kinds: readonly string[] | null;
  /** Statuses of the latest version, `expired` among them. */
  readonly statuses: readonly string[] | null;
  readonly workloadIds: readonly string[] | null;
  readonly requirementKeys: readonly string[] | null;
  readonly now: Date;
  /** Who submitted the latest version. */
  readonly submitterIds: readonly string[] | null;
  readonly expiry: readonly ExpiryCondition[];
  /** What waits for a member; memberId null = nothing, because they may not decide. */
  readonly awaiting: { readonly what: readonly string[]; readonly memberId: string | null } | null;
  readonly search: EvidenceSearch | null;
}

/** Few matches are listed; with many the page tests each row on its way. */
export type EvidenceSearch = { readonly ids: readonly string[] } | { readonly text: string };
const FEW_MATCHES = 1_000;

export interface EvidencePage {
  readonly sort: { readonly field: 'updatedAt' | 'createdAt' | 'expiresAt'; readonly descending: boolean };
  /** Sort value (RFC 3339, or `infinity` for what never expires) and id of the row after which the page starts. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

const SORT_COLUMNS = { updatedAt: 'i.updated_at', createdAt: 'i.created_at', expiresAt: 'i.expires_sort' } as const;

/** One version as JSON, with RFC 3339 instants. `v` is the version, `b` its bytes. */
const VERSION_JSON = `json_build_object(
  'itemId', v.item_id, 'version', v.version, 'status', v.status, 'sha256', v.sha256, 'size', b.size, 'fileName', v.file_name, 'mediaType', v.media_type, 'scanStatus', b.scan_status,
  'url', v.url, 'urlSha256', v.url_sha256, 'effectiveFrom', v.effective_from, 'effectiveTo', v.effective_to, 'expiresAt', v.expires_at, 'notes', v.notes,
  'submittedAt', v.submitted_at, 'submittedBy', v.submitted_by, 'submitterMemberId', v.submitter_member_id,
  'decidedAt', v.decided_at, 'decidedBy', v.decided_by, 'deciderMemberId', v.decider_member_id, 'decisionComment', v.decision_comment)`;

/** All SQL of evidence items and their versions. */
@Injectable()
export class EvidenceItemRepository extends TenantRepository {
  async insert(scope: TenantScope, item: { id: string; kind: EvidenceKind; title: string }, at: Date): Promise<void> {
    await this.execute(scope, `INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)`, [scope.tenantId, item.id, item.kind, item.title, at]);
  }

  /** Makes later versions of the item wait for this transaction. @returns false when there is no such item, or it was withdrawn */
  async lock(scope: TenantScope, id: string): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS found FROM evidence_item WHERE tenant_id = $1 AND id = $2 AND withdrawn_at IS NULL FOR UPDATE`, [scope.tenantId, id])) !== null;
  }

  /** Adds the next version; the item has to be locked. @returns its number */
  async insertVersion(scope: TenantScope, itemId: string, version: NewVersion, at: Date): Promise<number> {
    const row = await this.row<{ version: number }>(scope, `
      INSERT INTO evidence_version (tenant_id, item_id, version, sha256, file_name, media_type, url, url_sha256, effective_from, effective_to, expires_at, notes,
                                    status, submitted_at, submitter_member_id, checked_at)
      SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8::timestamptz, $9::timestamptz, $10::timestamptz, $11, $12::text, $13::timestamptz, $14::uuid,
             CASE WHEN $12::text = 'quarantined' THEN NULL ELSE $13::timestamptz END
        FROM evidence_version WHERE tenant_id = $1 AND item_id = $2
      RETURNING version`,
    [scope.tenantId, itemId, version.sha256, version.fileName, version.mediaType, version.url, version.urlSha256, version.effectiveFrom, version.effectiveTo, version.expiresAt,
      version.notes, version.status, at, version.submitterMemberId]);
    if (!row) throw new Error('The version was not stored');
    return row.version;
  }

  find(scope: TenantScope, id: string): Promise<EvidenceItemRow | null> {
    return this.row<EvidenceItemRow>(scope, `${itemsOf('evidence_item')} WHERE i.tenant_id = $1 AND i.id = $2`, [scope.tenantId, id]);
  }

  /** How a page finds what somebody searches. */
  async searchPlan(scope: TenantScope, q: string): Promise<EvidenceSearch> {
    const rows = await this.rows<{ id: string }>(scope, 'SELECT item_id AS id FROM search_evidence($1, $2)', [q, FEW_MATCHES + 1]);
    return rows.length > FEW_MATCHES ? { text: q } : { ids: rows.map((row) => row.id) };
  }

  /** One page, one row more than `limit`. */
  page(scope: TenantScope, filter: EvidenceFilter, page: EvidencePage): Promise<EvidenceItemRow[]> {
    const { sql, values } = this.pageStatement(scope, filter, page);
    return this.rows<EvidenceItemRow>(scope, sql, values);
  }

  /** The statement of a page with its parameters, so that its plan can be looked at. */
  pageStatement(scope: TenantScope, filter: EvidenceFilter, page: EvidencePage): { sql: string; values: SqlValue[] } {
    const { where, values } = conditions(scope, filter);
    const column = SORT_COLUMNS[page.sort.field];
    const [direction, compare] = page.sort.descending ? ['DESC', '<'] : ['ASC', '>'];
    const after = page.after ? `AND (${column}, i.id) ${compare} ($${values.push(page.after[0])}::timestamptz, $${values.push(page.after[1])}::uuid)` : '';
    const order = `ORDER BY ${column} ${direction}, i.id ${direction}`;
    const picked = `(SELECT * FROM evidence_item i WHERE ${where} ${after} ${order} LIMIT ${page.limit + 1})`;
    return { sql: `${itemsOf(picked)} ${order}`, values };
  }

  async count(scope: TenantScope, filter: EvidenceFilter): Promise<number> {
    const { where, values } = conditions(scope, filter);
    return (await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM evidence_item i WHERE ${where}`, values))?.total ?? 0;
  }

  /** Versions, newest first. */
  async versions(scope: TenantScope, itemId: string): Promise<EvidenceVersionRow[]> {
    const rows = await this.rows<{ version: EvidenceVersionRow }>(scope, `
      SELECT ${VERSION_JSON} AS version FROM evidence_version v LEFT JOIN evidence_blob b ON b.tenant_id = v.tenant_id AND b.sha256 = v.sha256
       WHERE v.tenant_id = $1 AND v.item_id = $2 ORDER BY v.version DESC`, [scope.tenantId, itemId]);
    return rows.map((row) => row.version);
  }

  async version(scope: TenantScope, itemId: string, version: number): Promise<(EvidenceVersionRow & { storageKey: string | null }) | null> {
    const row = await this.row<{ version: EvidenceVersionRow; storageKey: string | null }>(scope, `
      SELECT ${VERSION_JSON} AS version, b.storage_key AS "storageKey" FROM evidence_version v LEFT JOIN evidence_blob b ON b.tenant_id = v.tenant_id AND b.sha256 = v.sha256
       WHERE v.tenant_id = $1 AND v.item_id = $2 AND v.version = $3`, [scope.tenantId, itemId, version]);
    return row ? { ...row.version, storageKey: row.storageKey } : null;
  }

  /**
   * Decides a waiting version, once.
   * @returns false when it is not waiting any more
   */
  async decide(scope: TenantScope, key: { itemId: string; version: number }, decision: { status: 'accepted' | 'rejected'; comment: string | null; deciderMemberId: string; nextNoticeAt: Date | null }, at: Date): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE evidence_version SET status = $4, decided_at = $5, decided_by = app_actor(), decider_member_id = $6, decision_comment = $7, next_notice_at = $8
       WHERE tenant_id = $1 AND item_id = $2 AND version = $3 AND status = 'submitted'`,
    [scope.tenantId, key.itemId, key.version, decision.status, at, decision.deciderMemberId, decision.comment, decision.nextNoticeAt])) === 1;
  }

  /** Older versions are replaced by an accepted one: nobody is told about their expiry any more. */
  async silenceOlder(scope: TenantScope, itemId: string, version: number): Promise<void> {
    await this.execute(scope, `UPDATE evidence_version SET next_notice_at = NULL WHERE tenant_id = $1 AND item_id = $2 AND version < $3 AND next_notice_at IS NOT NULL`, [scope.tenantId, itemId, version]);
  }

  /** Whether a newer version than this has been accepted. */
  async isReplaced(scope: TenantScope, itemId: string, version: number): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS found FROM evidence_version WHERE tenant_id = $1 AND item_id = $2 AND version > $3 AND status = 'accepted' LIMIT 1`, [scope.tenantId, itemId, version])) !== null;
  }

  /** Lets every version of some bytes out of quarantine. @returns the versions that left it */
  release(scope: TenantScope, sha256: string, status: 'submitted' | 'refused', at: Date): Promise<{ itemId: string; version: number }[]> {
    return this.rows(scope, `UPDATE evidence_version SET status = $3, checked_at = $4 WHERE tenant_id = $1 AND sha256 = $2 AND status = 'quarantined' RETURNING item_id AS "itemId", version`,
      [scope.tenantId, sha256, status, at]);
  }
}

/** Rows of items for people. @param source table or subquery the items come from */
const itemsOf = (source: string): string => `
  SELECT i.id, i.kind, i.title, i.created_at AS "createdAt", i.created_by AS "createdBy", i.updated_at AS "updatedAt", i.accepted_version AS "acceptedVersion", i.expires_at AS "expiresAt",
         (SELECT count(*)::int FROM evidence_link l WHERE l.tenant_id = i.tenant_id AND l.item_id = i.id AND l.removed_at IS NULL) AS "linkCount", latest.version AS latest
    FROM ${source} i
    JOIN LATERAL (SELECT ${VERSION_JSON} AS version FROM evidence_version v LEFT JOIN evidence_blob b ON b.tenant_id = v.tenant_id AND b.sha256 = v.sha256
                   WHERE v.tenant_id = i.tenant_id AND v.item_id = i.id AND v.version = i.latest_version) latest ON true`;

function conditions(scope: TenantScope, filter: EvidenceFilter): { where: string; values: SqlValue[] } {
  const values: SqlValue[] = [scope.tenantId];
  const parts = ['i.tenant_id = $1', 'i.withdrawn_at IS NULL'];
  if (filter.kinds) parts.push(`i.kind = ANY ($${values.push([...filter.kinds])}::text[])`);
  if (filter.statuses) {
    const now = `$${values.push(filter.now)}::timestamptz`;
    parts.push(`(CASE WHEN i.latest_status = 'accepted' AND i.expires_at <= ${now} THEN 'expired' ELSE i.latest_status END = ANY ($${values.push([...filter.statuses])}::text[])
      AND i.latest_status = ANY ($${values.push(filter.statuses.map((s) => (s === 'expired' ? 'accepted' : s)))}::text[]))`);
  }
  if (filter.workloadIds || filter.requirementKeys) {
    const link = ['l.tenant_id = i.tenant_id', 'l.item_id = i.id', 'l.removed_at IS NULL'];
    if (filter.workloadIds) link.push(`l.workload_id = ANY ($${values.push([...filter.workloadIds])}::uuid[])`);
    if (filter.requirementKeys) link.push(`l.requirement_key = ANY ($${values.push([...filter.requirementKeys])}::text[])`);
    parts.push(`EXISTS (SELECT 1 FROM evidence_link l WHERE ${link.join(' AND ')})`);
  }
  if (filter.submitterIds) {
    // One equal value keeps the order of the index, a set does not.
    const [one, ...others] = filter.submitterIds;
    parts.push(one !== undefined && others.length === 0 ? `i.latest_submitter_member_id = $${values.push(one)}::uuid` : `i.latest_submitter_member_id = ANY ($${values.push([...filter.submitterIds])}::uuid[])`);
  }
  for (const condition of filter.expiry) {
    if (condition.operator === 'empty') parts.push(`i.expires_sort ${condition.empty ? '=' : '<'} 'infinity'`);
    else parts.push(`i.expires_sort ${condition.operator} $${values.push(condition.at)}::timestamptz AND i.expires_sort < 'infinity'`);
  }
  if (filter.awaiting) parts.push(awaitingSql(filter.awaiting, values));
  if (filter.search && 'ids' in filter.search) parts.push(`i.id = ANY ($${values.push([...filter.search.ids])}::uuid[])`);
  if (filter.search && 'text' in filter.search) parts.push(`(SELECT bool_and(i.search LIKE t.pattern) FROM search_terms($${values.push(filter.search.text)}) t)`);
  return { where: parts.join(' AND '), values };
}

/** Four eyes: what somebody else submitted or made, and nothing at all for who may not decide. */
function awaitingSql({ what, memberId }: { what: readonly string[]; memberId: string | null }, values: SqlValue[]): string {
  if (memberId === null) return 'false';
  const me = `$${values.push(memberId)}::uuid`;
  const choices = what.map((one) => (one === 'my_decision'
    ? `(i.latest_status = 'submitted' AND i.latest_submitter_member_id IS DISTINCT FROM ${me})`
    : `(i.latest_status = 'accepted' AND EXISTS (SELECT 1 FROM evidence_link l WHERE l.tenant_id = i.tenant_id AND l.item_id = i.id AND l.status = 'proposed' AND l.removed_at IS NULL AND l.proposer_member_id IS DISTINCT FROM ${me}))`));
  return `(${choices.join(' OR ')})`;
}
