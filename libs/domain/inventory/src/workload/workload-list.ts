import {
  AUTONOMY_LEVELS, DATA_CLASSES, EU_AI_ACT_CLASSES, EU_AI_ACT_ROLES, EXPOSURES, LIFECYCLES, OPERATIONS, RISK_TIERS, STAGES, TRI_STATES, USERS_AFFECTED, WORKLOAD_KINDS,
} from '@roster/contracts';
import { isId } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import type { ListQuery, ListSpec } from '@roster/platform-http';

/** How the values of a filter are read and which column or index answers it. */
type FilterKind =
  /** A column with a fixed set of values. */
  | { readonly kind: 'choice'; readonly column: string; readonly values: readonly string[]; readonly nullable?: boolean }
  /** A column of ranks: the value is its place in the ladder, counted from 1; 0 means not set. */
  | { readonly kind: 'rank'; readonly column: string; readonly values: readonly string[] }
  /** A text column that is compared without regard to case; '' means not set. */
  | { readonly kind: 'folded'; readonly column: string }
  | { readonly kind: 'key'; readonly column: string }
  | { readonly kind: 'flag'; readonly column: string }
  | { readonly kind: 'instant'; readonly column: string; readonly nullable: boolean }
  | { readonly kind: 'id'; readonly column: string; readonly nullable?: boolean }
  /** The risk owner: a member id or an e-mail address. */
  | { readonly kind: 'member'; readonly column: string }
  /** Anybody who answers for it in any role. */
  | { readonly kind: 'owner' }
  | { readonly kind: 'component' }
  /** Multi-valued and tenant-defined fields, through the facet index. `unstated`: the value that has no row. */
  | { readonly kind: 'facet'; readonly field: string; readonly values?: readonly string[]; readonly unstated?: string; readonly reference?: boolean };

const facet = (field: string, values?: readonly string[], unstated?: string): FilterKind => ({ kind: 'facet', field, ...(values ? { values } : {}), ...(unstated ? { unstated } : {}) });

const FILTERS: Readonly<Record<string, FilterKind>> = {
  stage: { kind: 'rank', column: 'stage_rank', values: STAGES },
  riskTier: { kind: 'rank', column: 'risk_rank', values: RISK_TIERS },
  kind: { kind: 'choice', column: 'kind_sort', values: WORKLOAD_KINDS, nullable: true },
  lifecycle: { kind: 'choice', column: 'lifecycle', values: LIFECYCLES },
  processesRealData: { kind: 'choice', column: 'processes_real_data', values: TRI_STATES },
  handlesPii: { kind: 'choice', column: 'handles_pii', values: TRI_STATES },
  executesTools: { kind: 'choice', column: 'executes_tools', values: TRI_STATES },
  riskOwnerStatus: { kind: 'choice', column: 'risk_owner_status', values: ['none', 'proposed', 'accepted'] },
  team: { kind: 'folded', column: 'team_sort' }, businessUnit: { kind: 'folded', column: 'business_unit_sort' }, name: { kind: 'folded', column: 'name_sort' }, key: { kind: 'key', column: 'key' },
  hardening: { kind: 'flag', column: 'hardening' }, undetermined: { kind: 'flag', column: 'undetermined' }, frozen: { kind: 'flag', column: 'frozen' },
  incomplete: { kind: 'flag', column: 'incomplete' }, unowned: { kind: 'flag', column: 'unowned' },
  riskOwner: { kind: 'member', column: 'risk_owner_member_id' }, owner: { kind: 'owner' }, component: { kind: 'component' }, import: { kind: 'id', column: 'import_id', nullable: true },
  updatedAt: { kind: 'instant', column: 'updated_at', nullable: false }, registeredAt: { kind: 'instant', column: 'registered_at', nullable: false },
  nextReviewDueAt: { kind: 'instant', column: 'next_review_sort', nullable: true },
  downstreamChange: facet('downstreamChange', TRI_STATES, 'unknown'), maintained: facet('maintained', TRI_STATES, 'unknown'),
  exposure: facet('exposure', EXPOSURES), operation: facet('operation', OPERATIONS), autonomyLevel: facet('autonomyLevel', AUTONOMY_LEVELS),
  euAiActRole: facet('euAiActRole', EU_AI_ACT_ROLES), euAiActClass: facet('euAiActClass', EU_AI_ACT_CLASSES), usersAffected: facet('usersAffected', USERS_AFFECTED), dataClasses: facet('dataClasses', DATA_CLASSES),
  statedStage: facet('statedStage'), tags: facet('tags'), environments: facet('environments'), specialCategories: facet('specialCategories'), jurisdictions: facet('jurisdictions'),
  repositories: { kind: 'facet', field: 'repositories', reference: true }, interfaces: { kind: 'facet', field: 'interfaces', reference: true },
};

/** A column to sort by: the key of a page is its value, then `updated_at` where many rows share a value, then the id. */
interface SortKey {
  readonly columns: readonly { readonly sql: string; readonly type: 'text' | 'timestamptz' | 'smallint' }[];
}
const UPDATED = { sql: 'updated_at', type: 'timestamptz' } as const;
const SORTS: Readonly<Record<string, SortKey>> = {
  updatedAt: { columns: [UPDATED] }, name: { columns: [{ sql: 'name_sort', type: 'text' }] }, key: { columns: [{ sql: 'key', type: 'text' }] },
  registeredAt: { columns: [{ sql: 'registered_at', type: 'timestamptz' }] }, nextReviewDueAt: { columns: [{ sql: 'next_review_sort', type: 'timestamptz' }] },
  stage: { columns: [{ sql: 'stage_rank', type: 'smallint' }, UPDATED] }, riskTier: { columns: [{ sql: 'risk_rank', type: 'smallint' }, UPDATED] },
  kind: { columns: [{ sql: 'kind_sort', type: 'text' }, UPDATED] }, team: { columns: [{ sql: 'team_sort', type: 'text' }, UPDATED] }, businessUnit: { columns: [{ sql: 'business_unit_sort', type: 'text' }, UPDATED] },
};

/** The list of workloads: every filter may be repeated (alternatives), negated with `not:`, or be `is empty` / `is not empty`. */
export const WORKLOAD_LIST: ListSpec = { filters: [...Object.keys(FILTERS), 'custom.*'], sorts: ['-updatedAt', ...Object.keys(SORTS).filter((name) => name !== 'updatedAt')], search: true, asOf: true };

/** One condition of a list. Conditions are joined with AND, their values with OR. */
export type Condition =
  | { readonly kind: 'in'; readonly column: string; readonly type: 'text' | 'smallint' | 'uuid'; readonly values: readonly (string | number)[]; readonly negated: boolean; readonly orNull: boolean }
  | { readonly kind: 'flag'; readonly column: string; readonly value: boolean }
  | { readonly kind: 'range'; readonly column: string; readonly operator: '>=' | '>' | '<' | '<='; readonly at: Date }
  | { readonly kind: 'set'; readonly column: string; readonly type: 'instant' | 'uuid'; readonly value: boolean }
  | { readonly kind: 'facet'; readonly field: string; readonly values: readonly string[]; readonly negated: boolean; readonly orUnstated: boolean; readonly reference: boolean }
  | { readonly kind: 'facetSet'; readonly field: string; readonly value: boolean }
  | { readonly kind: 'member'; readonly role: 'risk_owner' | 'any'; readonly ids: readonly string[]; readonly emails: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'component'; readonly ids: readonly string[]; readonly names: readonly string[]; readonly negated: boolean };

export interface WorkloadListQuery {
  readonly conditions: readonly Condition[];
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Values of the sort columns and the id after which the page starts. */
  readonly after: readonly (string | number)[] | null;
}

const LONGEST_FACET = 200;
const EMPTY = /^(is[ :])?empty$/i;
const NOT_EMPTY = /^(is[ :])?(not[ :-]empty|set)$/i;

/**
 * Turns the list parameters into conditions (api.md, Conventions).
 * @param now the instant that relative dates start from
 * @throws PLATFORM_REQUEST_INVALID naming each filter value that cannot be used and what was expected; PLATFORM_CURSOR_INVALID
 */
export function readWorkloadList(query: ListQuery, now: Date): WorkloadListQuery {
  const errors: FieldError[] = [];
  const conditions = [...query.filters].flatMap(([name, values]) => {
    const filter: FilterKind = FILTERS[name] ?? { kind: 'facet', field: name };
    const { found, wrong } = readFilter(filter, values, now);
    errors.push(...wrong.map((message) => ({ path: `filter[${name}]`, code: 'not_filter_value', message })));
    return found;
  });
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some filters are not valid.', { errors });
  const sort = SORTS[query.sort.field] as SortKey;
  return { conditions, sort, descending: query.sort.descending, after: query.cursor === null ? null : readCursor(sort, query.cursor) };
}

interface Reading {
  readonly found: Condition[];
  readonly wrong: string[];
}

function readFilter(filter: FilterKind, values: readonly string[], now: Date): Reading {
  if (filter.kind === 'instant') return readInstants(filter, values, now);
  if (values.length === 1 && (EMPTY.test(values[0] ?? '') || NOT_EMPTY.test(values[0] ?? ''))) return readEmpty(filter, EMPTY.test(values[0] ?? ''));
  const negated = values.length > 0 && values.every((value) => /^not:/i.test(value));
  if (!negated && values.some((value) => /^not:/i.test(value))) return { found: [], wrong: ['expected either values or not: values, not both'] };
  const given = values.map((value) => (negated ? value.slice('not:'.length) : value).trim());
  const wanted = given.filter((value) => !EMPTY.test(value));
  const orNull = wanted.length < given.length;
  if (orNull && !['rank', 'choice', 'folded'].includes(filter.kind)) return { found: [], wrong: ['expected "is empty" alone here'] };
  return readValues(filter, wanted, negated, orNull);
}

function readValues(filter: FilterKind, values: readonly string[], negated: boolean, orNull: boolean): Reading {
  const oneOf = (allowed: readonly string[]): string[] => values.filter((value) => !allowed.includes(value)).map((value) => `expected one of ${allowed.join(', ')}, or "is empty", not ${JSON.stringify(value)}`);
  switch (filter.kind) {
    case 'rank': return { found: [{ kind: 'in', column: filter.column, type: 'smallint', values: [...values.map((value) => filter.values.indexOf(value) + 1), ...(orNull ? [0] : [])], negated, orNull: false }], wrong: oneOf(filter.values) };
    case 'choice':
      return { found: [{ kind: 'in', column: filter.column, type: 'text', values: [...values, ...(orNull ? [''] : [])], negated, orNull: false }],
        wrong: [...oneOf(filter.values), ...(orNull && !filter.nullable ? ['this field is never empty'] : [])] };
    case 'folded': return { found: [{ kind: 'in', column: filter.column, type: 'text', values: [...values.map((value) => value.toLowerCase()), ...(orNull ? [''] : [])], negated, orNull: false }], wrong: [] };
    case 'key': return { found: [{ kind: 'in', column: filter.column, type: 'text', values: values.map((value) => value.toUpperCase()), negated, orNull: false }], wrong: [] };
    case 'id': return { found: [{ kind: 'in', column: filter.column, type: 'uuid', values, negated, orNull: negated }], wrong: values.filter((value) => !isId(value)).map((value) => `expected an id or "is empty", not ${JSON.stringify(value)}`) };
    case 'flag': {
      const flags = [...new Set(values)];
      const wrong = flags.length === 1 && ['true', 'false'].includes(flags[0] ?? '') && !negated ? [] : ['expected true or false, once'];
      return { found: [{ kind: 'flag', column: filter.column, value: flags[0] === 'true' }], wrong };
    }
    case 'member':
    case 'owner': {
      const wrong = values.filter((value) => !value.includes('@') && !isId(value)).map((value) => `expected a member id, an e-mail address or "is empty", not ${JSON.stringify(value)}`);
      return { found: [{ kind: 'member', role: filter.kind === 'owner' ? 'any' : 'risk_owner', ids: values.filter((value) => isId(value)), emails: values.filter((value) => value.includes('@')).map((value) => value.toLowerCase()), negated }], wrong };
    }
    case 'component': return { found: [{ kind: 'component', ids: values.filter((value) => isId(value)), names: values.filter((value) => !isId(value)), negated }], wrong: [] };
    case 'facet': {
      const wrong = [...(filter.values ? oneOf(filter.values) : []), ...values.filter((value) => value === '' || value.length > LONGEST_FACET).map(() => `expected 1 to ${LONGEST_FACET} characters; longer values cannot be filtered`)];
      const stated = values.filter((value) => value !== filter.unstated);
      const folded = stated.map((value) => (filter.values ? value : value.toLowerCase()));
      return { found: [{ kind: 'facet', field: filter.field, values: folded, negated, orUnstated: stated.length < values.length, reference: filter.reference ?? false }], wrong };
    }
    case 'instant': return { found: [], wrong: [] };
  }
}

function readEmpty(filter: FilterKind, empty: boolean): Reading {
  const wrong = (message: string): Reading => ({ found: [], wrong: [message] });
  switch (filter.kind) {
    case 'rank': return { found: [{ kind: 'in', column: filter.column, type: 'smallint', values: [0], negated: !empty, orNull: false }], wrong: [] };
    case 'folded': return { found: [{ kind: 'in', column: filter.column, type: 'text', values: [''], negated: !empty, orNull: false }], wrong: [] };
    case 'choice': return filter.nullable ? { found: [{ kind: 'in', column: filter.column, type: 'text', values: [''], negated: !empty, orNull: false }], wrong: [] } : wrong('this field is never empty; filter by one of its values');
    case 'member': return { found: [{ kind: 'set', column: filter.column, type: 'uuid', value: !empty }], wrong: [] };
    case 'id': return { found: [{ kind: 'set', column: filter.column, type: 'uuid', value: !empty }], wrong: [] };
    case 'facet': return { found: [{ kind: 'facetSet', field: filter.field, value: !empty }], wrong: [] };
    default: return wrong('this filter knows no empty; filter by a value');
  }
}

const RELATIVE = /^(next|last)[ :](\d{1,4}) ?(h|d|w)$/i;
const COMPARED = /^(>=|<=|>|<)(.+)$/;
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** `next 30d`, `last 7d`, `>=2026-01-01`, `<2026-02-01T00:00:00Z`, a day, `is empty`. Several are joined with AND, so that they make a range. */
function readInstants(filter: Extract<FilterKind, { kind: 'instant' }>, values: readonly string[], now: Date): Reading {
  const found: Condition[] = [];
  const wrong: string[] = [];
  const range = (operator: '>=' | '>' | '<' | '<=', at: Date): void => void found.push({ kind: 'range', column: filter.column, operator, at });
  for (const value of values.map((one) => one.trim())) {
    const relative = RELATIVE.exec(value);
    const compared = COMPARED.exec(value);
    const day = readDay(value);
    if (EMPTY.test(value) || NOT_EMPTY.test(value)) {
      if (filter.nullable) found.push({ kind: 'set', column: filter.column, type: 'instant', value: !EMPTY.test(value) });
      else wrong.push('this time is never empty');
    } else if (relative) {
      const [, direction, amount, unit] = relative;
      const span = Number(amount) * (HOURS[(unit ?? '').toLowerCase()] ?? 0) * 3_600_000;
      const ahead = direction?.toLowerCase() === 'next';
      range('>=', ahead ? now : new Date(now.getTime() - span));
      range('<=', ahead ? new Date(now.getTime() + span) : now);
    } else if (compared) {
      const at = readDay(compared[2]?.trim() ?? '') ?? readInstant(compared[2]?.trim() ?? '');
      if (at) range(compared[1] as '>=', at);
      else wrong.push(`expected a day or an instant after ${compared[1] ?? ''}, not ${JSON.stringify(compared[2])}`);
    } else if (day) {
      range('>=', day);
      range('<', new Date(day.getTime() + 86_400_000));
    } else wrong.push(`expected "next 30d", "last 7d", ">=2026-05-01", "<2026-05-01T12:00:00Z", a day in UTC${filter.nullable ? ', "is empty"' : ''}, not ${JSON.stringify(value)}`);
  }
  return { found, wrong };
}

function readDay(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

function readInstant(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

function readCursor(sort: SortKey, cursor: NonNullable<ListQuery['cursor']>): (string | number)[] {
  const types = [...sort.columns.map(({ type }) => type), 'uuid'];
  const fits = cursor.length === types.length && cursor.every((value, index) => {
    switch (types[index]) {
      case 'smallint': return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100;
      case 'timestamptz': return value === 'infinity' || (typeof value === 'string' && readInstant(value) !== null);
      case 'uuid': return isId(value);
      // PostgreSQL cannot store a NUL in text, so that no cursor of ours has one.
      default: return typeof value === 'string' && !value.includes('\0');
    }
  });
  if (!fits) throw problem('PLATFORM_CURSOR_INVALID', 'Use nextCursor of the previous page, with the same sort, or start without a cursor.');
  return cursor as (string | number)[];
}
