import { RISK_TIERS, type RiskTier, type OrganizationSettings } from '@roster/contracts';
import { problem, type FieldError } from '@roster/platform-errors';
import { Ajv, type ErrorObject } from 'ajv';
import { RRuleTemporal } from 'rrule-temporal';

/** Whether a name is an IANA time zone this process can compute with. Bare offsets such as `+02:00` know no daylight saving and are refused. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 64 || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const RULE_PART = /^(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=\d{1,3}|BY(DAY|MONTHDAY|MONTH|SETPOS)=[-+0-9A-Z,]{1,60}|WKST=(MO|TU|WE|TH|FR|SA|SU))$/;
const PROBE_START = 'DTSTART:20260101T090000Z';

/**
 * Whether a text is an RFC 5545 rule that can drive reviews: daily or slower, endless (no COUNT, no UNTIL), without its own start or
 * zone, and with at least one occurrence. The start and the zone come from the review.
 */
export function isEndlessRule(rule: string): boolean {
  if (rule.length > 200 || !rule.split(';').every((part) => RULE_PART.test(part))) return false;
  try {
    return new RRuleTemporal({ rruleString: `${PROBE_START}\nRRULE:${rule}`, strict: true, maxIterations: 500 }).next() !== null;
  } catch {
    // The parser has no error type of its own: whatever it refuses is not a rule.
    return false;
  }
}

const perTier = (value: object): object => ({
  type: 'object', additionalProperties: false, properties: Object.fromEntries(RISK_TIERS.map((tier) => [tier, value])),
});
const wholeNumber = (minimum: number, maximum: number): object => ({ type: 'integer', minimum, maximum });
const dayList = { type: 'array', items: wholeNumber(1, 365), uniqueItems: true, maxItems: 10 };
const cadence = {
  anyOf: [
    { enum: ['monthly', 'quarterly', 'half_yearly', 'yearly'] },
    { type: 'object', additionalProperties: false, required: ['rrule'], properties: { rrule: { type: 'string', format: 'endless-rule' } } },
  ],
  description: 'monthly, quarterly, half_yearly, yearly, or {"rrule":"FREQ=…"} without DTSTART, COUNT and UNTIL, daily or slower',
};
const allOrCount = { anyOf: [wholeNumber(0, 100), { const: 'all' }], description: 'a whole number from 0 to 100, or "all"' };

/** JSON schema of an edit: every field may be left out, none may be unknown. */
export const SETTINGS_EDIT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    timeZone: { type: 'string', format: 'time-zone' },
    edition: { type: 'string', minLength: 1, maxLength: 64 },
    tierPolicy: {
      type: 'object',
      additionalProperties: false,
      properties: {
        requiredSets: perTier({
          type: 'object', additionalProperties: false, properties: { minPerDomain: allOrCount, allOfFreezeDomains: { type: 'boolean' } },
        }),
        killSwitchValidityDays: perTier(wholeNumber(1, 730)),
        killSwitchMaxSeconds: wholeNumber(10, 300),
      },
    },
    reviewPolicy: {
      type: 'object',
      additionalProperties: false,
      properties: {
        productionCadence: perTier(cadence),
        pilotWithPiiOrTools: cadence,
        hardeningPilot: cadence,
        signOffTiers: { type: 'array', items: { enum: [...RISK_TIERS] }, uniqueItems: true },
        reminderDaysBefore: { ...dayList, items: wholeNumber(1, 90) },
        escalateEveryDays: wholeNumber(1, 30),
        dueAtLocalTime: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
      },
    },
    thresholds: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ownerReaffirmDays: wholeNumber(30, 730),
        scaledMinProductionWorkloads: wholeNumber(2, 1000),
        evidenceWarnDays: dayList,
        freezeBreakGlassMaxDays: wholeNumber(1, 14),
        decayHorizonDays: wholeNumber(1, 365),
      },
    },
  },
} as const;

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });
ajv.addFormat('time-zone', isTimeZone);
ajv.addFormat('endless-rule', isEndlessRule);
const validate = ajv.compile(SETTINGS_EDIT_SCHEMA);

const pathOf = (error: ErrorObject): string => {
  const own = error.keyword === 'additionalProperties' ? `/${String(error.params['additionalProperty'])}` : '';
  return `${error.instancePath}${own}`.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? `[${part}]` : part)).join('.').replaceAll('.[', '[');
};

function describe(error: ErrorObject): { code: string; message: string } {
  const described = (error.parentSchema as { description?: string } | undefined)?.description;
  switch (error.keyword) {
    case 'additionalProperties': return { code: 'unknown_field', message: 'There is no such setting. Remove it or check its spelling.' };
    case 'anyOf': return { code: 'not_one_of', message: `Expected ${described ?? 'one of the allowed forms'}.` };
    case 'enum': return { code: 'not_one_of', message: `Expected one of ${(error.params['allowedValues'] as unknown[]).join(', ')}.` };
    case 'minimum': case 'maximum': {
      const { minimum, maximum } = error.parentSchema as { minimum: number; maximum: number };
      return { code: 'out_of_range', message: `Expected a whole number from ${minimum} to ${maximum}.` };
    }
    case 'type': return { code: 'wrong_type', message: `Expected a value of type ${String(error.params['type'])}.` };
    case 'uniqueItems': return { code: 'duplicate', message: 'Expected each entry once. Remove the duplicate.' };
    case 'maxItems': return { code: 'too_many', message: `Expected at most ${String(error.params['limit'])} entries.` };
    case 'pattern': return { code: 'wrong_format', message: 'Expected a time of day as HH:MM, such as 09:00.' };
    case 'format': return error.params['format'] === 'time-zone'
      ? { code: 'unknown_time_zone', message: 'Expected an IANA time zone name, such as Europe/Berlin.' }
      : { code: 'wrong_format', message: 'Expected an RFC 5545 rule, daily or slower and without DTSTART, COUNT and UNTIL, such as FREQ=MONTHLY;INTERVAL=2.' };
    default: return { code: 'invalid', message: `Expected a value that ${error.message ?? 'follows the rule'}.` };
  }
}

/** The result of an edit: the whole new settings with the top-level names that differ, or what is wrong with it. */
export type SettingsEdit =
  | { readonly ok: true; readonly settings: OrganizationSettings; readonly changed: (keyof OrganizationSettings)[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const isPlainObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A rule `{rrule}` replaces the cadence before it as a whole; every other object is merged name by name. */
function merge<T>(current: T, edit: unknown): T {
  if (!isPlainObject(edit) || !isPlainObject(current) || 'rrule' in edit) return edit as T;
  return Object.fromEntries([...new Set([...Object.keys(current), ...Object.keys(edit)])]
    .map((key) => [key, key in edit ? merge(current[key], edit[key]) : current[key]])) as T;
}

const descending = (days: readonly number[]): number[] => [...days].sort((a, b) => b - a);
const inTierOrder = (tiers: readonly RiskTier[]): RiskTier[] => RISK_TIERS.filter((tier) => tiers.includes(tier));

/**
 * Applies a partial edit to the settings of an organization: objects are merged by name, lists and single values replaced.
 * Nothing is dropped or corrected silently; whether the edition exists is asked of the catalogue by the caller.
 * @param current the settings as they are
 * @param edit what the caller sent; unknown names, wrong types and values out of range are errors
 */
export function editSettings(current: OrganizationSettings, edit: unknown): SettingsEdit {
  if (!validate(edit)) {
    const failures = validate.errors ?? [];
    // An `anyOf` explains itself once; the branches it tried would only repeat it.
    const wholes = failures.filter((error) => error.keyword === 'anyOf');
    const kept = failures.filter((error) => error.keyword === 'anyOf'
      || !wholes.some((whole) => error.schemaPath.startsWith(`${whole.schemaPath}/`) && error.instancePath.startsWith(whole.instancePath)));
    return { ok: false, errors: kept.map((error) => ({ path: pathOf(error), ...describe(error) })) };
  }
  const merged = merge(current, edit);
  const settings: OrganizationSettings = {
    ...merged,
    reviewPolicy: {
      ...merged.reviewPolicy,
      signOffTiers: inTierOrder(merged.reviewPolicy.signOffTiers),
      reminderDaysBefore: descending(merged.reviewPolicy.reminderDaysBefore),
    },
    thresholds: { ...merged.thresholds, evidenceWarnDays: descending(merged.thresholds.evidenceWarnDays) },
  };
  const names = Object.keys(settings) as (keyof OrganizationSettings)[];
  return { ok: true, settings, changed: names.filter((name) => JSON.stringify(settings[name]) !== JSON.stringify(current[name])) };
}

/**
 * The same, for callers who refuse what is not valid.
 * @throws PLATFORM_REQUEST_INVALID naming every wrong setting
 */
export function requireSettings(current: OrganizationSettings, edit: object): Extract<SettingsEdit, { ok: true }> {
  // Plain data: an undefined member of a body is a member that was not sent.
  const result = editSettings(current, JSON.parse(JSON.stringify(edit)));
  if (!result.ok) throw problem('PLATFORM_REQUEST_INVALID', 'Some settings are not valid. Nothing was changed.', { errors: result.errors });
  return result;
}
