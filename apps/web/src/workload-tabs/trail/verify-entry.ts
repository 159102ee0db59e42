import { decodeBase64, equalBytes, leafHash, openCheckpoint, parseVerifierKey, sha256Hex, utf8, verifyInclusion } from '@roster/pack-verify';
import type { TrailEntry, TrailProof } from '../tabs.queries.js';

/** One thing that is checked about an entry. */
export interface ProofCheck {
  readonly id: 'leaf' | 'content' | 'disclosure' | 'inclusion' | 'signature';
  readonly passed: boolean;
}

/** The members of the logged text that are compared with what the page shows. */
interface LoggedEntry { readonly id?: unknown; readonly at?: unknown; readonly action?: unknown; readonly payloadDigest?: unknown }

function logged(text: string): LoggedEntry {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // not JSON: every comparison fails
  }
}

/**
 * Checks an entry with nothing but its proof: no further question to the service (RFC 6962, C2SP tlog-checkpoint).
 * @param shown the entry as the page shows it
 * @returns every check in the order in which it is made
 * @throws SignaturesUnavailable where the browser cannot check signatures
 */
export async function verifyEntry(shown: Pick<TrailEntry, 'id' | 'at' | 'action'>, proof: TrailProof): Promise<ProofCheck[]> {
  const { entry, disclosure, checkpoint, leafIndex } = proof;
  const leaf = leafHash(utf8(entry));
  const claimed = decodeBase64(proof.leafHash);
  const text = logged(entry);
  const verifier = parseVerifierKey(checkpoint.verifierKey);
  const head = verifier === null ? null : await openCheckpoint(checkpoint.note, verifier);
  const path = proof.hashes.map((hash) => decodeBase64(hash)).filter((hash) => hash !== null);
  return [
    { id: 'content', passed: text.id === shown.id && text.action === shown.action && Date.parse(String(text.at)) === Date.parse(shown.at) },
    { id: 'disclosure', passed: text.payloadDigest === `sha256:${sha256Hex(disclosure)}` },
    { id: 'leaf', passed: claimed !== null && equalBytes(claimed, leaf) },
    { id: 'signature', passed: head !== null },
    { id: 'inclusion', passed: head !== null && path.length === proof.hashes.length && verifyInclusion({ index: leafIndex, size: head.size, leaf, proof: path, root: head.root }) },
  ];
}
