import { createHash } from 'node:crypto';
import type { TriState } from '@roster/contracts';
import canonicalize from 'canonicalize';

/** What a template is made from: the part of a framework edition that reviews read. */
export interface TemplateEdition {
  readonly id: string;
  readonly title: string;
  readonly domains: readonly {
    readonly id: string;
    readonly name: string;
    readonly summary: string;
    readonly criteria: readonly {
      readonly id: string; readonly key: string; readonly title: string; readonly wordingVerified: boolean; readonly facets: readonly { readonly id: string }[];
    }[];
  }[];
  /** Ids of domains whose open gaps freeze or block a workload. */
  readonly freezeDomains: readonly string[];
  readonly toolBlockingDomains: readonly string[];
}

/** Keys of the requirements whose evidence blocks when it is missing: those of the edition's freeze and tool-blocking domains. */
export function blockingRequirements(edition: TemplateEdition): Set<string> {
  const blocking = new Set([...edition.freezeDomains, ...edition.toolBlockingDomains]);
  return new Set(edition.domains.filter(({ id }) => blocking.has(id)).flatMap(({ criteria }) =>
    criteria.flatMap(({ key, facets }) => [key, ...facets.map(({ id }) => `${edition.id}/${id}`)])));
}

export interface ReviewQuestion {
  /** Stable inside a template: `general.<name>` or the id of the domain. */
  readonly id: string;
  /** The edition's domain the question belongs to, or null for a general one. */
  readonly domainId: string | null;
  /** Name beside the number: a number alone means different things in different editions. */
  readonly domainName: string | null;
  readonly text: string;
  /** Points to think of while answering; `wordingVerified` is false where the edition's wording is not verified. */
  readonly prompts: readonly { readonly text: string; readonly wordingVerified: boolean }[];
}

export interface ReviewTemplateContent {
  readonly edition: string;
  readonly questions: readonly ReviewQuestion[];
}

const GENERAL: readonly (Pick<ReviewQuestion, 'id' | 'text'>)[] = [
  { id: 'general.purpose', text: 'Is the workload still used for the purpose, by the users and with the data that are on record?' },
  { id: 'general.owners', text: 'Do the named owners still answer for it, and could they disable it today?' },
  { id: 'general.incidents', text: 'Were all incidents and near misses since the last review recorded and their lessons acted upon?' },
  { id: 'general.concentration', text: 'Was the concentration risk looked at: how much depends on the same model, provider, component or person?' },
];

/** Questions for an edition: the general ones, then one per domain with its criteria as prompts (domain.md section 8). */
export function templateFrom(edition: TemplateEdition): ReviewTemplateContent {
  return {
    edition: edition.id,
    questions: [
      ...GENERAL.map((question) => ({ ...question, domainId: null, domainName: null, prompts: [] })),
      ...edition.domains.map((domain) => ({
        id: domain.id,
        domainId: domain.id,
        domainName: domain.name,
        text: `${domain.id} ${domain.name}: do the controls still work as the evidence says?`,
        prompts: domain.criteria.map(({ title, wordingVerified }) => ({ text: title, wordingVerified })),
      })),
    ],
  };
}

/** Names a template: equal content, equal digest. A review keeps the template it was started with. */
export function templateDigest(content: ReviewTemplateContent): string {
  const canonical = canonicalize(content);
  if (canonical === undefined) throw new TypeError('A review template has no canonical form');
  return `sha256:${createHash('sha256').update(canonical).digest('hex')}`;
}

export interface ReviewAnswer {
  readonly questionId: string;
  /** Whether it holds. `unknown` is an answer, and needs a comment like `no`. */
  readonly answer: TriState;
  readonly comment?: string | null | undefined;
}

export interface AnswerFault {
  readonly questionId: string;
  readonly fault: 'missing' | 'unknown_question' | 'repeated' | 'comment_missing';
  /** Position in the answers that were given; null for a missing one. */
  readonly index: number | null;
}

/** What is wrong with a set of answers: every question is answered exactly once, and a "no" or "unknown" says why. */
export function answerFaults(content: ReviewTemplateContent, answers: readonly ReviewAnswer[]): AnswerFault[] {
  const asked = new Set(content.questions.map(({ id }) => id));
  const seen = new Set<string>();
  const faults: AnswerFault[] = [];
  for (const [index, { questionId, answer, comment }] of answers.entries()) {
    if (!asked.has(questionId)) faults.push({ questionId, fault: 'unknown_question', index });
    else if (seen.has(questionId)) faults.push({ questionId, fault: 'repeated', index });
    else if (answer !== 'yes' && !comment?.trim()) faults.push({ questionId, fault: 'comment_missing', index });
    seen.add(questionId);
  }
  for (const questionId of asked) if (!seen.has(questionId)) faults.push({ questionId, fault: 'missing', index: null });
  return faults;
}
