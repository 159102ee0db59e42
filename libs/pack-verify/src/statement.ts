/** An in-toto Statement v1: these subjects, identified by digest, are what the predicate speaks about. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** Predicate of an evidence pack: a name of the format, not an address. */
export const PACK_PREDICATE_TYPE = 'urn:roster:attestation:evidence-pack:v1';

export interface StatementSubject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

export interface PackStatement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly StatementSubject[];
  readonly predicateType: typeof PACK_PREDICATE_TYPE;
  readonly predicate: PackPredicate;
}

export interface PackPredicate {
  /** Digest over what was asked for: the same request over the same data gives the same pack. */
  readonly packKey: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly scope: Readonly<Record<string, unknown>>;
  readonly asOf: string;
  readonly generator: { readonly name: string; readonly version: string };
  readonly log: { readonly origin: string; readonly treeSize: number; readonly rootHash: string };
  readonly counts: { readonly workloads: number; readonly evidenceFiles: number; readonly trailEntries: number; readonly payloadFiles: number; readonly payloadBytes: number };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areStrings = (record: Record<string, unknown>, ...names: string[]): boolean => names.every((name) => typeof record[name] === 'string');

const isPredicate = (value: unknown): value is PackPredicate => {
  if (!isRecord(value) || !areStrings(value, 'packKey', 'asOf')) return false;
  const { tenant, scope, generator, log, counts } = value;
  return isRecord(tenant) && areStrings(tenant, 'id', 'name')
    && isRecord(scope)
    && isRecord(generator) && areStrings(generator, 'name', 'version')
    && isRecord(log) && areStrings(log, 'origin', 'rootHash') && isCount(log['treeSize'])
    && isRecord(counts) && ['workloads', 'evidenceFiles', 'trailEntries', 'payloadFiles', 'payloadBytes'].every((name) => isCount(counts[name]));
};

/** Reads the statement of a pack from verified bytes. @returns null when it is anything else */
export const parsePackStatement = (bytes: Uint8Array): PackStatement | null => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (!isRecord(value) || value['_type'] !== STATEMENT_TYPE || value['predicateType'] !== PACK_PREDICATE_TYPE || !Array.isArray(value['subject'])) return null;
  if (!isPredicate(value['predicate'])) return null;
  const names = new Set<string>();
  for (const subject of value['subject'] as unknown[]) {
    if (!isRecord(subject) || typeof subject['name'] !== 'string' || !isRecord(subject['digest'])) return null;
    const { sha256 } = subject['digest'];
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256) || names.has(subject['name'])) return null;
    names.add(subject['name']);
  }
  return value as unknown as PackStatement;
};
