import { decodeBase64, encodeBase64 } from './base64.js';
import { concatBytes, utf8 } from './bytes.js';
import { keyFingerprint, type PublicKey, publicKeyFromPem, type Signer, verifyEd25519 } from './ed25519.js';

/** Media type of an in-toto Statement inside a DSSE envelope. */
export const IN_TOTO_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export interface DsseEnvelope {
  readonly payloadType: string;
  /** The signed bytes, base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is really signed: DSSE v1.0 pre-authentication encoding. Lengths count bytes. */
export const preAuthenticationEncoding = (payloadType: string, payload: Uint8Array): Uint8Array =>
  concatBytes(utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `), payload);

/** Signs bytes into an envelope with one signature; the keyid is the fingerprint of the key. */
export const signEnvelope = async (payloadType: string, payload: Uint8Array, signer: Signer): Promise<DsseEnvelope> => {
  const signature = await signer.sign(preAuthenticationEncoding(payloadType, payload));
  return {
    payloadType,
    payload: encodeBase64(payload),
    signatures: [{ keyid: keyFingerprint(publicKeyFromPem(signer.publicKeyPem)), sig: encodeBase64(signature) }],
  };
};

/** The one spelling of an envelope that Roster writes: one line of JSON, members in this order. */
export const formatEnvelope = ({ payloadType, payload, signatures }: DsseEnvelope): string =>
  `${JSON.stringify({ payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) })}\n`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an envelope from one line of JSON. @returns null when it is not an envelope in the spelling of {@link formatEnvelope} */
export const parseEnvelope = (text: string): DsseEnvelope | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value['payloadType'] !== 'string' || typeof value['payload'] !== 'string' || !Array.isArray(value['signatures'])) return null;
  const signatures: { keyid: string; sig: string }[] = [];
  for (const signature of value['signatures'] as unknown[]) {
    if (!isRecord(signature) || typeof signature['keyid'] !== 'string' || typeof signature['sig'] !== 'string') return null;
    signatures.push({ keyid: signature['keyid'], sig: signature['sig'] });
  }
  const envelope = { payloadType: value['payloadType'], payload: value['payload'], signatures };
  return formatEnvelope(envelope) === text ? envelope : null;
};

/**
 * Verifies over the received bytes and only then hands them out. Every signature must be good and must name the given key: Roster signs once,
 * so anything else has been tampered with.
 * @returns the payload, or null
 */
export const openEnvelope = async (envelope: DsseEnvelope, payloadType: string, key: PublicKey): Promise<Uint8Array | null> => {
  const payload = decodeBase64(envelope.payload);
  if (payload === null || envelope.payloadType !== payloadType || envelope.signatures.length === 0) return null;
  const signed = preAuthenticationEncoding(envelope.payloadType, payload);
  const fingerprint = keyFingerprint(key);
  for (const { keyid, sig } of envelope.signatures) {
    const signature = decodeBase64(sig);
    if (keyid !== fingerprint || signature === null || !(await verifyEd25519(key, signed, signature))) return null;
  }
  return payload;
};
