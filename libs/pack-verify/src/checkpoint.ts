import { decodeBase64, encodeBase64 } from './base64.js';
import { HASH_BYTES } from './merkle.js';
import { type NoteVerifier, parseNote, verifyNote } from './signed-note.js';

/** The head of a log: who, how many leaves, which root (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed. @throws TypeError when the origin is empty or has a newline, or the size is not a count */
export const formatCheckpointText = ({ origin, size, root }: Checkpoint): string => {
  if (!/^[^\s+]+$/u.test(origin)) throw new TypeError('An origin is not empty and has no spaces or plus sign');
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError('A tree size is a count');
  if (root.length !== HASH_BYTES) throw new TypeError('A root hash has 32 bytes');
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
};

/**
 * Reads the three lines of a checkpoint. Extension lines are refused: Roster writes none and the specification advises against them.
 * @returns null when the text is not a checkpoint
 */
export const parseCheckpointText = (text: string): Checkpoint | null => {
  const [origin, size, encoded, end, ...rest] = text.split('\n');
  if (origin === undefined || size === undefined || encoded === undefined || end !== '' || rest.length > 0) return null;
  if (origin === '' || !/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return null;
  const root = decodeBase64(encoded);
  return root === null || root.length !== HASH_BYTES ? null : { origin, size: Number(size), root };
};

/**
 * Opens a signed checkpoint.
 * @param note the signed note as published
 * @param verifier the key that must have signed it; its name must be the origin
 * @returns null when it is malformed, of another origin, or not signed by this key
 */
export const openCheckpoint = async (note: string, verifier: NoteVerifier): Promise<Checkpoint | null> => {
  const parsed = parseNote(note);
  if (parsed === null || !(await verifyNote(parsed, verifier))) return null;
  const checkpoint = parseCheckpointText(parsed.text);
  return checkpoint !== null && checkpoint.origin === verifier.name ? checkpoint : null;
};
