import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import { readListQuery, type ListQuery } from '@roster/platform-http';
import { readWorkloadFilters, WORKLOAD_LIST, type FilteredBy } from '../workload/workload-list.js';
import { facetOf, FACETS, MAX_COUNTED, MAX_FACETS, MAX_VALUES, USUAL_FACETS, USUAL_VALUES, type Facet } from './workload-facet.js';
import type { FacetValueDto, WorkloadFacetDto, WorkloadFacetsDto } from './workload-facet.dto.js';
import { WorkloadFacetRepository, type CountedValue } from './workload-facet.repository.js';

type RawQuery = Readonly<Record<string, string | string[]>>;
interface Asked {
  readonly name: string;
  readonly facet: Facet;
}

/** How the filtered inventory is made up, value by value. */
@Injectable()
export class WorkloadFacetService {
  constructor(private readonly access: Access, private readonly facets: WorkloadFacetRepository, private readonly organizations: OrganizationQuery, private readonly clock: Clock) {}

  /**
   * Counts per value under the filters of the list. A facet leaves out the filters of its own field, so that its other values stay in sight.
   * @param raw filters, q and asOf of the list; `fields` (names, separated by commas) and `values` (most per field)
   * @throws PLATFORM_REQUEST_INVALID
   */
  async count(caller: Caller, raw: RawQuery): Promise<WorkloadFacetsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const { fields, values, ...rest } = raw;
    const asked = readFields(fields);
    const most = readValues(values);
    const query = readListQuery(withoutPages(rest), WORKLOAD_LIST);
    const filters = readWorkloadFilters(query, { now: this.clock.now(), me: caller.memberId });
    const free = asked.filter(({ name }) => !filters.some(({ filter }) => filter === name));
    const results = new Map<string, WorkloadFacetDto>();
    if (free.length > 0) for (const facet of await this.among(scope, free, filters, query, most)) results.set(facet.field, facet);
    for (const one of asked.filter((facet) => !free.includes(facet))) {
      const [facet] = await this.among(scope, [one], filters.filter(({ filter }) => filter !== one.name), query, most);
      if (facet) results.set(one.name, { ...facet, filtered: true });
    }
    return { facets: asked.flatMap(({ name }) => results.get(name) ?? []) };
  }

  private async among(scope: TenantScope, asked: readonly Asked[], filters: readonly FilteredBy[], query: ListQuery, most: number): Promise<WorkloadFacetDto[]> {
    const conditions = filters.flatMap((filter) => filter.conditions);
    const found = await this.facets.findAll(scope, { conditions }, query.q, query.asOf);
    const { counted, values } = await this.facets.count(scope, asked.map(({ facet }) => facet), conditions, found, most);
    const people = await this.organizations.members(scope, asked.flatMap(({ facet }, index) => (facet.kind === 'member' ? values[index]?.flatMap(({ value }) => value ?? []) ?? [] : [])));
    return asked.map(({ name, facet }, index) => {
      const all = values[index] ?? [];
      return {
        field: name, filtered: false, values: all.slice(0, most).map((value) => shown(name, facet, value, (id) => people.get(id)?.name ?? null)), more: all.length > most,
        counted: Math.min(counted, MAX_COUNTED), capped: counted > MAX_COUNTED,
      };
    });
  }
}

function shown(name: string, facet: Facet, { value: stored, label, count }: CountedValue, nameOf: (id: string) => string | null): FacetValueDto {
  const value = facet.kind === 'rank' ? facet.values[Number(stored) - 1] ?? null : stored === '' ? null : stored;
  const filter = value === null ? `filter[${name}]${facet.kind === 'rank' || (facet.kind === 'column' && facet.values) ? '=unknown' : '[empty]=yes'}` : `filter[${name}]=${encodeURIComponent(value)}`;
  return { value, label: facet.kind === 'member' && value !== null ? nameOf(value) : label, count: Math.min(count, MAX_COUNTED), filter };
}

const invalid = (errors: FieldError[]): Error => problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors });

function readFields(raw: string | string[] | undefined): Asked[] {
  const names = [...new Set(raw === undefined ? USUAL_FACETS : [raw].flat().flatMap((text) => text.split(',')).map((name) => name.trim()))];
  const asked = names.map((name) => ({ name, facet: facetOf(name) }));
  const unknown = asked.filter(({ facet }) => facet === null).map(({ name }) => ({ path: 'fields', code: 'unknown_field', message: `expected names among ${Object.keys(FACETS).join(', ')} and custom.<key>, not ${JSON.stringify(name.slice(0, 80))}` }));
  if (unknown.length > 0) throw invalid(unknown);
  if (asked.length > MAX_FACETS) throw invalid([{ path: 'fields', code: 'out_of_range', message: `expected at most ${MAX_FACETS} fields` }]);
  return asked.flatMap(({ name, facet }) => (facet ? [{ name, facet }] : []));
}

function readValues(raw: string | string[] | undefined): number {
  const most = raw === undefined ? USUAL_VALUES : Number(raw);
  if (!Number.isInteger(most) || most < 1 || most > MAX_VALUES) throw invalid([{ path: 'values', code: 'out_of_range', message: `expected a whole number from 1 to ${MAX_VALUES}` }]);
  return most;
}

/** Pages and order mean nothing for counts: better refused than left out silently. */
function withoutPages(raw: RawQuery): RawQuery {
  const pages = ['limit', 'cursor', 'sort', 'count'].filter((name) => raw[name] !== undefined);
  if (pages.length > 0) throw invalid(pages.map((path) => ({ path, code: 'unknown_parameter', message: 'counts have no pages and no order; remove it' })));
  return raw;
}
