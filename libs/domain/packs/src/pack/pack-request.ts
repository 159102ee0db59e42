import { createHash } from 'node:crypto';
import type { Lifecycle, RiskTier, Stage, WorkloadKind, TierPolicy } from '@roster/contracts';
import { canonicalJson, type JsonValue } from '@roster/trail';

/** Which values a workload must have to be in the population; several values of one field are alternatives, several fields must all match. */
export interface PackFilter {
  readonly stage?: readonly Stage[];
  readonly riskTier?: readonly RiskTier[];
  readonly lifecycle?: readonly Lifecycle[];
  readonly kind?: readonly WorkloadKind[];
  readonly team?: readonly string[];
  readonly businessUnit?: readonly string[];
}

export type PackScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'workloads'; readonly ids: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: PackFilter };

export const PACK_FORMATS = ['csv', 'json'] as const;
export type PackFormat = (typeof PACK_FORMATS)[number];

/** Everything the bytes of a pack depend on, besides what was recorded up to `asOf`. */
export interface PackRequest {
  readonly tenantId: string;
  readonly organizationName: string;
  readonly scope: PackScope;
  readonly period: { readonly from: string | null; readonly to: string | null };
  /** RFC 3339. */
  readonly asOf: string;
  readonly edition: string;
  readonly formats: readonly PackFormat[];
  readonly tierPolicy: TierPolicy;
}

/** Version of the layout and of what is put in. Rises whenever the same request would give other bytes. */
export const PACK_FORMAT = { name: 'roster-evidence-pack', version: '1' } as const;

/** Identifies a pack by what was asked for: the same key means the same bytes. */
export const packKey = (request: PackRequest): string =>
  createHash('sha256').update(canonicalJson({ format: PACK_FORMAT, request: request as unknown as JsonValue })).digest('hex');

/** Folder inside the archive, and the name of the file without its ending: organization, date, beginning of the key. */
export const packRoot = ({ organizationName, asOf }: PackRequest, key: string): string => {
  const name = organizationName.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
  return [...(name === '' ? [] : [name]), 'evidence-pack', asOf.slice(0, 10), key.slice(0, 12)].join('-');
};
