import type { Schemas } from '@roster/api-client';
import { customValue, type CustomType } from '../custom-values.js';

export type Registration = Schemas['RegisterWorkloadDto'];

/** What the form holds: texts as they are typed, '' where nothing was said. */
export type RegistrationForm = {
  readonly name: string; readonly kind: string; readonly purpose: string; readonly team: string; readonly riskOwner: string; readonly processesRealData: string;
  readonly key: string;
} & Readonly<Record<OptionalText, string>> & Readonly<Record<OptionalList, readonly string[]>> & { readonly custom: Readonly<Record<string, string>> };

export const REQUIRED = ['name', 'kind', 'purpose', 'team', 'riskOwner', 'processesRealData'] as const;
const OPTIONAL_TEXTS = ['description', 'businessUnit', 'runsOn', 'downstreamConsequence', 'downstreamChange', 'exposure', 'operation', 'maintained', 'handlesPii', 'executesTools', 'autonomyLevel', 'riskTier', 'riskTierRationale', 'euAiActRole', 'euAiActClass',
  'runbookLink', 'escalationPath', 'lifecycle', 'accountableExecutive', 'onCall', 'engineeringLead', 'dataSteward'] as const;
const OPTIONAL_LISTS = ['environments', 'repositories', 'interfaces', 'usersAffected', 'dataClasses', 'specialCategories', 'jurisdictions', 'monitoringLinks', 'tags'] as const;
export type OptionalText = (typeof OPTIONAL_TEXTS)[number];
export type OptionalList = (typeof OPTIONAL_LISTS)[number];

export const EMPTY_REGISTRATION: RegistrationForm = {
  name: '', kind: '', purpose: '', team: '', riskOwner: '', processesRealData: '', key: '', custom: {},
  ...(Object.fromEntries(OPTIONAL_TEXTS.map((name) => [name, ''])) as Record<OptionalText, string>), ...(Object.fromEntries(OPTIONAL_LISTS.map((name) => [name, []])) as unknown as Record<OptionalList, readonly string[]>),
};

/**
 * The form as the service takes it: what nobody answered is left out, so that it stays unknown.
 * @param customTypes type of each custom field by key
 */
export function toRegistration(form: RegistrationForm, customTypes: Readonly<Record<string, CustomType>>): Registration {
  const texts = [...REQUIRED, ...OPTIONAL_TEXTS, 'key' as const].flatMap((name) => { const value = form[name].trim(); return value === '' ? [] : [[name, value]]; });
  const lists = OPTIONAL_LISTS.flatMap((name) => (form[name].length === 0 ? [] : [[name, form[name]]]));
  const custom = Object.entries(form.custom).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, customValue(customTypes[key] === 'choices' ? value.split(',') : [value], customTypes[key])]]));
  return { ...Object.fromEntries([...texts, ...lists]), ...(custom.length === 0 ? {} : { custom: Object.fromEntries(custom) }) } as Registration;
}

/** The key a workload would get: what people will call it in commands and reports. Empty when the name has nothing a key can use. */
export function suggestedKey(name: string): string {
  return name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toUpperCase().replace(/[^A-Z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
}
