import { writeFile } from 'node:fs/promises';
import { bodyOf, type paths, type RosterClient } from '@roster/api-client';
import type { Output } from './output.js';

/** Exit codes of `roster gate`: what a pipeline acts on. Whatever is not a clear answer is 3, so that nothing passes by accident. */
export const GATE_EXIT = { pass: 0, fail: 1, frozen: 2, unknown: 3 } as const;

export interface GateOptions {
  readonly for: paths['/api/v1/workloads/{key}/gate']['get']['parameters']['query']['for'];
  /** Where to keep the signed verdict. */
  readonly jws?: string;
}
const ANSWERS = { pass: 'PASS', fail: 'FAIL', frozen: 'FROZEN' } as const;

/** `roster gate`: may it go to production, or may its scope grow? */
export async function gate(client: RosterClient, key: string, options: GateOptions, output: Output): Promise<number> {
  const answer = await bodyOf(client.GET('/api/v1/workloads/{key}/gate', { params: { path: { key }, query: { for: options.for } } }));
  if (options.jws) {
    const signed = await bodyOf(client.GET('/api/v1/workloads/{key}/gate', { params: { path: { key }, query: { for: options.for, format: 'jws' } }, parseAs: 'text' }));
    await writeFile(options.jws, `${signed}\n`);
  }
  output.result(answer, () => [
    `${ANSWERS[answer.verdict]}  ${answer.workload} for ${answer.for} (stage ${answer.stage}${answer.hardening ? ', hardening' : ''}${answer.undetermined ? ', undetermined' : ''})`,
    ...answer.reasons.map((reason) => `  ${reason.message}`), ...answer.gaps.map((gap) => `  - ${gap.message}`),
  ].join('\n'));
  return GATE_EXIT[answer.verdict];
}
