import type { EvidenceKind } from '@roster/contracts';
import type { ArrivedUpload } from './transfer-queue.js';

/** What somebody is entering about evidence. Days are YYYY-MM-DD in the organization's zone; empty = not set. */
export interface EvidenceDraft {
  readonly source: 'files' | 'link';
  readonly kind: EvidenceKind;
  /** Titles of files by name; of a file that is not here, its name without the extension. */
  readonly titles: Readonly<Record<string, string>>;
  readonly linkTitle: string;
  readonly url: string;
  readonly effectiveFrom: string;
  readonly trueUntil: string;
  readonly countsUntil: string;
  readonly notes: string;
  readonly workloads: readonly string[];
  /** `<edition>/<id>` */
  readonly criteria: readonly string[];
  /** Files that arrived and wait to be submitted. */
  readonly arrived: readonly ArrivedUpload[];
}

/** Most links of one item. */
export const MAX_LINKS = 500;

export const emptyDraft = (given: Partial<EvidenceDraft>): EvidenceDraft => ({
  source: 'files', kind: 'document', titles: {}, linkTitle: '', url: '', effectiveFrom: '', trueUntil: '', countsUntil: '', notes: '', workloads: [], criteria: [], arrived: [], ...given,
});

/** A file's name as a title. */
export const titleOfFile = (name: string): string => name.replace(/\.[^.\s]{1,16}$/, '').replace(/[_]+/g, ' ').trim().slice(0, 300) || name;

/** What a file most likely is, for the person to correct. */
export const kindOfFile = (file: Pick<File, 'type'>): EvidenceKind => (file.type.startsWith('image/') ? 'screenshot' : /[/+](json|xml)$/.test(file.type) ? 'test_run' : 'document');

/** Every workload with every criterion; without criteria the workloads alone. */
export const linksOf = ({ workloads, criteria }: Pick<EvidenceDraft, 'workloads' | 'criteria'>): { workload: string; criterion: string | null }[] =>
  workloads.flatMap((workload) => (criteria.length === 0 ? [null] : criteria).map((criterion) => ({ workload, criterion })));
