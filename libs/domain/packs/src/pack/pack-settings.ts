import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue } from '@roster/frameworks';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type TenantScope } from '@roster/platform-context';
import { type FieldError, problem } from '@roster/platform-errors';
import type { RequestPackDto } from './pack.dto.js';
import { PACK_FORMATS, type PackRequest, type PackScope } from './pack-request.js';

/** Turns what somebody asked for into a complete request, with everything that has a default filled in. */
@Injectable()
export class PackSettings {
  constructor(private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery, private readonly frameworks: FrameworkCatalogue, private readonly clock: Clock) {}

  async freeze(scope: TenantScope, asked: RequestPackDto, organizationName: string): Promise<{ request: PackRequest; now: Date }> {
    const now = this.clock.now();
    const asOf = asked.asOf === undefined ? now : new Date(asked.asOf);
    const from = asked.period?.from === undefined ? null : new Date(asked.period.from);
    const to = asked.period?.to === undefined ? null : new Date(asked.period.to);
    const errors: FieldError[] = [];
    if (asOf > now) errors.push({ path: 'asOf', code: 'in_future', message: 'expected an instant that has passed: what will be known later cannot be shown' });
    if (to !== null && to > asOf) errors.push({ path: 'period.to', code: 'after_as_of', message: 'expected an instant at or before asOf' });
    if (from !== null && from > (to ?? asOf)) errors.push({ path: 'period.from', code: 'after_end', message: 'expected an instant before the end of the period' });
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'The instants of the pack do not fit together.', { errors });

    const { edition: preset, tierPolicy } = await this.organizations.settings(scope);
    const edition = this.frameworks.edition(asked.edition ?? preset);
    if (!edition.assessable) {
      const choices = this.frameworks.editions().filter(({ assessable }) => assessable).map(({ id }) => id).join(', ');
      throw problem('PACKS_EDITION_NOT_ASSESSABLE', `${edition.id} has no criteria, so there is no coverage over it. Choose one of ${choices}.`, { errors: [{ path: 'edition', code: 'not_assessable', message: `expected one of ${choices}` }] });
    }
    return {
      now,
      request: {
        tenantId: scope.tenantId, organizationName, scope: await this.population(scope, asked.scope), period: { from: from?.toISOString() ?? null, to: to?.toISOString() ?? null }, asOf: asOf.toISOString(),
        edition: edition.id, formats: PACK_FORMATS.filter((format) => (asked.formats ?? PACK_FORMATS).includes(format)), tierPolicy,
      },
    };
  }

  private async population(scope: TenantScope, { workloads, filter }: RequestPackDto['scope']): Promise<PackScope> {
    if (workloads !== undefined && filter !== undefined) {
      throw problem('PACKS_SCOPE_AMBIGUOUS', 'Name workloads or give a filter, not both.', { errors: [{ path: 'scope', code: 'ambiguous', message: 'expected either workloads or filter' }] });
    }
    if (workloads !== undefined) {
      const found = await this.workloads.requireMany(scope, workloads, 'scope.workloads');
      return { kind: 'workloads', ids: [...new Set([...found.values()].map(({ id }) => id))].sort() };
    }
    if (filter === undefined) return { kind: 'all' };
    // Sorted and without repetition, so that the same population has the same key.
    const entries = Object.entries(filter).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])).map(([name, values]) => [name, [...new Set(values)].sort()] as const);
    return entries.length === 0 ? { kind: 'all' } : { kind: 'filter', filter: Object.fromEntries(entries) };
  }
}
