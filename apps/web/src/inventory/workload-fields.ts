import { useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import type { Schemas } from '@roster/api-client';
import { useStageName, useWorkloadVocabulary, type FilterChoice, type FilterField } from '@roster/ui';
import { useMemo } from 'react';

type CustomField = Schemas['CustomFieldDto'];

const choicesOf = (words: Readonly<Record<string, string>>): FilterChoice[] => Object.entries(words).map(([value, label]) => ({ value, label }));

/** Yes, no and unknown, which is a value. */
export function useTriStateChoices(): readonly FilterChoice[] {
  const { t } = useLingui();
  return useMemo(() => [{ value: 'yes', label: t`Yes` }, { value: 'no', label: t`No` }, { value: 'unknown', label: t`Unknown` }], [t]);
}

/** What the inventory can be filtered by, in words. @param custom the organization's own fields */
export function useWorkloadFilterFields(custom: readonly CustomField[]): readonly FilterField[] {
  const { t } = useLingui();
  const words = useWorkloadVocabulary();
  const stageName = useStageName();
  const triState = useTriStateChoices();
  return useMemo(() => {
    const unknown = { value: 'unknown', label: t`Unknown` };
    const orUnknown = (choices: readonly FilterChoice[]): FilterChoice[] => [...choices, unknown];
    const [standing, facts, people, dates, own] = [t`Standing`, t`Facts`, t`Ownership`, t`Time`, t`Your own fields`];
    return [
      { id: 'stage', label: t`Stage`, group: standing, kind: 'choice', ordered: true, choices: orUnknown(STAGES.map((stage) => ({ value: stage, label: stageName(stage) }))) },
      { id: 'riskTier', label: t`Risk tier`, group: standing, kind: 'choice', ordered: true, choices: orUnknown(choicesOf(words.riskTier)) },
      { id: 'lifecycle', label: t`Lifecycle`, group: standing, kind: 'choice', choices: choicesOf(words.lifecycle) },
      { id: 'kind', label: t`Kind`, group: standing, kind: 'choice', choices: orUnknown(choicesOf(words.kind)) },
      { id: 'frozen', label: t`Frozen`, group: standing, kind: 'flag' },
      { id: 'hardening', label: t`Hardening`, group: standing, kind: 'flag' },
      { id: 'undetermined', label: t`Rests on an unknown`, group: standing, kind: 'flag' },
      { id: 'incomplete', label: t`Incomplete`, group: standing, kind: 'flag' },
      { id: 'missingEvidence', label: t`Missing evidence`, group: standing, kind: 'count', mayBeUnknown: true },
      { id: 'processesRealData', label: t`Processes real data`, group: facts, kind: 'choice', choices: triState },
      { id: 'handlesPii', label: t`Personal data`, group: facts, kind: 'choice', choices: triState },
      { id: 'executesTools', label: t`Executes tools`, group: facts, kind: 'choice', choices: triState },
      { id: 'piiOrTools', label: t`Personal data or tools`, group: facts, kind: 'choice', choices: triState },
      { id: 'downstreamChange', label: t`Changes something downstream`, group: facts, kind: 'choice', choices: triState },
      { id: 'maintained', label: t`Maintained`, group: facts, kind: 'choice', choices: triState },
      { id: 'exposure', label: t`Exposure`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.exposure)) },
      { id: 'operation', label: t`Operation`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.operation)) },
      { id: 'autonomyLevel', label: t`Autonomy level`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.autonomyLevel)) },
      { id: 'usersAffected', label: t`Users affected`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.usersAffected)) },
      { id: 'dataClasses', label: t`Data classes`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.dataClasses)) },
      { id: 'euAiActRole', label: t`EU AI Act role`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.euAiActRole)) },
      { id: 'euAiActClass', label: t`EU AI Act class`, group: facts, kind: 'choice', choices: orUnknown(choicesOf(words.euAiActClass)) },
      { id: 'specialCategories', label: t`Special categories`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'jurisdictions', label: t`Jurisdictions`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'environments', label: t`Environments`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'tags', label: t`Tags`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'component', label: t`Component`, group: facts, kind: 'text' }, { id: 'provider', label: t`Provider of a component`, group: facts, kind: 'text' },
      { id: 'repositories', label: t`Repository`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'interfaces', label: t`Interface`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'statedStage', label: t`Stage stated by a source`, group: facts, kind: 'text', mayBeUnknown: true },
      { id: 'mine', label: t`Mine`, group: people, kind: 'flag' },
      { id: 'unowned', label: t`Unowned`, group: people, kind: 'flag' },
      { id: 'riskOwner', label: t`Risk owner`, group: people, kind: 'person', mayBeUnknown: true },
      { id: 'riskOwnerStatus', label: t`Risk owner has`, group: people, kind: 'choice', choices: [{ value: 'accepted', label: t`Accepted` }, { value: 'proposed', label: t`Not answered yet` }, { value: 'none', label: t`Not been named` }] },
      { id: 'owner', label: t`Any owner`, group: people, kind: 'person' },
      { id: 'accountable', label: t`Accepted owner`, group: people, kind: 'person' },
      { id: 'team', label: t`Owning team`, group: people, kind: 'text', mayBeUnknown: true },
      { id: 'businessUnit', label: t`Business unit`, group: people, kind: 'text', mayBeUnknown: true },
      { id: 'nextReviewDueAt', label: t`Next review`, group: dates, kind: 'time', mayBeUnknown: true },
      { id: 'fallsAt', label: t`Stage falls`, group: dates, kind: 'time', mayBeUnknown: true },
      { id: 'updatedAt', label: t`Last change`, group: dates, kind: 'time' },
      { id: 'registeredAt', label: t`Registered`, group: dates, kind: 'time' },
      ...custom.filter((field) => field.filterable).map((field): FilterField => ({ ...customKind(field, triState, [{ value: 'true', label: t`Yes` }, { value: 'false', label: t`No` }]), id: `custom.${field.key}`, label: field.label, group: own, mayBeUnknown: true })),
    ];
  }, [t, words, stageName, triState, custom]);
}

function customKind(field: CustomField, triState: readonly FilterChoice[], yesNo: readonly FilterChoice[]): { kind: 'choice'; choices: readonly FilterChoice[] } | { kind: 'text' | 'time' | 'count' } {
  switch (field.type) {
    case 'choice': case 'choices': return { kind: 'choice', choices: field.choices.map((value) => ({ value, label: value })) };
    case 'tri_state': return { kind: 'choice', choices: triState };
    case 'boolean': return { kind: 'choice', choices: yesNo };
    case 'date': return { kind: 'time' };
    case 'number': return { kind: 'count' };
    default: return { kind: 'text' };
  }
}

/** Names of the fields of a workload, as people see them; for the register, comparisons and refusals. */
export function useWorkloadFieldNames(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return useMemo(() => ({
    name: t`Name`, kind: t`Kind`, purpose: t`Purpose`, team: t`Owning team`, riskOwner: t`Risk owner`, processesRealData: t`Processes real data`, description: t`Description`, businessUnit: t`Business unit`, environments: t`Environments`, runsOn: t`Where it runs`,
    repositories: t`Repositories`, catalogueRefs: t`Catalogue references`, interfaces: t`Interfaces`, usersAffected: t`Users affected`, downstreamConsequence: t`Downstream consequence`, downstreamChange: t`Changes something downstream`, exposure: t`Exposure`, operation: t`Operation`,
    maintained: t`Maintained`, dataClasses: t`Data classes`, handlesPii: t`Personal data`, specialCategories: t`Special categories`, jurisdictions: t`Jurisdictions`, executesTools: t`Executes tools`, autonomyLevel: t`Autonomy level`, riskTier: t`Risk tier`, riskTierRationale: t`Why this risk tier`,
    euAiActRole: t`EU AI Act role`, euAiActClass: t`EU AI Act class`, monitoringLinks: t`Monitoring`, runbookLink: t`Runbook`, escalationPath: t`Escalation path`, tags: t`Tags`, statedStage: t`Stage stated by a source`, lifecycle: t`Lifecycle`, key: t`Key`,
    accountableExecutive: t`Accountable executive`, onCall: t`On call`, engineeringLead: t`Engineering lead`, dataSteward: t`Data steward`,
  }), [t]);
}
