import { decodeBase64, equalBytes, leafHash, openCheckpoint, parseVerifierKey, sha256Hex, utf8, verifyInclusion } from '@roster/pack-verify';
import canonicalize from 'canonicalize';
import type { TrailEntry, TrailProof } from '../tabs.queries.js';

/** One thing that is checked about an entry. */
export interface ProofCheck {
  readonly id: 'leaf' | 'content' | 'change' | 'disclosure' | 'inclusion' | 'signature';
  readonly passed: boolean;
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value as Members : {};
  } catch {
    return {}; // not JSON: every comparison fails
  }
}

/** Whether two JSON values say the same, in whatever order (RFC 8785). What has no canonical form, such as half a character, equals nothing. */
function says(shown: unknown, logged: unknown): boolean {
  try {
    return logged !== undefined && canonicalize(shown) === canonicalize(logged);
  } catch {
    return false;
  }
}

/**
 * Checks an entry with nothing but its proof: no further question to the service (RFC 6962, C2SP tlog-checkpoint). Everything the page shows of the
 * entry is compared with the two texts that the tree and the digest pin: not one byte of it is taken on trust.
 * @param shown the entry as the page shows it
 * @returns every check in the order in which it is made
 * @throws SignaturesUnavailable where the browser cannot check signatures
 */
export async function verifyEntry(shown: TrailEntry, proof: TrailProof): Promise<ProofCheck[]> {
  const { entry, disclosure, checkpoint, leafIndex } = proof;
  const leaf = leafHash(utf8(entry));
  const claimed = decodeBase64(proof.leafHash);
  const logged = membersOf(entry);
  const disclosed = membersOf(disclosure);
  const { name: actorName, ...actor } = shown.actor;
  const verifier = parseVerifierKey(checkpoint.verifierKey);
  const head = verifier === null ? null : await openCheckpoint(checkpoint.note, verifier);
  const path = proof.hashes.map((hash) => decodeBase64(hash)).filter((hash) => hash !== null);
  const told: readonly (readonly [unknown, unknown])[] = [
    [shown.id, logged.id], [shown.at, logged.at], [shown.action, logged.action], [actor, logged.actor], [shown.object, logged.object], [shown.workloadId, logged.workload],
    [shown.reason, logged.reason], [shown.requestId, logged.requestId],
  ];
  return [
    { id: 'content', passed: told.every(([one, other]) => says(one, other)) },
    { id: 'change', passed: says(actorName, disclosed.actorName) && says(shown.payload, disclosed.payload) },
    { id: 'disclosure', passed: logged.payloadDigest === `sha256:${sha256Hex(disclosure)}` },
    { id: 'leaf', passed: claimed !== null && equalBytes(claimed, leaf) },
    { id: 'signature', passed: head !== null && head.size === checkpoint.size },
    { id: 'inclusion', passed: head !== null && shown.leafIndex === leafIndex && path.length === proof.hashes.length && verifyInclusion({ index: leafIndex, size: head.size, leaf, proof: path, root: head.root }) },
  ];
}
