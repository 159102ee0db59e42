import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { useWorkloadVocabulary } from '@roster/ui';
import { useMemo } from 'react';
import type { Workload } from '../workload.queries.js';

export type Changes = Schemas['UpdateWorkloadDto'];
/** Fields of a workload that are edited in place. Facts have provenance and are stated in a dialog of their own. */
export type FieldName = Exclude<keyof Changes & keyof Workload, 'riskOwner' | 'custom' | 'processesRealData' | 'handlesPii' | 'executesTools' | 'downstreamChange' | 'maintained'>;
export type FieldGroup = 'about' | 'reach' | 'data' | 'risk' | 'running';

export interface FieldSpec {
  readonly name: FieldName;
  readonly label: string;
  /** What it means; shown while editing. */
  readonly help?: string;
  readonly group: FieldGroup;
  readonly type: 'text' | 'long' | 'url' | 'list' | 'urls' | 'choice' | 'choices';
  /** Values with their words. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** May be empty. */
  readonly clearable?: boolean;
}

const choicesOf = (words: Readonly<Record<string, string>>): { value: string; label: string }[] => Object.entries(words).map(([value, label]) => ({ value, label }));

/** Every field that is edited in place, in the order in which it is read (domain.md section 3). */
export function useFields(): readonly FieldSpec[] {
  const { t } = useLingui();
  const words = useWorkloadVocabulary();
  return useMemo((): readonly FieldSpec[] => {
    const { retired: _byItsOwnAct, ...lifecycle } = words.lifecycle;
    return [
      { name: 'name', label: t`Name`, group: 'about', type: 'text' },
      { name: 'purpose', label: t`Purpose`, help: t`What it is for.`, group: 'about', type: 'long' },
      { name: 'description', label: t`Description`, help: t`What it is and how it works.`, group: 'about', type: 'long', clearable: true },
      { name: 'kind', label: t`Kind`, group: 'about', type: 'choice', choices: choicesOf(words.kind) },
      { name: 'team', label: t`Owning team`, group: 'about', type: 'text' },
      { name: 'businessUnit', label: t`Business unit`, group: 'about', type: 'text', clearable: true },
      { name: 'lifecycle', label: t`Lifecycle`, help: t`Retiring has its own act, with a record.`, group: 'about', type: 'choice', choices: choicesOf(lifecycle) },
      { name: 'tags', label: t`Tags`, group: 'about', type: 'list', clearable: true },
      { name: 'statedStage', label: t`Stage somebody states`, help: t`What another source says. It stands beside the computed stage and never replaces it.`, group: 'about', type: 'text', clearable: true },
      { name: 'exposure', label: t`Exposure`, help: t`How far it reaches. Growth is refused while it is frozen.`, group: 'reach', type: 'choice', choices: choicesOf(words.exposure), clearable: true },
      { name: 'operation', label: t`Operation`, group: 'reach', type: 'choice', choices: choicesOf(words.operation), clearable: true },
      { name: 'usersAffected', label: t`Users affected`, group: 'reach', type: 'choices', choices: choicesOf(words.usersAffected), clearable: true },
      { name: 'downstreamConsequence', label: t`What follows from its output`, group: 'reach', type: 'long', clearable: true },
      { name: 'autonomyLevel', label: t`Autonomy`, help: t`Level of the PSF scheme. Raising it is refused while it is frozen.`, group: 'reach', type: 'choice', choices: choicesOf(words.autonomyLevel), clearable: true },
      { name: 'dataClasses', label: t`Data classes`, group: 'data', type: 'choices', choices: choicesOf(words.dataClasses), clearable: true },
      { name: 'specialCategories', label: t`Special categories of personal data`, group: 'data', type: 'list', clearable: true },
      { name: 'jurisdictions', label: t`Jurisdictions`, group: 'data', type: 'list', clearable: true },
      { name: 'riskTier', label: t`Risk tier`, help: t`Not set is treated as critical.`, group: 'risk', type: 'choice', choices: choicesOf(words.riskTier), clearable: true },
      { name: 'riskTierRationale', label: t`Why this tier`, group: 'risk', type: 'long', clearable: true },
      { name: 'euAiActRole', label: t`Role under the EU AI Act`, group: 'risk', type: 'choice', choices: choicesOf(words.euAiActRole), clearable: true },
      { name: 'euAiActClass', label: t`Class under the EU AI Act`, group: 'risk', type: 'choice', choices: choicesOf(words.euAiActClass), clearable: true },
      { name: 'environments', label: t`Environments`, group: 'running', type: 'list', clearable: true },
      { name: 'runsOn', label: t`Where it runs`, help: t`Cloud, region, cluster or device.`, group: 'running', type: 'long', clearable: true },
      { name: 'repositories', label: t`Repositories`, group: 'running', type: 'urls', clearable: true },
      { name: 'catalogueRefs', label: t`Catalogue references`, help: t`Such as a number in the CMDB.`, group: 'running', type: 'list', clearable: true },
      { name: 'interfaces', label: t`Interfaces`, group: 'running', type: 'urls', clearable: true },
      { name: 'monitoringLinks', label: t`Monitoring`, group: 'running', type: 'urls', clearable: true },
      { name: 'runbookLink', label: t`Runbook`, group: 'running', type: 'url', clearable: true },
      { name: 'escalationPath', label: t`Escalation path`, help: t`Whom to reach, in order.`, group: 'running', type: 'long', clearable: true },
    ];
  }, [t, words]);
}

export type FieldValue = string | readonly string[] | null | undefined;

/** Nothing was recorded: not an empty answer, but no answer. */
export const isUnrecorded = (value: FieldValue): boolean => value === null || value === undefined || value.length === 0;
