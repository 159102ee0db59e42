/** BagIt 1.0 (RFC 8493) as Roster writes it: SHA-256, LF, paths of plain ASCII in ascending byte order. */
export const BAGIT_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Names inside a pack that both the builder and the verifier must agree on. */
export const PACK_FILES = {
  declaration: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  attestation: 'attestations/pack.intoto.jsonl',
  signingKey: 'keys/pack-signing.pub.pem',
  logKey: 'keys/log.vkey',
  checkpoint: 'log/checkpoint',
  entries: 'log/entries.jsonl',
  proofs: 'log/proofs.jsonl',
  disclosures: 'log/disclosures.jsonl',
  consistency: 'log/consistency.json',
  verifyGuide: 'VERIFY.md',
} as const;
export const PAYLOAD_PREFIX = 'data/';
export const WORKLOAD_PREFIX = 'data/workloads/';
export const EVIDENCE_PREFIX = 'data/evidence/';

const SEGMENT = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const MAX_PATH = 240;

/**
 * Is this a path that every system unpacks to the same place? Relative, forward slashes, no `.` or `..`, no hidden or reserved spelling, ASCII only,
 * at most 240 characters.
 */
export const isPortablePath = (path: string): boolean => path.length <= MAX_PATH && path.split('/').every((segment) => SEGMENT.test(segment));

/** Compares by bytes, which for ASCII paths is what `LC_ALL=C sort` does. */
export const comparePaths = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One line of a manifest, in the format of `sha256sum`. @param sha256 64 hex digits, lower case */
export const formatManifestLine = (path: string, sha256: string): string => `${sha256}  ${path}\n`;

/** Reads one manifest line without its newline. @returns null when it is malformed */
export const parseManifestLine = (line: string): { path: string; sha256: string } | null => {
  const match = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line);
  const [, sha256, path] = match ?? [];
  return sha256 === undefined || path === undefined || !isPortablePath(path) ? null : { path, sha256 };
};

/**
 * Reads a whole manifest.
 * @returns path to SHA-256, or null when a line is malformed, out of order or listed twice
 */
export const parseManifest = (text: string): Map<string, string> | null => {
  const listed = new Map<string, string>();
  if (text === '') return listed;
  if (!text.endsWith('\n')) return null;
  let previous = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const parsed = parseManifestLine(line);
    if (parsed === null || comparePaths(previous, parsed.path) >= 0) return null;
    listed.set(parsed.path, parsed.sha256);
    previous = parsed.path;
  }
  return listed;
};

/** `bag-info.txt`: one `Label: value` per line. Newlines inside a value become spaces, because a label owns one line here. */
export const formatBagInfo = (labels: readonly (readonly [label: string, value: string])[]): string =>
  labels.map(([label, value]) => `${label}: ${value.replace(/\s+/gu, ' ').trim()}\n`).join('');

/** Octets and number of payload files, the cheap completeness check of BagIt. */
export const payloadOxum = (bytes: number, files: number): string => `${bytes}.${files}`;

/** @returns the value of a label, or null when it is missing or not unique */
export const bagInfoValue = (text: string, label: string): string | null => {
  const values = text.split('\n').filter((line) => line.startsWith(`${label}: `)).map((line) => line.slice(label.length + 2));
  return values.length === 1 ? values[0] ?? null : null;
};
