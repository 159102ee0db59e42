import { decodeBase64, encodeBase64 } from './base64.js';
import { concatBytes, fromHex, toHex, utf8 } from './bytes.js';
import { sha256Of } from './digest.js';
import { type PublicKey, publicKeyFromRaw, verifyEd25519 } from './ed25519.js';

/** Signed notes, https://c2sp.org/signed-note: a text, an empty line, and signature lines that start with an em dash. */
const ED25519_TYPE = 0x01;
const EM_DASH = '\u2014';
const KEY_NAME = /^[^\s+]+$/u;
/** Control characters other than newline, which a note may not hold. */
const CONTROL = new RegExp('[\\u0000-\\u0009\\u000b-\\u001f]', 'u');
/** The specification asks for at least 16; more than this is refused. */
const MAX_SIGNATURES = 100;

export interface NoteSignature {
  readonly keyName: string;
  /** First four bytes of SHA-256(name || LF || 0x01 || key), as hex. A hint, not authentication. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key that may sign notes, written as `name+keyId+base64(0x01 || key)` (a "vkey"). */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: string;
  readonly key: PublicKey;
}

const keyIdOf = (name: string, raw: Uint8Array): string =>
  toHex(sha256Of(utf8(name), Uint8Array.of(0x0a, ED25519_TYPE), raw).subarray(0, 4));

/**
 * @param name key name without spaces and plus signs
 * @throws TypeError when the name is not allowed
 */
export const noteVerifier = (name: string, key: PublicKey): NoteVerifier => {
  if (!KEY_NAME.test(name)) throw new TypeError('A key name must not be empty and must not contain spaces or a plus sign');
  return { name, keyId: keyIdOf(name, key.raw), key };
};

export const formatVerifierKey = ({ name, keyId, key }: NoteVerifier): string =>
  `${name}+${keyId}+${encodeBase64(concatBytes(Uint8Array.of(ED25519_TYPE), key.raw))}`;

/** @returns null when the text is not an Ed25519 verifier key, or its key id does not belong to name and key */
export const parseVerifierKey = (text: string): NoteVerifier | null => {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text);
  const [, name, keyId, encoded] = match ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) return null;
  const bytes = decodeBase64(encoded);
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ED25519_TYPE) return null;
  const verifier = noteVerifier(name, publicKeyFromRaw(bytes.subarray(1)));
  return verifier.keyId === keyId ? verifier : null;
};

/** Puts a text and finished signatures together. @param text must end in a newline */
export const formatNote = (text: string, signatures: readonly NoteSignature[]): string => {
  if (!text.endsWith('\n') || CONTROL.test(text)) throw new TypeError('A note ends in a newline and has no other control characters');
  if (signatures.length === 0) throw new TypeError('A note has at least one signature');
  const lines = signatures.map(({ keyName, keyId, signature }) =>
    `${EM_DASH} ${keyName} ${encodeBase64(concatBytes(fromHex(keyId), signature))}\n`);
  return `${text}\n${lines.join('')}`;
};

/** @returns null when it is not a well-formed note. Well-formed is not verified: see {@link verifyNote}. */
export const parseNote = (note: string): SignedNote | null => {
  if (CONTROL.test(note) || !note.endsWith('\n')) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [dash, keyName, encoded, ...rest] = line.split(' ');
    if (dash !== EM_DASH || keyName === undefined || encoded === undefined || rest.length > 0 || !KEY_NAME.test(keyName)) return null;
    const bytes = decodeBase64(encoded);
    if (bytes === null || bytes.length < 5) return null;
    signatures.push({ keyName, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) });
  }
  return { text, signatures };
};

/**
 * Checks a note against one trusted key. Signatures of other keys are ignored, as the specification asks; a bad signature of the trusted key rejects the note.
 */
export const verifyNote = async (note: SignedNote, verifier: NoteVerifier): Promise<boolean> => {
  const ours = note.signatures.filter(({ keyName, keyId }) => keyName === verifier.name && keyId === verifier.keyId);
  for (const { signature } of ours) if (!(await verifyEd25519(verifier.key, utf8(note.text), signature))) return false;
  return ours.length > 0;
};
