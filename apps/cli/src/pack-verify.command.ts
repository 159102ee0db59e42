import { readFile } from 'node:fs/promises';
import { keyFingerprint, publicKeyFromPem, type PackReport, verifyPackFile } from '@roster/pack-verify';
import { Complaint, EXIT } from './complaint.js';
import type { Output } from './output.js';

export interface VerifyOptions {
  /** Fingerprint (64 hex digits), or the path of a PEM file with the public key. */
  readonly key?: string;
}

async function fingerprintOf(key: string): Promise<string> {
  if (/^[0-9a-f]{64}$/i.test(key)) return key.toLowerCase();
  try {
    return keyFingerprint(publicKeyFromPem(await readFile(key, 'utf8')));
  } catch (error) {
    throw new Complaint(`--key ${key} is neither a fingerprint of 64 hex digits nor a readable PEM file with an Ed25519 public key (${(error as Error).message}).`, 'Get the fingerprint or public key from the publisher: `roster-ops keys`.', EXIT.usage);
  }
}

const MARK = { passed: 'ok     ', failed: 'FAILED ', not_checked: '-      ' } as const;
function describe(report: PackReport, trusted: boolean): string {
  const lines = report.checks.map((check) => `${MARK[check.status]} ${check.title}${check.detail ? `\n          ${check.detail}` : ''}${check.status === 'failed' && check.problemCount > 1 ? check.problems.map((problem) => `\n          - ${problem}`).join('') : ''}`);
  lines.push('', report.ok ? 'VERIFIED' : 'NOT VERIFIED: do not rely on this pack.');
  if (report.keyFingerprint) lines.push(`Signed by key ${report.keyFingerprint}`);
  if (report.ok && !trusted) lines.push('Nobody has compared this key yet: get the fingerprint from the publisher by another way and verify again with --key.');
  return lines.join('\n');
}

/** `roster pack verify`: offline, without an account. @returns 0 when nothing failed, else 1 */
export async function verifyPackCommand(file: string, options: VerifyOptions, output: Output): Promise<number> {
  const trustedFingerprint = options.key === undefined ? undefined : await fingerprintOf(options.key);
  const bar = output.progress('Reading');
  let report: PackReport;
  try {
    report = await verifyPackFile(file, { trustedFingerprint, onProgress: (done, total) => bar.update(done, total, 'bytes') });
  } catch (error) {
    throw new Complaint(`The pack ${file} cannot be read: ${(error as Error).message}`, 'Check the path.');
  } finally {
    bar.stop();
  }
  output.result(report, () => describe(report, trustedFingerprint !== undefined));
  return report.ok ? EXIT.ok : EXIT.failed;
}
