import { REVIEW_POLICY_PRESET, THRESHOLDS_PRESET, TIER_POLICY_PRESET, type OrganizationSettings } from '@roster/contracts';

/** Edition and time zone of a new organization that names none. */
export const EDITION_PRESET = 'psf-1.1';
export const TIME_ZONE_PRESET = 'UTC';

/** The settings a new organization starts with; stored in full. */
export const presetSettings = (given: { timeZone?: string; edition?: string } = {}): OrganizationSettings => ({
  timeZone: given.timeZone ?? TIME_ZONE_PRESET,
  edition: given.edition ?? EDITION_PRESET,
  tierPolicy: TIER_POLICY_PRESET,
  reviewPolicy: REVIEW_POLICY_PRESET,
  thresholds: THRESHOLDS_PRESET,
});
