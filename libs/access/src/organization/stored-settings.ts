import type { OrganizationSettings } from '@roster/contracts';
import { presetSettings } from './organization-settings.js';

/** What the settings column holds; time zone and edition have columns of their own. */
export const toStoredSettings = ({ tierPolicy, reviewPolicy, thresholds }: OrganizationSettings): string => JSON.stringify({ tierPolicy, reviewPolicy, thresholds });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stored values first; a setting that a later release added takes its preset until somebody sets it. */
function complete<T>(preset: T, stored: unknown): T {
  if (!isObject(preset) || !isObject(stored) || 'rrule' in stored) return (stored === undefined ? preset : stored) as T;
  return Object.fromEntries(Object.entries(preset).map(([name, value]) => [name, complete(value, stored[name])])) as T;
}

/** The settings of an organization as rules read them. */
export function fromStoredSettings(row: { timeZone: string; edition: string; settings: Readonly<Record<string, unknown>> }): OrganizationSettings {
  const preset = presetSettings({ timeZone: row.timeZone, edition: row.edition });
  return { ...preset, ...complete({ tierPolicy: preset.tierPolicy, reviewPolicy: preset.reviewPolicy, thresholds: preset.thresholds }, row.settings) };
}
