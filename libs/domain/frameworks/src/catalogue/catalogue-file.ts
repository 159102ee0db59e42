import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import canonicalize from 'canonicalize';
import type { Crosswalk, Reference } from './crosswalk.js';
import { requirementsOf, type Basis, type Criterion, type Domain, type Edition } from './edition.js';

type EditionFile = Omit<Edition, 'digest' | 'domains'> & {
  domains: readonly (Omit<Domain, 'key' | 'criteria'> & { criteria: readonly Omit<Criterion, 'key' | 'wordingVerified'>[] })[];
};
type CrosswalkFile = Omit<Crosswalk, 'inverted'>;

export interface CatalogueContent {
  readonly editions: readonly Edition[];
  readonly references: readonly Reference[];
  readonly crosswalks: readonly Crosswalk[];
}

/** The product's own catalogue, beside the code in source and in the built tree. */
export const CATALOGUE_DIRECTORY = fileURLToPath(new URL('../../catalogue/', import.meta.url));

const SEEN_AT_SOURCE: ReadonlySet<Basis> = new Set(['source', 'source_partial']);
const explain = (errors: readonly ErrorObject[] | null | undefined): string =>
  (errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message ?? e.keyword} ${JSON.stringify(e.params)}`).join('; ');

/** A catalogue file that breaks its schema or points to something that is not there. The process must not start with it. */
export class CatalogueFileError extends Error {
  constructor(file: string, what: string) {
    super(`Framework catalogue file ${file}: ${what}`);
    this.name = 'CatalogueFileError';
  }
}

/** SHA-256 over RFC 8785 canonical JSON: the same content gives the same digest however the file is formatted. */
export function digestOf(content: unknown): string {
  const canonical = canonicalize(content);
  if (canonical === undefined) throw new TypeError('Only JSON values have a digest');
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

const schemas = new Map<string, ReturnType<Ajv['compile']>>();
function validator(kind: string): ReturnType<Ajv['compile']> {
  let validate = schemas.get(kind);
  if (!validate) {
    const schema: unknown = JSON.parse(readFileSync(join(CATALOGUE_DIRECTORY, 'schemas', `${kind}.schema.json`), 'utf8'));
    validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(schema as object);
    schemas.set(kind, validate);
  }
  return validate;
}

function check<T>(kind: 'edition' | 'reference' | 'crosswalk', content: unknown, file: string): T {
  const validate = validator(kind);
  if (!validate(content)) throw new CatalogueFileError(file, explain(validate.errors));
  return content as T;
}

/**
 * Turns the content of an edition file into an edition.
 * @param content parsed JSON, untrusted
 * @param file name for messages
 * @throws CatalogueFileError when the schema is broken, an id occurs twice, or a rule names a domain that does not exist
 */
export function parseEdition(content: unknown, file: string): Edition {
  const raw = check<EditionFile>('edition', content, file);
  const ids = new Set<string>();
  for (const domain of raw.domains) {
    if (ids.has(domain.id)) throw new CatalogueFileError(file, `domain ${domain.id} occurs twice`);
    ids.add(domain.id);
  }
  const named = [...raw.freezeDomains, ...raw.toolBlockingDomains, ...raw.changes.map((c) => c.domain), ...(raw.monitoringDomain === null ? [] : [raw.monitoringDomain])];
  const unknown = named.filter((id) => !ids.has(id));
  if (unknown.length > 0) throw new CatalogueFileError(file, `there is no domain ${unknown.join(', ')}`);
  const parts = new Set<string>();
  for (const id of raw.domains.flatMap((d) => d.criteria.flatMap((c) => [c.id, ...c.facets.map((f) => f.id)]))) {
    if (parts.has(id)) throw new CatalogueFileError(file, `criterion or facet ${id} occurs twice`);
    parts.add(id);
  }
  const edition: Edition = {
    ...raw,
    digest: digestOf(content),
    domains: raw.domains.map((domain) => ({
      ...domain,
      key: `${raw.id}/${domain.id}`,
      criteria: domain.criteria.map((criterion) => ({ ...criterion, key: `${raw.id}/${criterion.id}`, wordingVerified: SEEN_AT_SOURCE.has(criterion.basis) })),
    })),
  };
  const requirements = new Set(requirementsOf(edition).map((r) => r.key));
  const nowhere = Object.values(edition.drillRequirements).flat().filter((id) => !requirements.has(`${edition.id}/${id}`));
  if (nowhere.length > 0) throw new CatalogueFileError(file, `there is no requirement ${nowhere.join(', ')}`);
  return edition;
}

/** @throws CatalogueFileError when the schema is broken or an entry occurs twice */
export function parseReference(content: unknown, file: string): Reference {
  const reference = check<Reference>('reference', content, file);
  if (new Set(reference.entries.map((e) => e.id)).size !== reference.entries.length) throw new CatalogueFileError(file, 'an entry occurs twice');
  return reference;
}

/** @throws CatalogueFileError when the schema is broken */
export function parseCrosswalk(content: unknown, file: string): Crosswalk {
  return { ...check<CrosswalkFile>('crosswalk', content, file), inverted: false };
}

function checkEnds(crosswalk: Crosswalk, idsOf: ReadonlyMap<string, ReadonlySet<string>>): void {
  const from = idsOf.get(crosswalk.from);
  const to = idsOf.get(crosswalk.to);
  if (!from || !to) throw new CatalogueFileError(crosswalk.id, `there is no ${from ? crosswalk.to : crosswalk.from} in the catalogue`);
  const wrong = [
    ...crosswalk.rows.flatMap((r) => [...(from.has(r.from) ? [] : [`${crosswalk.from}/${r.from}`]), ...(to.has(r.to) ? [] : [`${crosswalk.to}/${r.to}`])]),
    ...crosswalk.gaps.filter((g) => !(g.side === 'from' ? from : to).has(g.id)).map((g) => g.id),
  ];
  if (wrong.length > 0) throw new CatalogueFileError(crosswalk.id, `there is no ${wrong.join(', ')}`);
  const pairs = crosswalk.rows.map((r) => `${r.from} ${r.to}`);
  if (new Set(pairs).size !== pairs.length) throw new CatalogueFileError(crosswalk.id, 'a pair occurs twice');
}

/**
 * Reads and checks every catalogue file.
 * @param directory a folder with `editions/`, `references/` and `crosswalks/`
 * @throws CatalogueFileError naming the file and what is wrong
 */
export function readCatalogue(directory: string = CATALOGUE_DIRECTORY): CatalogueContent {
  const read = <T extends { readonly id: string }>(kind: string, parse: (content: unknown, file: string) => T): T[] =>
    readdirSync(join(directory, kind)).filter((name) => name.endsWith('.json')).sort().map((name) => {
      const file = `${kind}/${name}`;
      let content: unknown;
      try {
        content = JSON.parse(readFileSync(join(directory, file), 'utf8'));
      } catch (error) {
        throw new CatalogueFileError(file, `not JSON: ${error instanceof Error ? error.message : String(error)}`);
      }
      const parsed = parse(content, file);
      if (parsed.id !== basename(name, '.json')) throw new CatalogueFileError(file, `holds ${parsed.id}, the file name must be its id`);
      return parsed;
    });
  const editions = read('editions', parseEdition);
  const references = read('references', parseReference);
  const crosswalks = read('crosswalks', parseCrosswalk);
  const idsOf = new Map<string, ReadonlySet<string>>([
    ...editions.map((e) => [e.id, new Set(e.domains.map((d) => d.id))] as const),
    ...references.map((r) => [r.id, new Set(r.entries.map((x) => x.id))] as const),
  ]);
  for (const crosswalk of crosswalks) checkEnds(crosswalk, idsOf);
  return { editions, references, crosswalks };
}
