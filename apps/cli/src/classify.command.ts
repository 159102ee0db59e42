import { bodyOf, type RosterClient, type Schemas } from '@roster/api-client';
import { Complaint, EXIT } from './complaint.js';
import type { Output } from './output.js';

export interface ClassifyOptions {
  /** `fact=value` pairs to suppose. */
  readonly whatIf: string[];
  /** Evaluate anew and store the result, even when nothing changed. */
  readonly force?: boolean;
  readonly asOf?: string;
}
type Classification = Schemas['ClassificationDto'];

/** Reads `fact=value` pairs; the value null stands for "not set". */
export function parseFacts(pairs: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1) throw new Complaint(`--what-if ${pair} is not a fact with a value.`, 'Write it as fact=value, such as onCallOwner=yes or riskTier=low.', EXIT.usage);
    const value = pair.slice(at + 1);
    return [pair.slice(0, at), value === 'null' ? null : value];
  }));
}

const SIGN = { yes: 'yes    ', no: 'no     ', unknown: 'unknown' } as const;
function describe(result: Classification): string {
  const lines = [`${result.workload} is ${result.stage.toUpperCase()}${result.hardening ? ' (hardening)' : ''}${result.undetermined ? `, undetermined because of: ${result.unknownFacts.join(', ')}` : ''}`, ''];
  for (const question of result.questions) lines.push(`${question.onPath ? '>' : ' '} ${SIGN[question.answer]}  ${question.text}`);
  if (result.gaps.length > 0) lines.push('', 'What stands in the way:', ...result.gaps.map((gap) => `  - ${gap.message}`));
  if (result.freeze.frozen) lines.push('', `Scope changes are refused: ${result.freeze.because.join(', ')}`, ...result.freeze.gaps.map((gap) => `  - ${gap.message}`));
  lines.push('', `Decided ${result.decidedAt} by tree ${result.tree.id} over ${result.edition}${result.nextChangeAt ? `; changes by itself at ${result.nextChangeAt} unless something is done` : ''}.`);
  return lines.join('\n');
}

/** `roster classify`: the computed stage with its trace, as it is, as it was, or as it would be. */
export async function classify(client: RosterClient, key: string, options: ClassifyOptions, output: Output): Promise<number> {
  const path = { key };
  if (options.whatIf.length > 0) {
    const supposed = await bodyOf(client.POST('/api/v1/workloads/{key}/classification/what-if', { params: { path }, body: { facts: parseFacts(options.whatIf) } }));
    output.result(supposed, () => [`Supposing ${options.whatIf.join(', ')} (nothing is stored):`, describe(supposed), '', `Missing for Production: ${supposed.missingCount.production}`, ...supposed.missingFor.production.map((gap) => `  - ${gap.message}`)].join('\n'));
    return EXIT.ok;
  }
  const result = await bodyOf(options.force
    ? client.POST('/api/v1/workloads/{key}/classification', { params: { path } })
    : client.GET('/api/v1/workloads/{key}/classification', { params: { path, query: { asOf: options.asOf } } }));
  output.result(result, () => describe(result));
  return EXIT.ok;
}
