import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { formatEnvelope, IN_TOTO_PAYLOAD_TYPE, openEnvelope, parseEnvelope, preAuthenticationEncoding, signEnvelope } from './dsse.js';
import { publicKeyFromPem, type Signer } from './ed25519.js';
import { PACK_PREDICATE_TYPE, parsePackStatement, STATEMENT_TYPE } from './statement.js';

const pair = generateKeyPairSync('ed25519');
const signer: Signer = { publicKeyPem: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(), sign: (message) => sign(null, message, pair.privateKey) };
const PAYLOAD = Uint8Array.from(Buffer.from('{"hello":"wörld"}'));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const keyOf = (publicKey: KeyObject) => publicKeyFromPem(publicKey.export({ format: 'pem', type: 'spki' }).toString());

const KEY = keyOf(pair.publicKey);

describe('DSSE', () => {
  it('encodes as the protocol says, counting bytes', () => {
    expect(text(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world')))).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(text(preAuthenticationEncoding('t', Buffer.from('ö')))).toBe('DSSEv1 1 t 2 ö');
  });

  it('opens what was signed with the same key and type', async () => {
    const envelope = await signEnvelope(IN_TOTO_PAYLOAD_TYPE, PAYLOAD, signer);
    expect(parseEnvelope(formatEnvelope(envelope))).toEqual(envelope);
    expect(await openEnvelope(envelope, IN_TOTO_PAYLOAD_TYPE, KEY)).toEqual(PAYLOAD);
    expect(await openEnvelope(envelope, 'text/plain', KEY)).toBeNull();
    expect(await openEnvelope(envelope, IN_TOTO_PAYLOAD_TYPE, keyOf(generateKeyPairSync('ed25519').publicKey))).toBeNull();
    expect(await openEnvelope({ ...envelope, signatures: [] }, IN_TOTO_PAYLOAD_TYPE, KEY)).toBeNull();
    expect(await openEnvelope({ ...envelope, payload: Buffer.from('{}').toString('base64') }, IN_TOTO_PAYLOAD_TYPE, KEY)).toBeNull();
  });

  it('notices every changed character of its one line', async () => {
    const line = formatEnvelope(await signEnvelope(IN_TOTO_PAYLOAD_TYPE, PAYLOAD, signer));
    for (let i = 0; i < line.length; i += 1) {
      const changed = `${line.slice(0, i)}${String.fromCharCode(line.charCodeAt(i) ^ 1)}${line.slice(i + 1)}`;
      const envelope = parseEnvelope(changed);
      if (envelope !== null && (await openEnvelope(envelope, IN_TOTO_PAYLOAD_TYPE, KEY)) !== null) throw new Error(`character ${i} was changed unnoticed`);
    }
    expect(line.length).toBeGreaterThan(200);
  });
});

describe('the statement of a pack', () => {
  const statement = {
    _type: STATEMENT_TYPE, predicateType: PACK_PREDICATE_TYPE, subject: [{ name: 'manifest-sha256.txt', digest: { sha256: 'a'.repeat(64) } }],
    predicate: {
      packKey: 'k', tenant: { id: 't', name: 'T' }, scope: {}, asOf: '2026-05-01T00:00:00.000Z', generator: { name: 'roster', version: '0' }, log: { origin: 'o', treeSize: 1, rootHash: 'r' },
      counts: { workloads: 1, evidenceFiles: 0, trailEntries: 0, payloadFiles: 1, payloadBytes: 2 },
    },
  };
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

  it('is read back', () => {
    expect(parsePackStatement(bytes(statement))).toEqual(statement);
  });

  it.each([
    ['not JSON', Buffer.from('{')], ['not UTF-8', Buffer.of(0xff)], ['another type', bytes({ ...statement, _type: 'x' })], ['another predicate', bytes({ ...statement, predicateType: 'x' })],
    ['a bad digest', bytes({ ...statement, subject: [{ name: 'x', digest: { sha256: 'A'.repeat(64) } }] })], ['a subject twice', bytes({ ...statement, subject: [...statement.subject, ...statement.subject] })],
    ['a negative count', bytes({ ...statement, predicate: { ...statement.predicate, counts: { ...statement.predicate.counts, workloads: -1 } } })], ['no log', bytes({ ...statement, predicate: { ...statement.predicate, log: null } })],
  ])('is refused when it is %s', (_what, text) => {
    expect(parsePackStatement(text)).toBeNull();
  });
});
