import {
  AUTONOMY_LEVELS, DATA_CLASSES, EU_AI_ACT_CLASSES, EU_AI_ACT_ROLES, EXPOSURES, LIFECYCLES, OPERATIONS, RISK_TIERS, STAGES, TRI_STATES, USERS_AFFECTED, WORKLOAD_KINDS,
} from '@roster/contracts';
import { isId } from '@roster/platform-context';
import { MOMENT_FORMS, readDay, readMoment, type FilterOperator } from '@roster/platform-http';

/** How the values of a filter are read and which column or index answers it. */
export type FilterKind =
  /** A column with a fixed set of values. */
  | { readonly kind: 'choice'; readonly column: string; readonly values: readonly string[]; readonly nullable?: boolean }
  /** A whole number from 0; NULL means not known. */
  | { readonly kind: 'count'; readonly column: string }
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
  /** Where the caller is an owner, accepted or proposed, or who registered it. */
  | { readonly kind: 'mine' }
  /** Anybody who answers for it in any role, or was asked to. `accepted`: who was asked does not count. */
  | { readonly kind: 'owner'; readonly accepted?: true }
  | { readonly kind: 'component' }
  /** Who provides one of its components, without regard to case. */
  | { readonly kind: 'provider' }
  /** Multi-valued and tenant-defined fields, through the facet index. `unstated`: the value that has no row. */
  | { readonly kind: 'facet'; readonly field: string; readonly values?: readonly string[]; readonly unstated?: string; readonly reference?: boolean };

const facet = (field: string, values?: readonly string[], unstated?: string): FilterKind => ({ kind: 'facet', field, ...(values ? { values } : {}), ...(unstated ? { unstated } : {}) });

/** Every filter of the list by its name; `custom.<key>` besides. */
export const FILTERS: Readonly<Record<string, FilterKind>> = {
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
  riskOwner: { kind: 'member', column: 'risk_owner_member_id' }, owner: { kind: 'owner' }, accountable: { kind: 'owner', accepted: true }, component: { kind: 'component' }, provider: { kind: 'provider' }, import: { kind: 'id', column: 'import_id', nullable: true },
  updatedAt: { kind: 'instant', column: 'updated_at', nullable: false }, registeredAt: { kind: 'instant', column: 'registered_at', nullable: false },
  nextReviewDueAt: { kind: 'instant', column: 'next_review_sort', nullable: true },
  fallsAt: { kind: 'instant', column: 'falls_sort', nullable: true }, missingEvidence: { kind: 'count', column: 'missing_evidence' },
  piiOrTools: { kind: 'choice', column: 'pii_or_tools', values: TRI_STATES }, mine: { kind: 'mine' },
  downstreamChange: facet('downstreamChange', TRI_STATES, 'unknown'), maintained: facet('maintained', TRI_STATES, 'unknown'),
  exposure: facet('exposure', EXPOSURES), operation: facet('operation', OPERATIONS), autonomyLevel: facet('autonomyLevel', AUTONOMY_LEVELS),
  euAiActRole: facet('euAiActRole', EU_AI_ACT_ROLES), euAiActClass: facet('euAiActClass', EU_AI_ACT_CLASSES), usersAffected: facet('usersAffected', USERS_AFFECTED), dataClasses: facet('dataClasses', DATA_CLASSES),
  statedStage: facet('statedStage'), tags: facet('tags'), environments: facet('environments'), specialCategories: facet('specialCategories'), jurisdictions: facet('jurisdictions'),
  repositories: { kind: 'facet', field: 'repositories', reference: true }, interfaces: { kind: 'facet', field: 'interfaces', reference: true },
};

const COMPARING: readonly FilterOperator[] = ['lt', 'lte', 'gt', 'gte'];
const operatorsOf = (filter: FilterKind): readonly FilterOperator[] => {
  switch (filter.kind) {
    case 'rank': return ['ne', ...COMPARING, 'empty'];
    case 'count': return ['ne', ...COMPARING, 'empty'];
    case 'instant': return [...COMPARING, ...(filter.nullable ? ['empty' as const] : [])];
    case 'choice': return ['ne', ...(filter.nullable ? ['empty' as const] : [])];
    case 'folded': case 'id': case 'member': case 'facet': return ['ne', 'empty'];
    case 'key': case 'owner': case 'component': case 'provider': return ['ne'];
    case 'flag': case 'mine': return [];
  }
};
/** Operators by filter, for the list and its documentation. Custom fields compare dates and numbers. */
export const FILTER_OPERATIONS: Readonly<Record<string, readonly FilterOperator[]>> = {
  ...Object.fromEntries(Object.entries(FILTERS).map(([name, filter]) => [name, operatorsOf(filter)] as const).filter(([, operators]) => operators.length > 0)),
  'custom.*': ['ne', ...COMPARING, 'empty'],
};

export type Comparison = '>=' | '>' | '<' | '<=';

/** One condition of a list. Conditions are joined with AND, their values with OR. */
export type Condition =
  | { readonly kind: 'in'; readonly column: string; readonly type: 'text' | 'smallint' | 'integer' | 'uuid'; readonly values: readonly (string | number)[]; readonly negated: boolean; readonly orNull: boolean }
  | { readonly kind: 'flag'; readonly column: string; readonly value: boolean }
  | { readonly kind: 'range'; readonly column: string; readonly operator: Comparison; readonly at: Date }
  | { readonly kind: 'compare'; readonly column: string; readonly type: 'smallint' | 'integer'; readonly operator: Comparison; readonly value: number }
  | { readonly kind: 'set'; readonly column: string; readonly type: 'instant' | 'uuid' | 'integer'; readonly value: boolean }
  | { readonly kind: 'facet'; readonly field: string; readonly values: readonly string[]; readonly negated: boolean; readonly orUnstated: boolean; readonly reference: boolean }
  /** Custom dates as text, custom numbers as numbers. */
  | { readonly kind: 'facetRange'; readonly field: string; readonly operator: Comparison; readonly value: string | number }
  | { readonly kind: 'mine'; readonly memberId: string; readonly negated: boolean }
  | { readonly kind: 'facetSet'; readonly field: string; readonly value: boolean }
  | { readonly kind: 'member'; readonly role: 'risk_owner' | 'any' | 'accountable'; readonly ids: readonly string[]; readonly emails: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'component'; readonly ids: readonly string[]; readonly names: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'provider'; readonly names: readonly string[]; readonly negated: boolean };

const LONGEST_FACET = 200;
const EMPTY = /^(is[ :])?empty$/i;
const NOT_EMPTY = /^(is[ :])?(not[ :-]empty|set)$/i;

/** What became of the values of one filter. */
export interface Reading {
  readonly found: Condition[];
  readonly wrong: string[];
}

/** What a filter needs to know besides its values. */
export interface FilterContext {
  /** The instant that relative dates start from. */
  readonly now: Date;
  /** Member id of the caller, for `me` and `mine`. */
  readonly me: string;
}

/** Reads `filter[name]=value`. */
export function readFilter(filter: FilterKind, asked: readonly string[], { now, me }: FilterContext): Reading {
  if (filter.kind === 'instant') return readInstants(filter, asked, now);
  const values = filter.kind === 'member' || filter.kind === 'owner' ? asked.map((value) => value.replace(/^(not:)?me$/i, `$1${me}`)) : asked.map((value) => (isUnset(filter, value.replace(/^not:/i, '')) ? value.replace(/unknown$/, 'is empty') : value));
  if (values.length === 1 && (EMPTY.test(values[0] ?? '') || NOT_EMPTY.test(values[0] ?? ''))) return readEmpty(filter, EMPTY.test(values[0] ?? ''));
  const negated = values.length > 0 && values.every((value) => /^not:/i.test(value));
  if (!negated && values.some((value) => /^not:/i.test(value))) return { found: [], wrong: ['expected either values or not: values, not both'] };
  const given = values.map((value) => (negated ? value.slice('not:'.length) : value).trim());
  const wanted = given.filter((value) => !EMPTY.test(value));
  const orNull = wanted.length < given.length;
  if (orNull && !['rank', 'choice', 'folded', 'count', 'facet'].includes(filter.kind)) return { found: [], wrong: ['expected "is empty" alone here'] };
  return readValues(filter, wanted, negated, orNull, me);
}

/** `unknown` names what is not set, where it is no value of its own: unknown is never left out silently. */
const isUnset = (filter: FilterKind, value: string): boolean =>
  value === 'unknown' && (filter.kind === 'rank' || filter.kind === 'count' || (filter.kind === 'choice' && filter.nullable === true) || (filter.kind === 'facet' && filter.values !== undefined && !filter.values.includes('unknown')));

/** Reads `filter[name][operator]=value`. What is not known is in none of the comparisons: unknown never passes. */
export function readOperation(filter: FilterKind, operator: FilterOperator, values: readonly string[], context: FilterContext): Reading {
  if (operator === 'ne') return readFilter(filter, values.map((value) => (/^not:/i.test(value) ? value : `not:${value}`)), context);
  const [value = ''] = values;
  if (values.length !== 1) return { found: [], wrong: ['expected once'] };
  if (operator === 'empty') return ['yes', 'no'].includes(value) ? readEmpty(filter, value === 'yes') : { found: [], wrong: ['expected yes or no'] };
  return readComparison(filter, COMPARISONS[operator], value.trim(), context.now);
}

const COMPARISONS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function readComparison(filter: FilterKind, operator: Comparison, value: string, now: Date): Reading {
  const one = (...found: Condition[]): Reading => ({ found, wrong: [] });
  switch (filter.kind) {
    case 'rank': {
      const rank = filter.values.indexOf(value) + 1;
      if (rank === 0) return { found: [], wrong: [`expected one of ${filter.values.join(', ')}`] };
      // 0 is "not set", which is neither less nor more.
      const known: Condition[] = operator.startsWith('<') ? [{ kind: 'compare', column: filter.column, type: 'smallint', operator: '>', value: 0 }] : [];
      return one({ kind: 'compare', column: filter.column, type: 'smallint', operator, value: rank }, ...known);
    }
    case 'count': return isCount(value) ? one({ kind: 'compare', column: filter.column, type: 'integer', operator, value: Number(value) }) : { found: [], wrong: [NOT_COUNT] };
    case 'instant': {
      const at = readMoment(value, now, operator);
      return at ? one(...bounded(filter, operator, at)) : { found: [], wrong: [`expected ${MOMENT_FORMS}, not ${JSON.stringify(value)}`] };
    }
    case 'facet': {
      if (/^-?\d+(\.\d+)?$/.test(value)) return one({ kind: 'facetRange', field: filter.field, operator, value: Number(value) });
      const at = readMoment(value, now, operator);
      return at ? one({ kind: 'facetRange', field: filter.field, operator, value: at.toISOString().slice(0, 10) }) : { found: [], wrong: [`expected a number, ${MOMENT_FORMS}`] };
    }
    default: return { found: [], wrong: ['this filter compares nothing'] };
  }
}

const NOT_COUNT = 'expected a whole number from 0, or unknown';
const isCount = (value: string): boolean => /^\d{1,6}$/.test(value);

/** A lower bound leaves out what is never: that stands at infinity. */
function bounded(filter: Extract<FilterKind, { kind: 'instant' }>, operator: Comparison, at: Date): Condition[] {
  const range: Condition = { kind: 'range', column: filter.column, operator, at };
  return operator.startsWith('>') && filter.nullable ? [range, { kind: 'set', column: filter.column, type: 'instant', value: true }] : [range];
}

function readValues(filter: FilterKind, values: readonly string[], negated: boolean, orNull: boolean, me: string): Reading {
  const oneOf = (allowed: readonly string[]): string[] => values.filter((value) => !allowed.includes(value)).map((value) => `expected one of ${allowed.join(', ')}, or "is empty", not ${JSON.stringify(value)}`);
  switch (filter.kind) {
    case 'rank': return { found: [{ kind: 'in', column: filter.column, type: 'smallint', values: [...values.map((value) => filter.values.indexOf(value) + 1), ...(orNull ? [0] : [])], negated, orNull: false }], wrong: oneOf(filter.values) };
    case 'choice':
      return { found: [{ kind: 'in', column: filter.column, type: 'text', values: [...values, ...(orNull ? [''] : [])], negated, orNull: false }],
        wrong: [...oneOf(filter.values), ...(orNull && !filter.nullable ? ['this field is never empty'] : [])] };
    case 'count': {
      // Unknown alone: a comparison with no value at all would hold for every row.
      const unknownOnly = orNull && values.length === 0;
      const found: Condition = unknownOnly ? { kind: 'set', column: filter.column, type: 'integer', value: negated } : { kind: 'in', column: filter.column, type: 'integer', values: values.map(Number), negated, orNull: orNull !== negated };
      return { found: [found], wrong: values.filter((value) => !isCount(value)).map(() => NOT_COUNT) };
    }
    case 'mine': return { found: [{ kind: 'mine', memberId: me, negated: values[0] === 'false' }], wrong: values.length === 1 && ['true', 'false'].includes(values[0] ?? '') && !negated ? [] : ['expected true or false, once'] };
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
      return { found: [{ kind: 'member', role: filter.kind !== 'owner' ? 'risk_owner' : filter.accepted ? 'accountable' : 'any', ids: values.filter((value) => isId(value)), emails: values.filter((value) => value.includes('@')).map((value) => value.toLowerCase()), negated }], wrong };
    }
    case 'component': return { found: [{ kind: 'component', ids: values.filter((value) => isId(value)), names: values.filter((value) => !isId(value)), negated }], wrong: [] };
    case 'provider': return { found: [{ kind: 'provider', names: values.map((value) => value.toLowerCase()), negated }], wrong: [] };
    case 'facet': {
      const wrong = [...(filter.values ? oneOf(filter.values) : []), ...values.filter((value) => value === '' || value.length > LONGEST_FACET).map(() => `expected 1 to ${LONGEST_FACET} characters; longer values cannot be filtered`)];
      const stated = values.filter((value) => value !== filter.unstated);
      const folded = stated.map((value) => (filter.values ? value : value.toLowerCase()));
      return { found: [{ kind: 'facet', field: filter.field, values: folded, negated, orUnstated: orNull || stated.length < values.length, reference: filter.reference ?? false }], wrong };
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
    case 'instant': return filter.nullable ? { found: [{ kind: 'set', column: filter.column, type: 'instant', value: !empty }], wrong: [] } : wrong('this time is never empty');
    case 'member': return { found: [{ kind: 'set', column: filter.column, type: 'uuid', value: !empty }], wrong: [] };
    case 'count': return { found: [{ kind: 'set', column: filter.column, type: 'integer', value: !empty }], wrong: [] };
    case 'id': return { found: [{ kind: 'set', column: filter.column, type: 'uuid', value: !empty }], wrong: [] };
    case 'facet': return { found: [{ kind: 'facetSet', field: filter.field, value: !empty }], wrong: [] };
    default: return wrong('this filter knows no empty; filter by a value');
  }
}

const RELATIVE = /^(next|last)[ :](\d{1,4}) ?(h|d|w)$/i;
const COMPARED = /^(>=|<=|>|<)(.+)$/;
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** `next 30d`, `last 7d`, `>=2026-01-01`, `<2026-02-01T00:00:00Z` (a moment as the operators take it), a day, `is empty`. Several are joined with AND, so that they make a range. */
function readInstants(filter: Extract<FilterKind, { kind: 'instant' }>, values: readonly string[], now: Date): Reading {
  const found: Condition[] = [];
  const wrong: string[] = [];
  const range = (operator: Comparison, at: Date): void => void found.push({ kind: 'range', column: filter.column, operator, at });
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
      const operator = compared[1] as Comparison;
      const at = readMoment(compared[2]?.trim() ?? '', now, operator);
      if (at) found.push(...bounded(filter, operator, at));
      else wrong.push(`expected ${MOMENT_FORMS} after ${operator}, not ${JSON.stringify(compared[2])}`);
    } else if (day) {
      range('>=', day);
      range('<', new Date(day.getTime() + 86_400_000));
    } else wrong.push(`expected "next 30d", "last 7d", ">=2026-05-01", "<2026-05-01T12:00:00Z", a day in UTC${filter.nullable ? ', "is empty"' : ''}, not ${JSON.stringify(value)}`);
  }
  return { found, wrong };
}
