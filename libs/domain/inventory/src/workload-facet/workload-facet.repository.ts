import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Parameters, sourceOf, WorkloadListRepository, type Found } from '../workload/workload-list.repository.js';
import type { Condition } from '../workload/workload-list.js';
import { MAX_COUNTED, type Facet } from './workload-facet.js';

export interface CountedValue {
  /** Text of the stored value; null or '' = not set. */
  readonly value: string | null;
  readonly label: string | null;
  readonly count: number;
}
export interface Counted {
  readonly counted: number;
  readonly values: readonly (readonly CountedValue[])[];
}
interface CountRow extends CountedValue {
  readonly facet: number;
}

type ColumnFacet = Exclude<Facet, { kind: 'indexed' }>;
const isIndexed = (facet: Facet): facet is Extract<Facet, { kind: 'indexed' }> => facet.kind === 'indexed';

/** Counting workloads per value. */
@Injectable()
export class WorkloadFacetRepository extends WorkloadListRepository {
  /**
   * Counts several facets over the same workloads: those in columns by reading each row once, the others through their index.
   * @param values most values per facet; one more is read to know whether there are more
   */
  async count(scope: TenantScope, facets: readonly Facet[], conditions: readonly Condition[], found: Found, values: number): Promise<Counted> {
    const columns = facets.flatMap((facet, index) => (isIndexed(facet) ? [] : [{ facet, index }]));
    const fields = facets.flatMap((facet, index) => (isIndexed(facet) ? [{ facet, index }] : []));
    const { sql, values: parameters } = this.columnStatement(scope, columns.map(({ facet }) => facet), conditions, found, values);
    const rows = await this.rows<CountRow>(scope, sql, parameters);
    const perFacet = facets.map((): CountedValue[] => []);
    for (const { facet, ...counted } of rows) if (facet >= 0) perFacet[columns[facet]?.index ?? 0]?.push(counted);
    for (const { facet, index } of fields) perFacet[index]?.push(...await this.indexed(scope, facet.field, conditions, found, values));
    return { counted: rows.find(({ facet }) => facet < 0)?.count ?? 0, values: perFacet };
  }

  /** The statement that counts the columns, so that its plan can be looked at. The row with facet -1 is the number of workloads. */
  columnStatement(scope: TenantScope, facets: readonly ColumnFacet[], conditions: readonly Condition[], found: Found, values: number): { sql: string; values: Parameters['values'] } {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(found.asOf, parameters);
    const where = this.where(conditions, found, source, parameters);
    const columns = facets.flatMap(({ column, ...facet }, index) => [`w.${column} AS v${index}`, ...('label' in facet && facet.label ? [`w.${facet.label} AS l${index}`] : [])]);
    const labels = facets.map((facet, index) => ('label' in facet && facet.label ? `WHEN NOT grouped[${index + 1}] THEN min(l${index})` : '')).filter((label) => label !== '');
    const sets = facets.map((_facet, index) => `(v${index})`);
    const grouped = `ARRAY[${facets.map((_facet, index) => `grouping(v${index}) = 1`).join(', ')}]`;
    const chosen = facets.map((_facet, index) => `WHEN grouping(v${index}) = 0 THEN v${index}::text`).join(' ');
    const number = facets.map((_facet, index) => `WHEN grouping(v${index}) = 0 THEN ${index}`).join(' ');
    const label = labels.length === 0 ? 'NULL' : `CASE ${labels.map((one) => one.replace(/grouped\[(\d+)\]/, (_all, n: string) => `(${grouped})[${n}]`)).join(' ')} END`;
    const sql = facets.length === 0
      ? `SELECT -1 AS facet, NULL AS value, NULL AS label, count(*)::int AS count FROM (SELECT 1 FROM ${source.workload} w WHERE ${where} LIMIT ${MAX_COUNTED + 1}) m`
      : `SELECT facet, value, label, count FROM (
           SELECT facet, value, label, count, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place FROM (
             SELECT CASE ${number} ELSE -1 END AS facet, CASE ${chosen} END AS value, ${label} AS label, count(*)::int AS count
               FROM (SELECT ${columns.join(', ')} FROM ${source.workload} w WHERE ${where} LIMIT ${MAX_COUNTED + 1}) m
              GROUP BY GROUPING SETS (${sets.join(', ')}, ())) counts) placed
          WHERE place <= ${parameters.add(values + 1)}::int ORDER BY facet, place`;
    return { sql, values: parameters.values };
  }

  /** Values of one multi-valued field among the workloads: from the index of now, or from the rows of then. One without any value counts as not set. */
  private indexed(scope: TenantScope, field: string, conditions: readonly Condition[], found: Found, values: number): Promise<CountedValue[]> {
    const parameters = new Parameters(scope.tenantId);
    const source = sourceOf(found.asOf, parameters);
    const where = this.where(conditions, found, source, parameters);
    const name = parameters.add(field);
    const said = source.facets === 'row' ? `SELECT m.id AS workload_id, f.value FROM m CROSS JOIN LATERAL unnest(m.said) f(value)`
      : `SELECT f.workload_id, f.value FROM workload_facet f JOIN m ON m.id = f.workload_id WHERE f.tenant_id = $1 AND f.field = ${name}`;
    const then = source.facets === 'row' ? `, ARRAY(SELECT f.value FROM facets_then(w, ${name}) f(value)) AS said` : '';
    return this.rows<CountedValue & Record<string, unknown>>(scope, `
      WITH m AS MATERIALIZED (SELECT w.id${then} FROM ${source.workload} w WHERE ${where} LIMIT ${MAX_COUNTED + 1}),
           said AS MATERIALIZED (${said})
      SELECT value, NULL AS label, count FROM (
        SELECT value, count(*)::int AS count FROM said GROUP BY value
        UNION ALL SELECT NULL, (SELECT count(*) FROM m)::int - (SELECT count(DISTINCT workload_id) FROM said)::int) x
       WHERE count > 0 ORDER BY count DESC, value LIMIT ${parameters.add(values + 1)}::int`, parameters.values);
  }
}
