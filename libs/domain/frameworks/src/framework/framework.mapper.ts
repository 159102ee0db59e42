import type { Edition, Requirement } from '../catalogue/edition.js';
import type { Crosswalk } from '../catalogue/crosswalk.js';
import type { FrameworkCatalogue } from '../catalogue/framework-catalogue.js';
import type { CrosswalkDto, EditionDto, EditionSummaryDto, FrameworksDto } from './framework.dto.js';

export const toEditionSummary = (edition: Edition, requirements: readonly Requirement[]): EditionSummaryDto => ({
  id: edition.id, title: edition.title, status: edition.status, date: edition.date, assessable: edition.assessable, licence: edition.licence,
  attribution: edition.attribution, digest: edition.digest, domainCount: edition.domains.length, requirementCount: requirements.length,
});

export const toEdition = (edition: Edition, requirements: readonly Requirement[]): EditionDto => ({
  ...toEditionSummary(edition, requirements),
  source: edition.source, numbering: edition.numbering, freezeDomains: [...edition.freezeDomains], monitoringDomain: edition.monitoringDomain,
  toolBlockingDomains: [...edition.toolBlockingDomains], drillRequirements: { ...edition.drillRequirements },
  changes: edition.changes.map(({ domain, change }) => ({ domain, change })),
  domains: edition.domains.map((domain) => ({
    key: domain.key, id: domain.id, name: domain.name, nameBasis: domain.nameBasis, slug: domain.slug, summary: domain.summary, aliases: [...domain.aliases],
    sources: [...domain.sources], freeze: edition.freezeDomains.includes(domain.id), monitoring: edition.monitoringDomain === domain.id,
    blocksToolUse: edition.toolBlockingDomains.includes(domain.id),
    criteria: domain.criteria.map((criterion) => ({ ...criterion, facets: criterion.facets.map(({ id, name }) => ({ id, name })) })),
  })),
  requirements: requirements.map((requirement) => ({ ...requirement })),
});

export const toFrameworks = (catalogue: FrameworkCatalogue): FrameworksDto => ({
  items: catalogue.editions().map((edition) => toEditionSummary(edition, catalogue.requirementsOf(edition.id))),
  nextCursor: null,
  references: catalogue.references().map(({ id, title, publisher, licence, attribution }) => ({ id, title, publisher, licence, attribution })),
  crosswalks: catalogue.crosswalks().map(({ from, to }) => ({ from, to })),
});

/** Ids never travel without their names: the same id means something else in another edition. */
export function toCrosswalk(crosswalk: Crosswalk, catalogue: FrameworkCatalogue): CrosswalkDto {
  const side = (framework: string): { names: Map<string, string>; attribution: string } => {
    const reference = catalogue.reference(framework);
    if (reference) return { names: new Map(reference.entries.map((e) => [e.id, e.title])), attribution: reference.attribution };
    const edition = catalogue.edition(framework);
    return { names: new Map(edition.domains.map((d) => [d.id, d.name])), attribution: edition.attribution };
  };
  const [from, to] = [side(crosswalk.from), side(crosswalk.to)];
  const end = (names: Map<string, string>, id: string) => ({ id, name: names.get(id) ?? id });
  return {
    from: crosswalk.from, to: crosswalk.to, basis: crosswalk.basis, note: crosswalk.note, inverted: crosswalk.inverted, attributions: [from.attribution, to.attribution],
    rows: crosswalk.rows.map((row) => ({ from: end(from.names, row.from), to: end(to.names, row.to), relation: row.relation, basis: row.basis, why: row.why })),
    gaps: crosswalk.gaps.map((gap) => ({ side: gap.side, of: end(gap.side === 'from' ? from.names : to.names, gap.id), why: gap.why })),
  };
}
