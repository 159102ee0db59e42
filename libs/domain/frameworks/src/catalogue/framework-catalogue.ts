import { problem } from '@roster/platform-errors';
import { readCatalogue, type CatalogueContent } from './catalogue-file.js';
import { invertCrosswalk, type Crosswalk, type Reference } from './crosswalk.js';
import { requirementsOf, type Criterion, type Domain, type Edition, type Requirement } from './edition.js';

/** What a criterion reference in a request stands for: one requirement, or every facet of the criterion. */
export interface ResolvedCriterion {
  readonly edition: Edition;
  readonly domain: Domain;
  readonly criterion: Criterion;
  readonly requirements: readonly Requirement[];
}

/**
 * The frameworks in memory: read and checked once, then only read. Injectable without a database.
 * Source of every rule: the catalogue files; this class knows no id of them.
 */
export class FrameworkCatalogue {
  private readonly editionsById: ReadonlyMap<string, Edition>;
  private readonly referencesById: ReadonlyMap<string, Reference>;
  private readonly crosswalksByPair: ReadonlyMap<string, Crosswalk>;
  private readonly requirementsById: ReadonlyMap<string, readonly Requirement[]>;
  private readonly parts: ReadonlyMap<string, ResolvedCriterion>;

  constructor(content: CatalogueContent) {
    this.editionsById = new Map(content.editions.map((e) => [e.id, e]));
    this.referencesById = new Map(content.references.flatMap((r) => [r.id, ...r.aliases].map((id) => [id, r] as const)));
    this.crosswalksByPair = new Map(content.crosswalks.map((c) => [`${c.from}--${c.to}`, c]));
    this.requirementsById = new Map(content.editions.map((e) => [e.id, requirementsOf(e)]));
    this.parts = new Map(content.editions.flatMap((edition) => this.partsOf(edition)));
  }

  /** Reads the product's own catalogue files. @throws CatalogueFileError when one of them is broken */
  static load(directory?: string): FrameworkCatalogue {
    return new FrameworkCatalogue(readCatalogue(directory));
  }

  /** Every edition, assessable ones first, then by id. */
  editions(): Edition[] {
    return [...this.editionsById.values()].sort((a, b) => Number(b.assessable) - Number(a.assessable) || a.id.localeCompare(b.id));
  }

  /** Standards and laws that crosswalks point to, by id. */
  references(): Reference[] {
    return [...new Set(this.referencesById.values())].sort((a, b) => a.id.localeCompare(b.id));
  }

  /** Stored crosswalks, by id. Each can also be read in the opposite direction. */
  crosswalks(): Crosswalk[] {
    return [...this.crosswalksByPair.values()].sort((a, b) => a.id.localeCompare(b.id));
  }

  has(id: string): boolean {
    return this.editionsById.has(id);
  }

  /** @throws FRAMEWORKS_EDITION_NOT_FOUND naming the editions there are */
  edition(id: string): Edition {
    const edition = this.editionsById.get(id);
    if (!edition) {
      throw problem('FRAMEWORKS_EDITION_NOT_FOUND', `There is no edition "${id}". Known: ${this.editions().map((e) => e.id).join(', ')}.`);
    }
    return edition;
  }

  /**
   * An edition that coverage can be computed over.
   * @throws FRAMEWORKS_EDITION_NOT_FOUND, or FRAMEWORKS_EDITION_NOT_ASSESSABLE for a list of labels without criteria
   */
  assessable(id: string): Edition {
    const edition = this.edition(id);
    if (!edition.assessable) {
      const usable = this.editions().filter((e) => e.assessable).map((e) => e.id);
      throw problem('FRAMEWORKS_EDITION_NOT_ASSESSABLE', `"${id}" is kept to recognise its labels and cannot be assessed. Use one of: ${usable.join(', ')}.`);
    }
    return edition;
  }

  /** Standard or law by id or alias. */
  reference(id: string): Reference | null {
    return this.referencesById.get(id) ?? null;
  }

  /** What coverage of this edition is computed over, in catalogue order. @throws FRAMEWORKS_EDITION_NOT_FOUND */
  requirementsOf(editionId: string): readonly Requirement[] {
    this.edition(editionId);
    return this.requirementsById.get(editionId) ?? [];
  }

  /**
   * Mapping between two editions, or from an edition to a reference; turned around when only the opposite is stored.
   * @throws FRAMEWORKS_CROSSWALK_NOT_FOUND naming what can be reached from `from`
   */
  crosswalk(from: string, to: string): Crosswalk {
    const [source, target] = [from, to].map((id) => this.referencesById.get(id)?.id ?? id);
    const direct = this.crosswalksByPair.get(`${source}--${target}`);
    if (direct) return direct;
    const opposite = this.crosswalksByPair.get(`${target}--${source}`);
    if (opposite) return invertCrosswalk(opposite);
    const reachable = this.crosswalks().flatMap((c) => (c.from === source ? [c.to] : c.to === source ? [c.from] : []));
    throw problem('FRAMEWORKS_CROSSWALK_NOT_FOUND', reachable.length > 0
      ? `There is no crosswalk from "${from}" to "${to}". From "${from}" there are: ${reachable.sort().join(', ')}.`
      : `There is no crosswalk from "${from}". Crosswalks start or end at: ${[...new Set(this.crosswalks().flatMap((c) => [c.from, c.to]))].sort().join(', ')}.`);
  }

  /**
   * Finds the criterion or facet that a person named.
   * @param name `<edition>/<id>`, or a bare id that is then looked up in `preferredEdition` only: a bare id means something else in
   *   another edition (domain.md section 2), so other editions are never searched
   * @returns null when there is none
   */
  resolveCriterion(name: string, preferredEdition: string): ResolvedCriterion | null {
    return this.parts.get(name.includes('/') ? name : `${preferredEdition}/${name}`) ?? null;
  }

  private partsOf(edition: Edition): [string, ResolvedCriterion][] {
    const all = this.requirementsById.get(edition.id) ?? [];
    return edition.domains.flatMap((domain) => domain.criteria.flatMap((criterion): [string, ResolvedCriterion][] => {
      const requirements = all.filter((r) => r.criterionKey === criterion.key);
      const whole: ResolvedCriterion = { edition, domain, criterion, requirements };
      return [...requirements.map((r): [string, ResolvedCriterion] => [r.key, { ...whole, requirements: [r] }]), [criterion.key, whole]];
    }));
  }
}
