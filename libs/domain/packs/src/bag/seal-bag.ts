import { BAGIT_DECLARATION, comparePaths, formatBagInfo, formatEnvelope, formatManifestLine, IN_TOTO_PAYLOAD_TYPE, PACK_FILES, PACK_PREDICATE_TYPE, type PackPredicate, PAYLOAD_PREFIX, payloadOxum,
  signEnvelope, type Signer, STATEMENT_TYPE } from '@roster/pack-verify';
import { canonicalJson, type JsonValue } from '@roster/trail';
import type { PackMember } from './pack-member.js';
import type { PackSpool } from './pack-spool.js';

export interface BagContent {
  /** Everything below `data/`. */
  readonly payload: readonly PackMember[];
  /** Tag files: keys, log, guide. */
  readonly tags: readonly PackMember[];
  /** Labels of `bag-info.txt`; the Payload-Oxum is added. */
  readonly info: readonly (readonly [label: string, value: string])[];
  /** What is signed about the pack; the two counts of the payload are added. */
  readonly predicate: Omit<PackPredicate, 'counts'> & { readonly counts: Omit<PackPredicate['counts'], 'payloadFiles' | 'payloadBytes'> };
}

/**
 * Closes a bag (RFC 8493) and signs it. The order avoids the circle: payload -> manifest -> bag-info -> tag manifest -> statement over both manifests -> signature.
 * @returns all members, sorted
 */
export const sealBag = async (spool: PackSpool, { payload, tags, info, predicate }: BagContent, signer: Signer): Promise<PackMember[]> => {
  const outside = payload.find(({ path }) => !path.startsWith(PAYLOAD_PREFIX)) ?? tags.find(({ path }) => path.startsWith(PAYLOAD_PREFIX));
  if (outside !== undefined) throw new Error(`${outside.path} is on the wrong side of ${PAYLOAD_PREFIX}`);
  const payloadBytes = payload.reduce((sum, { size }) => sum + size, 0);

  const manifest = await writeManifest(spool, PACK_FILES.manifest, payload);
  const allTags = [
    ...tags, manifest,
    await spool.addText(PACK_FILES.declaration, BAGIT_DECLARATION),
    await spool.addText(PACK_FILES.info, formatBagInfo([...info, ['Payload-Oxum', payloadOxum(payloadBytes, payload.length)]])),
  ];
  const tagManifest = await writeManifest(spool, PACK_FILES.tagManifest, allTags);
  const statement: JsonValue = {
    _type: STATEMENT_TYPE,
    subject: [manifest, tagManifest].map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: PACK_PREDICATE_TYPE,
    predicate: { ...predicate, scope: predicate.scope as JsonValue, counts: { ...predicate.counts, payloadFiles: payload.length, payloadBytes } },
  };
  const envelope = await signEnvelope(IN_TOTO_PAYLOAD_TYPE, Buffer.from(canonicalJson(statement), 'utf8'), signer);
  const attestation = await spool.addText(PACK_FILES.attestation, formatEnvelope(envelope));
  return sorted([...payload, ...allTags, tagManifest, attestation]);
};

const sorted = (members: readonly PackMember[]): PackMember[] => {
  const result = [...members].sort((a, b) => comparePaths(a.path, b.path));
  const twice = result.find(({ path }, i) => path === result[i - 1]?.path);
  if (twice !== undefined) throw new Error(`${twice.path} is in the pack twice`);
  return result;
};

const writeManifest = (spool: PackSpool, path: string, members: readonly PackMember[]): Promise<PackMember> =>
  spool.add(path, async (writer) => {
    for (const member of sorted(members)) await writer.write(formatManifestLine(member.path, member.sha256));
  });
