import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import type { SqlValue } from '@roster/platform-database';
import { WORKLOAD_FIELDS } from './workload-field.js';
import { Parameters, sourceOf, WorkloadListRepository, type Found, type Source } from './workload-list.repository.js';
import type { WorkloadListQuery } from './workload-list.js';

/** A workload as the API shows it, already JSON: the database writes it in one statement with its owners, and nothing parses it on the way out. */
export interface ItemRow {
  readonly id: string;
  readonly version: number;
  readonly json: string;
}

/** What a page is found by. */
export interface PageOptions extends Found {
  /** Rows of the page; one more is read to know whether there is a next one. */
  readonly limit: number;
  /** How many rows of the order a search tests at most; left out: as many as it takes. */
  readonly among?: number;
}

/** Rows of the order that a search tests before the index is asked: what stands in many texts is found among them sooner than the index is read. */
const WALKED_FIRST = 400;

interface PageRow extends ItemRow {
  /** Values of the sort columns, then the id. */
  readonly sortKey: (string | number)[];
}

const rfc3339 = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const PLAIN = WORKLOAD_FIELDS.map(([field, column]) => `w.${column} AS "${field}"`).join(', ');

/** The JSON of one workload; `w` is its row. */
const ITEM_JSON = `
  SELECT row_to_json(x)::text FROM (
    SELECT w.id, w.key, ${PLAIN},
           w.processes_real_data AS "processesRealData", w.handles_pii AS "handlesPii", w.executes_tools AS "executesTools", w.downstream_change AS "downstreamChange", w.maintained,
           w.custom, w.stage, w.hardening, w.undetermined, w.frozen, ${rfc3339('w.classified_at')} AS "classifiedAt", ${rfc3339('w.next_review_due_at')} AS "nextReviewDueAt",
           ${rfc3339('w.falls_at')} AS "fallsAt", w.missing_evidence AS "missingEvidence",
           w.incomplete, w.unowned,
           array_remove(ARRAY[CASE WHEN w.kind IS NULL THEN 'kind' END, CASE WHEN w.purpose IS NULL THEN 'purpose' END, CASE WHEN w.team IS NULL THEN 'team' END,
                              CASE WHEN w.risk_owner_status = 'none' THEN 'riskOwner' END, CASE WHEN NOT w.processes_real_data_answered THEN 'processesRealData' END], NULL) AS missing,
           (SELECT o.one FROM people o WHERE o.role = 'risk_owner' AND o.position = 'owner' ORDER BY o.status LIMIT 1) AS "riskOwner",
           coalesce((SELECT json_agg(o.one ORDER BY o.role, o.domain_key, o.position DESC, o.status) FROM people o), '[]') AS owners,
           w.import_id AS import, ${rfc3339('w.retired_at')} AS "retiredAt", w.retire_reason AS "retireReason", w.decommission_record AS "decommissionRecord",
           ${rfc3339('w.registered_at')} AS "registeredAt", w.registered_by AS "registeredBy", ${rfc3339('w.updated_at')} AS "updatedAt", w.version
  ) x`;

const people = ({ owner, when }: Source): string => `
  SELECT a.role, a.domain_key, a.position, a.status,
         json_build_object('role', a.role, 'domain', nullif(a.domain_key, ''), 'position', a.position, 'memberId', a.member_id, 'name', m.name, 'email', coalesce(m.email, a.invited_email),
                           'status', a.status, 'since', ${rfc3339(`coalesce(a.effective_from, a.proposed_at)`)}, 'reaffirmDueAt', ${rfc3339('a.reaffirm_due_at')}) AS one
    FROM ${owner} a LEFT JOIN member m ON m.tenant_id = a.tenant_id AND m.id = a.member_id
   WHERE a.tenant_id = $1 AND a.workload_id = w.id AND a.status IN ('accepted', 'proposed') AND ${when('a')}`;

/** Reading workloads for people: one statement per page. */
@Injectable()
export class WorkloadItemRepository extends WorkloadListRepository {
  /** @param id id of a workload; of a merged one gives nothing, so ask {@link WorkloadLookup} first */
  find(scope: TenantScope, id: string, asOf: Date | null): Promise<ItemRow | null> {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(asOf, parameters);
    return this.row<ItemRow>(scope, `
      SELECT w.id, w.version, (WITH people AS MATERIALIZED (${people(source)}) ${ITEM_JSON}) AS json
        FROM ${source.workload} w WHERE w.tenant_id = $1 AND w.id = ${parameters.add(id)} AND ${source.when('w')}`, parameters.values);
  }

  /**
   * The page that a person asked for, searched or not, and the count when they want one.
   * @param asked as read from the request: `q`, instant, limit, whether to count
   */
  async read(scope: TenantScope, list: WorkloadListQuery, asked: { readonly q: string | null; readonly asOf: Date | null; readonly limit: number; readonly count: boolean }): Promise<{ rows: PageRow[]; total: number | undefined }> {
    const { q, asOf, limit } = asked;
    const mine = await this.minePlan(scope, list, asOf);
    const near = q === null || asOf !== null ? [] : await this.page(scope, list, { asOf, mine, limit, search: { text: q }, among: WALKED_FIRST });
    const rows = near.length > limit ? near : await this.page(scope, list, { asOf, mine, limit, search: await this.searchPlan(scope, q, asOf) });
    return { rows, total: asked.count ? await this.total(scope, list, q, asOf) : undefined };
  }

  /** How many there are. A search that nothing else narrows is counted where its texts are. */
  private async total(scope: TenantScope, list: WorkloadListQuery, q: string | null, asOf: Date | null): Promise<number> {
    if (q === null || asOf !== null || list.conditions.length > 0) return this.count(scope, list, await this.findAll(scope, list, q, asOf));
    const row = await this.row<{ total: number }>(scope, 'SELECT count_searched_workloads($1) AS total', [q]);
    return row?.total ?? 0;
  }

  page(scope: TenantScope, list: WorkloadListQuery, options: PageOptions): Promise<PageRow[]> {
    const { sql, values } = this.pageStatement(scope, list, options);
    return this.rows<PageRow>(scope, sql, values);
  }

  /** The statement of a page with its parameters, so that its plan can be looked at. */
  pageStatement(scope: TenantScope, list: WorkloadListQuery, options: PageOptions): { sql: string; values: SqlValue[] } {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(options.asOf, parameters);
    const { among, search } = options;
    const where = this.where(list.conditions, among === undefined ? options : { ...options, search: null }, source, parameters);
    const columns = [...list.sort.columns.map(({ sql }) => `w.${sql}`), 'w.id'];
    const direction = list.descending ? 'DESC' : 'ASC';
    const order = columns.map((column) => `${column} ${direction}`).join(', ');
    const types = [...list.sort.columns.map(({ type }) => type), 'uuid'];
    const after = list.after === null ? '' : ` AND (${columns.join(', ')}) ${list.descending ? '<' : '>'} (${list.after.map((value, index) => `${parameters.add(value)}::${types[index] ?? 'text'}`).join(', ')})`;
    const sortKey = columns.map((column, index) => (types[index] === 'timestamptz' ? `CASE WHEN isfinite(${column}) THEN ${rfc3339(column)} ELSE 'infinity' END` : column)).join(', ');
    const ordered = `SELECT * FROM ${source.workload} w WHERE ${where}${after} ORDER BY ${order}`;
    // The order ends after so many rows, whether they match or not.
    const found = among === undefined || search === null ? ordered : `SELECT * FROM (${ordered} LIMIT ${parameters.add(among)}::int) w WHERE ${this.searched(search, options.asOf, parameters)} ORDER BY ${order}`;
    const sql = `
      SELECT w.id, w.version, json_build_array(${sortKey}) AS "sortKey", (WITH people AS MATERIALIZED (${people(source)}) ${ITEM_JSON}) AS json
        FROM (${found} LIMIT ${parameters.add(options.limit + 1)}::int) w
       ORDER BY ${order}`;
    return { sql, values: parameters.values };
  }

  async count(scope: TenantScope, list: WorkloadListQuery, options: Found): Promise<number> {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(options.asOf, parameters);
    const row = await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM ${source.workload} w WHERE ${this.where(list.conditions, options, source, parameters)}`, parameters.values);
    return row?.total ?? 0;
  }
}
