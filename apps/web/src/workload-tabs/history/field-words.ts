import { useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
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

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** Fields whose values are codes of the API, such as `on_demand`; what people typed stays as they typed it. */
const CODED: ReadonlySet<string> = new Set(['kind', 'lifecycle', 'stage', 'riskTier', 'exposure', 'operation', 'dataClasses', 'usersAffected', 'euAiActRole', 'euAiActClass', 'processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained', 'specialCategories', 'statedStage']);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Words of the values that a history holds: yes and no, instants, codes, who owns what, what a fact rests on. null: as it is. */
export function useValueWords(): (value: unknown, field: string) => string | null {
  const { t } = useLingui();
  const format = useFormat();
  const plain = (value: unknown, coded: boolean): string | null => {
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`;
    if (typeof value !== 'string' || value === 'unknown') return null;
    if (INSTANT.test(value)) return format.instant(value);
    return coded ? spaced(value) : null;
  };
  return (value, field) => {
    if (Array.isArray(value)) return value.length > 0 && value.every((one) => typeof one === 'string') ? value.map((one) => plain(one, CODED.has(field)) ?? one).join(', ') : null;
    if (typeof value !== 'object' || value === null) return plain(value, CODED.has(field));
    const parts = value as Record<string, unknown>;
    const who = text(parts.person) ?? text(parts.email);
    if (field.startsWith('owners.') && who) {
      const status = spaced(text(parts.status) ?? '').toLowerCase();
      return t`${who}, ${status}`;
    }
    const stated = text(parts.value);
    if (field.startsWith('facts.') && stated) {
      const answer = spaced(stated);
      const provenance = text(parts.provenance) ?? '';
      const by = text(parts.by) ?? text(parts.source) ?? '';
      return by === '' ? t`${answer}, ${provenance}` : t`${answer}, ${provenance} by ${by}`;
    }
    return Object.entries(parts).filter(([, one]) => one !== null && one !== '').map(([name, one]) => `${spaced(name)}: ${plain(one, false) ?? (typeof one === 'string' ? one : JSON.stringify(one))}`).join('\n');
  };
}
