import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { Condition, WorkloadListQuery } from './workload-list.js';

/**
 * Ids that a search found, or the text whose matches are looked up in one go when there are too many to name, or the text to test each row with;
 * null without a search. Testing a row costs some ten times as much as looking it up among what was found: it suits a page that ends soon.
 */
export type SearchPlan = { readonly ids: readonly string[] } | { readonly every: string } | { readonly text: string } | null;

/** Up to so many matches a search is a list of ids, which drives the statement; beyond, the statement keeps its own order and looks rows up. */
const FEW_MATCHES = 2_000;

/** What rows are found by, besides the conditions of the list. */
export interface Found {
  readonly asOf: Date | null;
  readonly search: SearchPlan;
  /** What is the caller's, when a filter asks for it; null when it does not, or there is too much of it to name. */
  readonly mine: readonly string[] | null;
}

/** Tables to read: the current ones, or what their history knew at an instant. */
export interface Source {
  readonly workload: string;
  readonly owner: string;
  readonly component: string;
  /** Where the values of multi-valued and tenant-defined fields are: in an index of now, or in the row of then. */
  readonly facets: 'index' | 'row';
  readonly when: (alias: string) => string;
}
/** Tables of now, or of an instant. */
export const sourceOf = (asOf: Date | null, parameters: Parameters): Source => {
  if (asOf === null) return { workload: 'workload', owner: 'owner_assignment', component: 'workload_component', facets: 'index', when: () => 'true' };
  const at = `${parameters.add(asOf)}::timestamptz`;
  return { workload: 'workload_history', owner: 'owner_assignment_history', component: 'workload_component_history', facets: 'row', when: (alias) => `lower(${alias}.valid) <= ${at} AND (upper_inf(${alias}.valid) OR upper(${alias}.valid) > ${at})` };
};

/** Turning the conditions of the list into SQL: what pages, counts, facets, selections and exports have in common. */
@Injectable()
export abstract class WorkloadListRepository extends TenantRepository {
  /** How a page or a count finds what somebody searches. As of an instant the texts of then are tested, for which there is no index. */
  async searchPlan(scope: TenantScope, q: string | null, asOf: Date | null): Promise<SearchPlan> {
    if (q === null) return null;
    if (asOf !== null) return { text: q };
    const rows = await this.rows<{ id: string }>(scope, 'SELECT workload_id AS id FROM search_workloads($1, $2)', [q, FEW_MATCHES + 1]);
    return rows.length > FEW_MATCHES ? { every: q } : { ids: rows.map((row) => row.id) };
  }

  /**
   * How a page finds what is the caller's: by id while there is little of it, otherwise row by row along the order, which soon finds enough.
   * As of an instant always row by row.
   */
  async minePlan(scope: TenantScope, list: Pick<WorkloadListQuery, 'conditions'>, asOf: Date | null): Promise<readonly string[] | null> {
    const mine = list.conditions.find((condition) => condition.kind === 'mine');
    if (!mine || mine.negated || asOf !== null) return null;
    const rows = await this.rows<{ id: string }>(scope, `
      (SELECT workload_id AS id FROM owner_assignment WHERE tenant_id = $1 AND member_id = $2 AND status IN ('accepted', 'proposed') LIMIT $3)
      UNION ALL (SELECT id FROM workload WHERE tenant_id = $1 AND registrant_member_id = $2 AND listed LIMIT $3)`, [scope.tenantId, mine.memberId, FEW_MATCHES + 1]);
    return rows.length > FEW_MATCHES ? null : [...new Set(rows.map((row) => row.id))];
  }

  /** How every row that is asked for is found, for counts, selections and exports. */
  async findAll(scope: TenantScope, list: Pick<WorkloadListQuery, 'conditions'>, q: string | null, asOf: Date | null): Promise<Found> {
    return { asOf, search: await this.searchPlan(scope, q, asOf), mine: await this.minePlan(scope, list, asOf) };
  }

  /** Condition of a statement over `workload w`. */
  protected where(conditions: readonly Condition[], { asOf, search, mine }: Found, source: Source, parameters: Parameters): string {
    const parts = ['w.tenant_id = $1', 'w.listed', source.when('w'), ...conditions.map((condition) => conditionSql(condition, parameters, source, mine))];
    if (search !== null) parts.push(this.searched(search, asOf, parameters));
    return parts.join(' AND ');
  }

  /** Condition of a statement over `workload w` that a search asks for. */
  protected searched(search: Exclude<SearchPlan, null>, asOf: Date | null, parameters: Parameters): string {
    if ('ids' in search) return `w.id = ANY (${parameters.add([...search.ids])}::uuid[])`;
    // Not a join: what was found is hashed once, and the rows come in the order of their index.
    if ('every' in search) return `(w.id IN (SELECT workload_id FROM search_every_workload(${parameters.add(search.every)}))) IS TRUE`;
    const terms = `search_terms(${parameters.add(search.text)}) t`;
    return asOf === null
      ? `(SELECT bool_and(s.name LIKE t.pattern OR s.words @@ t.query) FROM workload_search s, ${terms} WHERE s.tenant_id = $1 AND s.workload_id = w.id)`
      : `(SELECT bool_and(lower(concat_ws(' ', w.name, w.key, w.team, w.business_unit)) LIKE t.pattern OR to_tsvector('simple'::regconfig, concat_ws(' ', w.purpose, w.description)) @@ t.query) FROM ${terms})`;
  }
}

/** Statement parameters; $1 is the organization. */
export class Parameters {
  readonly values: SqlValue[];

  constructor(tenantId: string) {
    this.values = [tenantId];
  }

  add(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const statedThen = (field: string): string => `(cardinality(facet_values_then(w, ${field})) > 0)`;

/** SQL of a condition. Column names come from the filter table and never from a request. */
function conditionSql(condition: Condition, parameters: Parameters, source: Source, mine: readonly string[] | null): string {
  switch (condition.kind) {
    case 'in': {
      // A single value as an equality, so that the index also gives the order.
      const [only, ...others] = condition.values;
      if (only !== undefined && others.length === 0 && !condition.negated && !condition.orNull) return `w.${condition.column} = ${parameters.add(only)}::${condition.type}`;
      // So that a partial index on "not this value" is seen to fit.
      if (only !== undefined && others.length === 0 && condition.negated && !condition.orNull) return `w.${condition.column} <> ${parameters.add(only)}::${condition.type}`;
      const list = `${parameters.add([...condition.values])}::${condition.type}[]`;
      const orNull = condition.orNull ? ` OR w.${condition.column} IS NULL` : '';
      return condition.negated ? `(w.${condition.column} <> ALL (${list})${orNull})` : `(w.${condition.column} = ANY (${list})${orNull})`;
    }
    case 'flag': return condition.value ? `w.${condition.column}` : `NOT w.${condition.column}`;
    case 'range': return `w.${condition.column} ${condition.operator} ${parameters.add(condition.at)}::timestamptz`;
    case 'compare': return `w.${condition.column} ${condition.operator} ${parameters.add(condition.value)}::${condition.type}`;
    case 'mine': {
      if (mine !== null) return `w.id = ANY (${parameters.add([...mine])}::uuid[])`;
      const me = `${parameters.add(condition.memberId)}::uuid`;
      const positive = `(w.registrant_member_id IS NOT DISTINCT FROM ${me} OR EXISTS (SELECT 1 FROM ${source.owner} a WHERE a.tenant_id = $1 AND a.workload_id = w.id AND a.member_id = ${me} AND a.status IN ('accepted', 'proposed') AND ${source.when('a')}))`;
      return condition.negated ? `NOT ${positive}` : positive;
    }
    case 'facetRange': {
      const field = parameters.add(condition.field);
      // Numbers are kept as text: compared as numbers, row by row within the field. Days compare as text, within the index.
      const compared = typeof condition.value === 'number'
        ? `CASE WHEN f.value ~ '^-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?$' THEN f.value::float8 ${condition.operator} ${parameters.add(condition.value)}::float8 ELSE false END`
        : `f.value ${condition.operator} ${parameters.add(condition.value)} AND f.value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`;
      return source.facets === 'row' ? `EXISTS (SELECT 1 FROM unnest(facet_values_then(w, ${field})) f(value) WHERE ${compared})`
        : `w.id IN (SELECT f.workload_id FROM workload_facet f WHERE f.tenant_id = $1 AND f.field = ${field} AND ${compared})`;
    }
    case 'set': return condition.type === 'instant' ? `w.${condition.column} ${condition.value ? '<' : '='} 'infinity'::timestamptz` : `w.${condition.column} IS ${condition.value ? 'NOT ' : ''}NULL`;
    case 'facet': {
      const values = `unnest(${parameters.add([...condition.values])}::text[]) v`;
      const wanted = condition.reference ? `SELECT normal_reference(v) FROM ${values}` : `SELECT v FROM ${values}`;
      const field = parameters.add(condition.field);
      const among = source.facets === 'row' ? `facet_values_then(w, ${field}) && ARRAY(${wanted})`
        : `w.id IN (SELECT f.workload_id FROM workload_facet f WHERE f.tenant_id = $1 AND f.field = ${field} AND f.value IN (${wanted}))`;
      const stated = source.facets === 'row' ? statedThen(field) : `EXISTS (SELECT 1 FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = ${field})`;
      const positive = condition.orUnstated ? `(${among} OR NOT ${stated})` : among;
      return condition.negated ? `NOT ${positive}` : positive;
    }
    case 'facetSet': {
      const field = parameters.add(condition.field);
      if (source.facets === 'row') return condition.value ? statedThen(field) : `NOT ${statedThen(field)}`;
      return condition.value ? `w.id IN (SELECT f.workload_id FROM workload_facet f WHERE f.tenant_id = $1 AND f.field = ${field})`
        : `NOT EXISTS (SELECT 1 FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = ${field})`;
    }
    case 'member': {
      // Ids stand in the statement as they are, so that the planner knows how many workloads they own; addresses are looked up.
      const [only, ...others] = condition.ids;
      const ids = `${parameters.add([...condition.ids])}::uuid[]`;
      const among = condition.emails.length > 0
        ? `= ANY (${ids} || ARRAY(SELECT m.id FROM member m WHERE m.tenant_id = $1 AND lower(m.email) = ANY (${parameters.add([...condition.emails])}::text[])))`
        : only !== undefined && others.length === 0 ? `= (${ids})[1]` : `= ANY (${ids})`;
      const positive = condition.role === 'risk_owner' ? `w.risk_owner_member_id ${among}`
        : `w.id IN (SELECT a.workload_id FROM ${source.owner} a WHERE a.tenant_id = $1 AND a.status ${condition.role === 'accountable' ? "= 'accepted'" : "IN ('accepted', 'proposed')"} AND a.member_id ${among} AND ${source.when('a')})`;
      return condition.negated ? `(${positive}) IS NOT TRUE` : positive;
    }
    case 'component': {
      // What a component is called never changes, so that its name of now is its name of then.
      const positive = `w.id IN (SELECT wc.workload_id FROM ${source.component} wc JOIN component c ON c.tenant_id = wc.tenant_id AND c.id = wc.component_id
        WHERE wc.tenant_id = $1 AND ${source.when('wc')} AND (c.id = ANY (${parameters.add([...condition.ids])}::uuid[]) OR lower(c.name) = ANY (${parameters.add(condition.names.map((name) => name.toLowerCase()))}::text[])))`;
      return condition.negated ? `NOT ${positive}` : positive;
    }
    case 'provider': {
      const positive = `w.id IN (SELECT wc.workload_id FROM ${source.component} wc JOIN component c ON c.tenant_id = wc.tenant_id AND c.id = wc.component_id
        WHERE wc.tenant_id = $1 AND ${source.when('wc')} AND lower(c.provider) = ANY (${parameters.add([...condition.names])}::text[]))`;
      return condition.negated ? `NOT ${positive}` : positive;
    }
  }
}
