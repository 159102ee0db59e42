import { useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import { useEvidenceStatusWords, useFormat, useOwnerStatusWords, useStageName, useWorkloadVocabulary } from '@roster/ui';
import { useWorkloadFieldNames } from '../inventory/workload-fields.js';
import { useComponentWords } from '../workload-tabs/components/component-words.js';
import { useDrillWords } from '../workload-tabs/drills/drill-words.js';
import { useFieldWords } from '../workload-tabs/history/field-words.js';
import { isOwnerRole, useRoleWords } from '../workload-tabs/owners/owner-slot.js';
import { useChangeAreaWords } from './review-words.js';
import type { ReviewDetail } from './reviews.queries.js';

type Change = Pick<ReviewDetail['changesSinceLast']['changes'][number], 'area' | 'subject' | 'from' | 'to'>;

/** A change of the record in words. */
export interface ChangeInWords {
  readonly area: string;
  readonly subject: string;
  /** null where there was nothing before, or where the record does not say what. */
  readonly from: string | null;
  readonly to: string | null;
  /** All of it in one line. */
  readonly line: string;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const OWNER = /^(?<role>\S+)(?: (?<domain>[^ (]\S*))?(?<deputy> \(deputy\))?$/;
const DRILL = /^(?<result>\w+) in (?<seconds>\d+) s$/;

/** The list or the object that a value of the record is as JSON; undefined when it is a text (also one that was cut, or that merely begins like JSON). */
function structureOf(value: string): unknown {
  if (!/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined; // somebody's text
  }
}

/** Says changes of the record in words: fields, roles, kinds and states by their names, instants and lengths of time in the person's language. What is not known here stays as the record says it. */
export function useChangeWords(): (change: Change) => ChangeInWords {
  const { t } = useLingui();
  const format = useFormat();
  const areas = useChangeAreaWords();
  const names = useWorkloadFieldNames();
  const nameOf = useFieldWords();
  const vocabulary: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...useWorkloadVocabulary() };
  const stageName = useStageName();
  const roles = useRoleWords();
  const ownerStatus: Readonly<Record<string, { readonly word: string }>> = useOwnerStatusWords();
  const evidenceStatus: Readonly<Record<string, { readonly word: string }>> = useEvidenceStatusWords();
  const types: Readonly<Record<string, string>> = useComponentWords().types;
  const drills = useDrillWords();
  const drillKinds: Readonly<Record<string, string>> = drills.kinds;
  const drillResults: Readonly<Record<string, { readonly word: string }>> = drills.results;
  const answers: Readonly<Record<string, string>> = { yes: t`Yes`, no: t`No`, unknown: t`Unknown`, true: t`Yes`, false: t`No` };
  const comings: Readonly<Record<string, string>> = { added: t`added`, removed: t`removed`, changed: t`changed` };

  const fieldValue = (area: Change['area'], subject: string, value: string): string => {
    if (area === 'fact' || subject === 'hardening') return answers[value] ?? value;
    if (subject === 'stage') { const stage = STAGES.find((one) => one === value); return stage ? stageName(stage) : value; }
    if (INSTANT.test(value)) return format.instant(value);
    const word = (one: string): string => vocabulary[subject]?.[one] ?? one;
    const structure = structureOf(value);
    if (Array.isArray(structure)) return structure.length === 0 ? t`None` : structure.map((one: unknown) => (typeof one === 'string' ? word(one) : JSON.stringify(one))).join(', ');
    if (typeof structure === 'object' && structure !== null) {
      const parts = Object.entries(structure).map(([name, one]: [string, unknown]) => `${name}: ${typeof one === 'string' ? one : JSON.stringify(one)}`);
      return parts.length === 0 ? t`None` : parts.join(', ');
    }
    return word(value);
  };
  const ownerSubject = (subject: string): string => {
    const { role = subject, domain, deputy } = OWNER.exec(subject)?.groups ?? {};
    const domainId = domain?.slice(domain.indexOf('/') + 1) ?? '';
    const what = domain ? t`Domain ${domainId}` : isOwnerRole(role) ? roles[role].name : role;
    return deputy ? t`${what}, deputy` : what;
  };
  const ownerValue = (value: string): string => {
    const colon = value.indexOf(': ');
    if (colon < 0) return ownerStatus[value]?.word ?? value;
    const [status, who] = [value.slice(0, colon), value.slice(colon + 2)];
    const word = ownerStatus[status]?.word ?? status;
    return t`${word}: ${who}`;
  };
  const drillValue = (value: string): string => {
    const { result, seconds } = DRILL.exec(value)?.groups ?? {};
    if (!result || !seconds) return value;
    const word = drillResults[result]?.word ?? result;
    const length = format.duration(Number(seconds));
    return t`${word} in ${length}`;
  };
  const componentSubject = (subject: string): string => {
    const space = subject.indexOf(' ');
    const type = types[subject.slice(0, space)];
    const name = subject.slice(space + 1);
    return space < 0 || type === undefined ? subject : t`${type} ${name}`;
  };
  const subjectOf = ({ area, subject }: Change): string => {
    switch (area) {
      case 'owner': return ownerSubject(subject);
      case 'component': return componentSubject(subject);
      case 'drill': return drillKinds[subject] ?? subject;
      case 'evidence': return subject;
      default: return subject === 'custom' ? t`Fields of your organization` : names[subject] ?? nameOf(subject);
    }
  };
  const valueOf = ({ area, subject }: Change, value: string): string => {
    switch (area) {
      case 'owner': return ownerValue(value);
      case 'component': return comings[value] ?? value;
      case 'drill': return drillValue(value);
      case 'evidence': return value === 'submitted' ? t`Submitted` : evidenceStatus[value]?.word ?? value;
      default: return fieldValue(area, subject, value);
    }
  };
  return (change) => {
    const area = areas[change.area] ?? change.area;
    const subject = subjectOf(change);
    const from = change.from === null || change.from === 'present' ? null : valueOf(change, change.from);
    const to = change.to === null ? null : valueOf(change, change.to);
    const line = from !== null && to !== null ? t`${area}: ${subject}, ${from} → ${to}` : from !== null ? t`${area}: ${subject}, ${from} → nothing` : to !== null ? t`${area}: ${subject}, ${to}` : t`${area}: ${subject}`;
    return { area, subject, from, to, line };
  };
}
