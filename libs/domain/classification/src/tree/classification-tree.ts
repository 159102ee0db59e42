import { createHash } from 'node:crypto';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import type { DrillKind, EvidenceKind, OwnerRole, Stage, TriState } from '@roster/contracts';

/** What a leaf fact is read from. Another tree combines these as data, without a change of code (domain.md section 5). */
export type FactSource =
  | { readonly kind: 'statement'; readonly field: StatementField }
  | { readonly kind: 'owner'; readonly role: OwnerRole }
  | { readonly kind: 'domain_evidence'; readonly domain: 'monitoring' }
  | { readonly kind: 'drill'; readonly drill: DrillKind; readonly check: 'within_limit' | 'fresh' }
  | { readonly kind: 'required_coverage' }
  | { readonly kind: 'evidence_kind'; readonly evidenceKind: EvidenceKind }
  | { readonly kind: 'portfolio'; readonly check: PortfolioCheck };
export type PortfolioCheck = 'production_count' | 'reuse' | 'concentration_reviewed';

/** The statements about a workload that a tree or the freeze may read. */
export const STATEMENT_FIELDS = ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange'] as const;
export type StatementField = (typeof STATEMENT_FIELDS)[number];

export interface TreeFact {
  readonly id: string;
  readonly title: string;
  readonly from: FactSource;
}
/** Three-valued: a leaf is yes when the fact has the value `is` (default yes) and unknown when the fact is unknown. */
export type Condition =
  | { readonly fact: string; readonly is?: 'yes' | 'no' }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };
export interface Exit {
  readonly stage: Stage;
  readonly hardening?: boolean;
  readonly gapsOf?: readonly string[];
}
export type Step = { readonly question: string } | Exit;
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly help?: string;
  readonly cite?: string;
  readonly condition: Condition;
  readonly yes: Step;
  readonly no: Step;
  readonly unknown: Step;
}
export interface TreeDocument {
  readonly id: string;
  readonly title: string;
  readonly source: { readonly title: string; readonly publisher: string; readonly date?: string; readonly licence?: string; readonly note?: string };
  readonly root: string;
  readonly facts: readonly TreeFact[];
  readonly questions: readonly Question[];
}
/** A checked tree with its indexes and the digest of its canonical JSON. */
export interface ClassificationTree extends TreeDocument {
  /** `sha256:<hex>` over RFC 8785 canonical JSON of the document. */
  readonly digest: string;
  readonly questionById: ReadonlyMap<string, Question>;
  readonly factById: ReadonlyMap<string, TreeFact>;
  /** The facts each question reads, in the order of its condition. */
  readonly factsOfQuestion: ReadonlyMap<string, readonly string[]>;
}

export class TreeInvalidError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The classification tree is not valid:\n- ${problems.join('\n- ')}`);
    this.name = 'TreeInvalidError';
  }
}

export const isExit = (step: Step): step is Exit => 'stage' in step;
const ANSWERS: readonly TriState[] = ['yes', 'no', 'unknown'];

/** The leaves of a condition with the value that each has to take, left to right. */
export function leavesOf(condition: Condition): { fact: string; is: 'yes' | 'no' }[] {
  if ('fact' in condition) return [{ fact: condition.fact, is: condition.is ?? 'yes' }];
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesOf);
}

const validators = new WeakMap<object, ValidateFunction<TreeDocument>>();
function validatorOf(schema: object): ValidateFunction<TreeDocument> {
  const validate = validators.get(schema) ?? new Ajv2020({ allErrors: true, strict: true }).compile<TreeDocument>(schema);
  validators.set(schema, validate);
  return validate;
}

/**
 * Checks a tree document and prepares it for evaluation. Beyond the JSON schema: ids are unique, every reference exists, there is no
 * cycle, every question is reachable and every declared fact is read.
 * @param document parsed JSON of a tree file
 * @param schema the JSON schema of tree files (`trees/classification-tree.schema.json`)
 * @throws TreeInvalidError naming everything that is wrong
 */
export function parseTree(document: unknown, schema: object): ClassificationTree {
  const validate = validatorOf(schema);
  if (!validate(document)) {
    throw new TreeInvalidError((validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message ?? e.keyword}`));
  }
  const questionById = new Map(document.questions.map((q) => [q.id, q]));
  const factById = new Map(document.facts.map((f) => [f.id, f]));
  const problems: string[] = [];
  if (questionById.size !== document.questions.length) problems.push('two questions have the same id');
  if (factById.size !== document.facts.length) problems.push('two facts have the same id');
  if (!questionById.has(document.root)) problems.push(`the root question ${document.root} does not exist`);

  const factsOfQuestion = new Map<string, readonly string[]>();
  for (const question of document.questions) {
    const facts = [...new Set(leavesOf(question.condition).map((leaf) => leaf.fact))];
    factsOfQuestion.set(question.id, facts);
    for (const fact of facts) if (!factById.has(fact)) problems.push(`question ${question.id} reads the fact ${fact}, which is not declared`);
    for (const answer of ANSWERS) {
      const step = question[answer];
      const targets = isExit(step) ? (step.gapsOf ?? []) : [step.question];
      for (const target of targets) if (!questionById.has(target)) problems.push(`question ${question.id}, answer ${answer}: ${target} does not exist`);
    }
  }
  const read = new Set([...factsOfQuestion.values()].flat());
  for (const fact of document.facts) if (!read.has(fact.id)) problems.push(`the fact ${fact.id} is declared and never read`);
  if (problems.length === 0) problems.push(...walkProblems(document.root, questionById));
  if (problems.length > 0) throw new TreeInvalidError(problems);

  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TreeInvalidError(['the document has no canonical form']);
  const digest = `sha256:${createHash('sha256').update(canonical).digest('hex')}`;
  return { ...document, digest, questionById, factById, factsOfQuestion };
}

function walkProblems(root: string, questions: ReadonlyMap<string, Question>): string[] {
  const problems: string[] = [];
  const done = new Set<string>();
  const walk = (id: string, above: readonly string[]): void => {
    if (above.includes(id)) {
      problems.push(`the questions go round in a circle: ${[...above, id].join(' -> ')}`);
      return;
    }
    if (done.has(id)) return;
    const question = questions.get(id);
    if (!question) return;
    for (const answer of ANSWERS) {
      const step = question[answer];
      if (!isExit(step)) walk(step.question, [...above, id]);
    }
    done.add(id);
  };
  walk(root, []);
  for (const id of questions.keys()) if (!done.has(id) && problems.length === 0) problems.push(`question ${id} cannot be reached`);
  return problems;
}
