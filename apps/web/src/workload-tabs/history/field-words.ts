import { useLingui } from '@lingui/react/macro';
import { isOwnerRole, useRoleWords } from '../owners/owner-slot.js';

/** `riskTier` → "Risk tier": the name of the API as words, for fields that have no word of their own here. */
const spaced = (name: string): string => {
  const words = name.replaceAll('_', ' ').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Words of the fields that a history names: `name`, `facts.handlesPii`, `owners.on_call`, `components.<name>`, `custom.<key>` … */
export function useFieldWords(): (field: string) => string {
  const { t } = useLingui();
  const roles = useRoleWords();
  const known: Record<string, string> = {
    name: t`Name`, kind: t`Kind`, purpose: t`Purpose`, team: t`Team`, description: t`Description`, lifecycle: t`Lifecycle`, riskTier: t`Risk tier`, riskTierRationale: t`Why this risk tier`, processesRealData: t`Processes real data`,
    handlesPii: t`Handles personal data`, executesTools: t`Executes tools`, downstreamChange: t`Changes something downstream`, maintained: t`Maintained`, stage: t`Stage`, hardening: t`Hardening`, frozen: t`Frozen`, environments: t`Environments`, exposure: t`Exposure`,
    operation: t`Operation`, autonomyLevel: t`Autonomy level`, tags: t`Tags`, jurisdictions: t`Jurisdictions`, dataClasses: t`Data classes`, withdrawnAt: t`Withdrawn`, mergedIntoId: t`Merged into`, retireReason: t`Why retired`,
  };
  return (field) => {
    const dot = field.indexOf('.');
    if (dot < 0) return known[field] ?? spaced(field);
    const [area, name] = [field.slice(0, dot), field.slice(dot + 1)];
    const role = isOwnerRole(name) ? roles[name].name : name;
    const fact = known[name] ?? spaced(name);
    switch (area) {
      case 'facts': return t`Fact: ${fact}`;
      case 'owners': return t`Owner: ${role}`;
      case 'components': return t`Component: ${name}`;
      case 'relations': return t`Relation: ${name}`;
      case 'toolGrants': return t`Tool grant: ${name}`;
      case 'custom': return t`Custom field: ${name}`;
      default: return field;
    }
  };
}
