import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { encodeBase64, formatCheckpointText, formatNote, formatVerifierKey, leafHash, nodeHash, noteVerifier, publicKeyFromPem, utf8 } from '@roster/pack-verify';
import canonicalize from 'canonicalize';
import type { TrailEntry, TrailProof } from '../tabs.queries.js';
import { verifyEntry } from './verify-entry.js';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const ORIGIN = 'roster.test/trail/acme';
const verifier = noteVerifier(ORIGIN, publicKeyFromPem(publicKey.export({ format: 'pem', type: 'spki' }).toString()));

/** A log of two entries, the second of which is the one under test, as the service signs it. */
function logged(): { entry: TrailEntry; proof: TrailProof } {
  const payload = { riskTier: { from: 'high', to: 'low' }, tags: ['a', 'b'] };
  const disclosure = String(canonicalize({ actorName: 'Ada Lovelace', payload, salt: 'BwcHBwcHBwcHBwcHBwcHBw==' }));
  const shown = {
    id: '019a0000-0000-7000-8000-000000000001', at: '2026-05-01T12:00:00.000Z', action: 'inventory.workload.changed', actor: { type: 'api_key', id: 'k1', onBehalfOf: 'm1' },
    object: { type: 'workload', id: 'w1', version: 3 }, reason: 'agreed in May', requestId: 'r1',
  };
  const text = String(canonicalize({ v: 1, ...shown, tenant: 't1', workload: 'w1', payloadDigest: `sha256:${createHash('sha256').update(disclosure).digest('hex')}` }));
  const [before, leaf] = [leafHash(utf8('the entry before')), leafHash(utf8(text))];
  const head = formatCheckpointText({ origin: ORIGIN, size: 2, root: nodeHash(before, leaf) });
  const note = formatNote(head, [{ keyName: verifier.name, keyId: verifier.keyId, signature: sign(null, Buffer.from(head), privateKey) }]);
  return {
    entry: { ...shown, actor: { ...shown.actor, type: 'api_key', name: 'Ada Lovelace' }, workloadId: 'w1', payload, leafIndex: 1 },
    proof: {
      entry: text, disclosure, leafIndex: 1, leafHash: encodeBase64(leaf), hashes: [encodeBase64(before)], tlogProof: '',
      checkpoint: { origin: ORIGIN, size: 2, rootHash: encodeBase64(nodeHash(before, leaf)), signedAt: '2026-05-01T12:00:05.000Z', note, verifierKey: formatVerifierKey(verifier) },
    },
  };
}
const failedOf = async (entry: TrailEntry, proof: TrailProof): Promise<string[]> => (await verifyEntry(entry, proof)).filter(({ passed }) => !passed).map(({ id }) => id);

describe('the proof of a trail entry', () => {
  const { entry, proof } = logged();

  it('holds for what was logged, in whatever order its members come', async () => {
    expect(await failedOf(entry, proof)).toEqual([]);
    expect(await failedOf({ ...entry, payload: { tags: ['a', 'b'], riskTier: { to: 'low', from: 'high' } } }, proof)).toEqual([]);
  });

  it.each<[what: string, shown: Partial<TrailEntry>, fails: string]>([
    ['a value of the payload', { payload: { riskTier: { from: 'high', to: 'lov' }, tags: ['a', 'b'] } }, 'change'],
    ['the name of a member of the payload', { payload: { riskTies: { from: 'high', to: 'low' }, tags: ['a', 'b'] } }, 'change'],
    ['a member more in the payload', { payload: { riskTier: { from: 'high', to: 'low' }, tags: ['a', 'b'], x: null } }, 'change'],
    ['the order of a list of the payload', { payload: { riskTier: { from: 'high', to: 'low' }, tags: ['b', 'a'] } }, 'change'],
    ['half a character in the payload', { payload: { riskTier: '\uD800' } }, 'change'],
    ['the name of the actor', { actor: { ...entry.actor, name: 'Ada Lovelacf' } }, 'change'],
    ['the id of the actor', { actor: { ...entry.actor, id: 'k2' } }, 'content'],
    ['the kind of the actor', { actor: { ...entry.actor, type: 'member' } }, 'content'],
    ['on whose behalf', { actor: { ...entry.actor, onBehalfOf: 'm2' } }, 'content'],
    ['the reason', { reason: 'agreed in Mai' }, 'content'],
    ['the reason left out', { reason: null }, 'content'],
    ['the id of the object', { object: { ...entry.object, id: 'w2' } }, 'content'],
    ['the kind of the object', { object: { ...entry.object, type: 'workloae' } }, 'content'],
    ['the version of the object', { object: { ...entry.object, version: 4 } }, 'content'],
    ['the workload', { workloadId: 'w2' }, 'content'], ['the time', { at: '2026-05-01T12:00:00.001Z' }, 'content'], ['the act', { action: 'inventory.workload.changee' }, 'content'],
    ['the id', { id: '019a0000-0000-7000-8000-000000000002' }, 'content'], ['the request', { requestId: 'r2' }, 'content'], ['the place in the tree', { leafIndex: 0 }, 'inclusion'],
  ])('does not hold when the page shows another byte of it: %s', async (_what, shown, fails) => {
    expect(await failedOf({ ...entry, ...shown }, proof)).toEqual([fails]);
  });

  it.each<[what: string, forged: Partial<TrailProof>, fails: string[]]>([
    ['a rewritten entry', { entry: proof.entry.replace('agreed', 'agreeD') }, ['content', 'leaf', 'inclusion']],
    ['a rewritten disclosure', { disclosure: proof.disclosure.replace('Ada', 'Adb') }, ['change', 'disclosure']],
    ['text that is no JSON', { entry: 'nothing' }, ['content', 'disclosure', 'leaf', 'inclusion']],
    ['another size of the tree', { checkpoint: { ...proof.checkpoint, size: 3 } }, ['signature']],
    ['a note that nobody signed', { checkpoint: { ...proof.checkpoint, note: proof.checkpoint.note.replace('\n2\n', '\n3\n') } }, ['signature', 'inclusion']],
  ])('does not hold for %s', async (_what, forged, fails) => {
    expect(await failedOf(entry, { ...proof, ...forged })).toEqual(fails);
  });
});
