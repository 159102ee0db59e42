import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { encodeBase64 } from './base64.js';
import { formatCheckpointText, openCheckpoint, parseCheckpointText } from './checkpoint.js';
import { publicKeyFromPem } from './ed25519.js';
import { EMPTY_ROOT, leafHash } from './merkle.js';
import { formatNote, formatVerifierKey, noteVerifier, parseNote, parseVerifierKey, verifyNote } from './signed-note.js';
import { formatTlogProof, parseTlogProof } from './tlog-proof.js';

/** The example of the Go implementation, from which the format was specified. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETERS_NOTE = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n\n'
  + '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const keyOf = (key: KeyObject) => publicKeyFromPem(key.export({ format: 'pem', type: 'spki' }).toString());
const { publicKey: nodeKey, privateKey } = generateKeyPairSync('ed25519');
const publicKey = keyOf(nodeKey);
const ORIGIN = 'trail.test/acme';
const ours = noteVerifier(ORIGIN, publicKey);
const signed = (text: string) => formatNote(text, [{ keyName: ours.name, keyId: ours.keyId, signature: sign(null, Buffer.from(text), privateKey) }]);
const CHECKPOINT = { origin: ORIGIN, size: 7, root: leafHash(Buffer.from('x')) };

const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('expected a value');
  return value;
};

describe('signed notes', () => {
  it('reads and verifies the published example', async () => {
    expect(await verifyNote(must(parseNote(PETERS_NOTE)), must(parseVerifierKey(PETER)))).toBe(true);
    expect(await verifyNote(must(parseNote(PETERS_NOTE.replace('answer', 'question'))), must(parseVerifierKey(PETER)))).toBe(false);
    expect(formatVerifierKey(must(parseVerifierKey(PETER)))).toBe(PETER);
  });

  it('knows the key of the Go checksum database', () => {
    expect(parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')?.name).toBe('sum.golang.org');
    expect(parseVerifierKey('sum.golang.com+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')).toBeNull();
  });

  it('ignores signatures of unknown keys but not a bad one of ours', async () => {
    const text = formatCheckpointText(CHECKPOINT);
    const good = must(parseNote(signed(text)));
    const stranger = { keyName: 'witness.test', keyId: '00000001', signature: Buffer.alloc(64) };
    expect(await verifyNote({ text, signatures: [stranger, ...good.signatures] }, ours)).toBe(true);
    expect(await verifyNote({ text, signatures: [stranger] }, ours)).toBe(false);
    expect(await verifyNote({ text, signatures: [...good.signatures, { keyName: ours.name, keyId: ours.keyId, signature: Buffer.alloc(64) }] }, ours)).toBe(false);
  });

  it.each([
    ['no signature', 'text\n\n'], ['no empty line', 'text\n— a AAAAAAA=\n'], ['a hyphen for the em dash', 'text\n\n- a AAAAAAA=\n'], ['no last newline', 'text\n\n— a AAAAAAA='],
    ['loose base64', 'text\n\n— a AAAAAAA\n'], ['a control character', 'te\txt\n\n— a AAAAAAA=\n'], ['a key name with plus', 'text\n\n— a+b AAAAAAA=\n'], ['a short signature', 'text\n\n— a AAAAAA==\n'],
  ])('refuses a note with %s', (_what, note) => {
    expect(parseNote(note)).toBeNull();
  });

  it('refuses to write what it would not read', () => {
    expect(() => formatNote('no newline', [])).toThrow(TypeError);
    expect(() => formatNote('text\n', [])).toThrow(TypeError);
    expect(() => noteVerifier('two words', publicKey)).toThrow(TypeError);
  });
});

describe('checkpoints', () => {
  it('opens what was signed, under the right origin only', async () => {
    const note = signed(formatCheckpointText(CHECKPOINT));
    expect(await openCheckpoint(note, ours)).toEqual(CHECKPOINT);
    expect(await openCheckpoint(note, noteVerifier('trail.test/other', publicKey))).toBeNull();
    expect(await openCheckpoint(note, noteVerifier(ORIGIN, keyOf(generateKeyPairSync('ed25519').publicKey)))).toBeNull();
    expect(await openCheckpoint(note.replace('\n7\n', '\n8\n'), ours)).toBeNull();
    expect(await openCheckpoint(signed(formatCheckpointText({ ...CHECKPOINT, origin: 'trail.test/other' })), ours)).toBeNull();
  });

  it.each(['', 'o\n7\n', 'o\n07\nAAAA\n', `o\n-1\n${encodeBase64(EMPTY_ROOT)}\n`, `o\n1\n${encodeBase64(EMPTY_ROOT)}`, `o\n1\n${encodeBase64(EMPTY_ROOT)}\nextension\n`, `\n1\n${encodeBase64(EMPTY_ROOT)}\n`])('does not read %j', (text) => {
    expect(parseCheckpointText(text)).toBeNull();
  });
});

describe('tlog-proofs', () => {
  const checkpoint = signed(formatCheckpointText(CHECKPOINT));

  it('survive a round trip', () => {
    const proof = { index: 73_894, hashes: [EMPTY_ROOT, CHECKPOINT.root], checkpoint };
    expect(formatTlogProof(proof).startsWith('c2sp.org/tlog-proof@v1\nindex 73894\n47DEQpj8HBSa')).toBe(true);
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    expect(parseTlogProof(formatTlogProof({ ...proof, extra: Uint8Array.of(120) }))).toEqual({ ...proof, extra: Uint8Array.of(120) });
    expect(parseTlogProof(formatTlogProof({ index: 0, hashes: [], checkpoint }))).toEqual({ index: 0, hashes: [], checkpoint });
  });

  it.each(['', 'c2sp.org/tlog-proof@v2\nindex 0\n\nx', 'c2sp.org/tlog-proof@v1\nindex 00\n\nx', 'c2sp.org/tlog-proof@v1\nAAAA\nindex 0\n\nx', 'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx'])('do not come from %j', (text) => {
    expect(parseTlogProof(text)).toBeNull();
  });
});
