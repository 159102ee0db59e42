import { createHash, type KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.js';
import { publicKeyFromRaw, rawPublicKey, verifyEd25519 } from './ed25519.js';

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
  readonly signature: Buffer;
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
  readonly key: KeyObject;
}

const keyIdOf = (name: string, raw: Uint8Array): string =>
  createHash('sha256').update(name, 'utf8').update(Buffer.of(0x0a, ED25519_TYPE)).update(raw).digest().subarray(0, 4).toString('hex');

/**
 * @param name key name without spaces and plus signs
 * @throws TypeError when the name is not allowed
 */
export const noteVerifier = (name: string, key: KeyObject): NoteVerifier => {
  if (!KEY_NAME.test(name)) throw new TypeError('A key name must not be empty and must not contain spaces or a plus sign');
  return { name, keyId: keyIdOf(name, rawPublicKey(key)), key };
};

export const formatVerifierKey = ({ name, keyId, key }: NoteVerifier): string =>
  `${name}+${keyId}+${Buffer.concat([Buffer.of(ED25519_TYPE), rawPublicKey(key)]).toString('base64')}`;

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
    `${EM_DASH} ${keyName} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`);
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
    signatures.push({ keyName, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) });
  }
  return { text, signatures };
};

/**
 * Checks a note against one trusted key. Signatures of other keys are ignored, as the specification asks; a bad signature of the trusted key rejects the note.
 */
export const verifyNote = (note: SignedNote, verifier: NoteVerifier): boolean => {
  const ours = note.signatures.filter(({ keyName, keyId }) => keyName === verifier.name && keyId === verifier.keyId);
  return ours.length > 0 && ours.every(({ signature }) => verifyEd25519(verifier.key, Buffer.from(note.text, 'utf8'), signature));
};
