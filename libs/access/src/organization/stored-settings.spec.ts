import { describe, expect, it } from '@jest/globals';
import { presetSettings } from './organization-settings.js';
import { editSettings } from './settings-edit.js';
import { fromStoredSettings, toStoredSettings } from './stored-settings.js';

const stored = (settings: unknown) => fromStoredSettings({ timeZone: 'Asia/Kathmandu', edition: 'psf-1.1', settings: settings as Record<string, unknown> });

describe('stored settings', () => {
  it('read back what was written, edits included', () => {
    const preset = presetSettings({ timeZone: 'Asia/Kathmandu' });
    expect(stored(JSON.parse(toStoredSettings(preset)))).toEqual(preset);
    const edited = editSettings(preset, { reviewPolicy: { hardeningPilot: { rrule: 'FREQ=WEEKLY' }, signOffTiers: [] }, tierPolicy: { requiredSets: { low: { minPerDomain: 'all' } } } });
    if (!edited.ok) throw new Error('refused');
    expect(stored(JSON.parse(toStoredSettings(edited.settings)))).toEqual(edited.settings);
  });

  it('give a setting that did not exist yet its preset and keep the others', () => {
    const settings = stored({ thresholds: { ownerReaffirmDays: 90 }, reviewPolicy: { productionCadence: { low: 'monthly' } } });
    expect(settings.thresholds).toEqual({ ...presetSettings().thresholds, ownerReaffirmDays: 90 });
    expect(settings.reviewPolicy.productionCadence).toEqual({ ...presetSettings().reviewPolicy.productionCadence, low: 'monthly' });
    expect(settings.tierPolicy).toEqual(presetSettings().tierPolicy);
  });
});
