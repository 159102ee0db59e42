import { bodyOf, eachItem, type paths, type RosterClient, type Schemas } from '@roster/api-client';
import { EXIT } from './complaint.js';
import { parsePairs } from './import.command.js';
import { pairs, table, type Output } from './output.js';

type Item = Schemas['WorkloadItemDto'];
type ListParameters = NonNullable<paths['/api/v1/workloads']['get']['parameters']['query']>;
const PAGE = 200;

export interface ListWorkloadsOptions {
  readonly stage: string[];
  readonly riskTier: string[];
  readonly team: string[];
  /** `field=value`, any filter of the API. */
  readonly filter: string[];
  readonly search?: string;
  readonly sort?: string;
  /** Most rows; 0 = all. */
  readonly limit: number;
  readonly count?: boolean;
}

const stageOf = (item: Item): string => [item.lifecycle === 'retired' ? 'retired' : (item.stage ?? 'not classified'), item.hardening ? 'hardening' : '', item.undetermined ? 'undetermined' : '', item.frozen ? 'frozen' : ''].filter(Boolean).join(', ');
const day = (instant: string | null): string => instant?.slice(0, 10) ?? '';

/** `roster workload list` */
export async function listWorkloads(client: RosterClient, options: ListWorkloadsOptions, output: Output): Promise<number> {
  const filters: Record<string, string[]> = {};
  const add = (field: string, values: readonly string[]): void => { if (values.length > 0) filters[`filter[${field}]`] = [...(filters[`filter[${field}]`] ?? []), ...values]; };
  add('stage', options.stage);
  add('riskTier', options.riskTier);
  add('team', options.team);
  for (const text of options.filter) for (const [field, value] of Object.entries(parsePairs('--filter', [text], 'first'))) add(field, [value]);
  const most = options.limit === 0 ? Number.POSITIVE_INFINITY : options.limit;
  let total: number | undefined;
  let truncated = false;
  const items: Item[] = [];
  for await (const item of eachItem<Item>(async (cursor) => {
    const query = { ...filters, q: options.search, sort: options.sort, limit: Math.min(PAGE, most), count: options.count && cursor === undefined ? true : undefined, cursor } as ListParameters;
    const page = await bodyOf(client.GET('/api/v1/workloads', { params: { query } }));
    total ??= page.total;
    return page;
  })) {
    if (items.length >= most) {
      truncated = true;
      break;
    }
    items.push(item);
  }
  output.result({ items, truncated, ...(total === undefined ? {} : { total }) }, () => [
    table(['Key', 'Name', 'Stage', 'Risk', 'Team', 'Risk owner', 'Next review'], items.map((item) => [item.key, item.name, stageOf(item), item.riskTier, item.team, item.riskOwner?.name ?? item.riskOwner?.email, day(item.nextReviewDueAt)])),
    ...(total === undefined ? [] : [`${total} in all`]), ...(truncated ? [`There are more: --limit 0 shows all.`] : []),
  ].join('\n'));
  return EXIT.ok;
}

/** `roster workload get` */
export async function getWorkload(client: RosterClient, key: string, output: Output): Promise<number> {
  const item = await bodyOf(client.GET('/api/v1/workloads/{key}', { params: { path: { key } } }));
  output.result(item, () => [
    pairs([
      ['Key', item.key], ['Name', item.name], ['Kind', item.kind], ['Purpose', item.purpose], ['Team', item.team], ['Stage', stageOf(item)], ['Risk tier', item.riskTier ?? 'not set (treated as critical)'],
      ['Lifecycle', item.lifecycle], ['Next review', day(item.nextReviewDueAt)], ['Missing', item.missing.join(', ')], ['Id', item.id],
    ]),
    '', table(['Fact', 'Value', 'Provenance', 'Since'], Object.entries(item.facts).map(([name, fact]) => [name, fact.value, fact.provenance, day(fact.at)])),
    ...(item.owners.length > 0 ? ['', table(['Role', 'Who', 'Status'], item.owners.map((owner) => [[owner.role, owner.domain, owner.position === 'deputy' ? 'deputy' : ''].filter(Boolean).join(' '), owner.name ?? owner.email, owner.status]))] : []),
  ].join('\n'));
  return EXIT.ok;
}

export interface RegisterOptions {
  readonly kind: string;
  readonly purpose: string;
  readonly team: string;
  /** `me`, a member id or an e-mail address. */
  readonly riskOwner: string;
  readonly realData: 'yes' | 'no' | 'unknown';
  readonly key?: string;
  readonly pii?: 'yes' | 'no' | 'unknown';
  readonly tools?: 'yes' | 'no' | 'unknown';
  readonly riskTier?: string;
  readonly riskTierRationale?: string;
  readonly onCall?: string;
  /** `field=value`, any text field of the API. */
  readonly set: string[];
}

/** `roster workload register` */
export async function registerWorkload(client: RosterClient, name: string, options: RegisterOptions, output: Output): Promise<number> {
  const me = options.riskOwner === 'me' || options.onCall === 'me' ? (await bodyOf(client.GET('/api/v1/me'))).member.id : '';
  const person = (who: string | undefined): string | undefined => (who === 'me' ? me : who);
  const body = {
    ...parsePairs('--set', options.set, 'first'), name, kind: options.kind, purpose: options.purpose, team: options.team, riskOwner: person(options.riskOwner), processesRealData: options.realData, key: options.key,
    handlesPii: options.pii, executesTools: options.tools, riskTier: options.riskTier, riskTierRationale: options.riskTierRationale, onCall: person(options.onCall),
  } as Schemas['RegisterWorkloadDto'];
  const registered = await bodyOf(client.POST('/api/v1/workloads', { body }));
  output.result(registered, () => [
    `Registered ${registered.key}.`,
    ...registered.duplicates.map((other) => `It may be the same as ${other.key} (${other.name}), ${Math.round(other.score * 100)} % likely: ${other.reasons.join(', ')}`),
  ].join('\n'));
  return EXIT.ok;
}
