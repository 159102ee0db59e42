import { describe, expect, it } from '@jest/globals';
import { presetSettings } from './organization-settings.js';
import { editSettings, isEndlessRule, isTimeZone } from './settings-edit.js';

const current = presetSettings({ timeZone: 'Europe/Berlin' });
const errorsOf = (edit: unknown) => {
  const result = editSettings(current, edit);
  return result.ok ? [] : result.errors.map(({ path, code }) => `${path}:${code}`);
};

describe('editing organization settings', () => {
  it('accepts every preset unchanged and reports no change', () => {
    expect(editSettings(current, JSON.parse(JSON.stringify(current)))).toEqual({ ok: true, settings: current, changed: [] });
    expect(editSettings(current, {})).toMatchObject({ ok: true, changed: [] });
  });

  it('merges objects by name and leaves the neighbours alone', () => {
    const result = editSettings(current, { tierPolicy: { killSwitchValidityDays: { high: 60 } }, thresholds: { decayHorizonDays: 45 } });
    expect(result).toEqual({
      ok: true,
      changed: ['tierPolicy', 'thresholds'],
      settings: {
        ...current,
        tierPolicy: { ...current.tierPolicy, killSwitchValidityDays: { low: 365, medium: 180, high: 60, critical: 30 } },
        thresholds: { ...current.thresholds, decayHorizonDays: 45 },
      },
    });
  });

  it('replaces lists, sorted, and a named cadence by a rule and back', () => {
    const ruled = editSettings(current, { reviewPolicy: { reminderDaysBefore: [2, 30], productionCadence: { low: { rrule: 'FREQ=MONTHLY;INTERVAL=2' } } } });
    if (!ruled.ok) throw new Error('refused');
    expect(ruled.settings.reviewPolicy.reminderDaysBefore).toEqual([30, 2]);
    expect(ruled.settings.reviewPolicy.productionCadence).toEqual({ low: { rrule: 'FREQ=MONTHLY;INTERVAL=2' }, medium: 'half_yearly', high: 'quarterly', critical: 'monthly' });
    const again = editSettings(ruled.settings, { reviewPolicy: { productionCadence: { low: { rrule: 'FREQ=WEEKLY' } } } });
    expect(again.ok && again.settings.reviewPolicy.productionCadence.low).toEqual({ rrule: 'FREQ=WEEKLY' });
    const back = editSettings(ruled.settings, { reviewPolicy: { productionCadence: { low: 'yearly' } } });
    expect(back.ok && back.settings.reviewPolicy.productionCadence.low).toBe('yearly');
  });

  it.each([
    [{ timeZone: '+02:00' }, 'timeZone:unknown_time_zone'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone:unknown_time_zone'],
    [{ timeZone: null }, 'timeZone:wrong_type'],
    [{ edition: '' }, 'edition:invalid'],
    [{ colour: 'red' }, 'colour:unknown_field'],
    [{ tierPolicy: { requiredSets: { extreme: {} } } }, 'tierPolicy.requiredSets.extreme:unknown_field'],
    [{ tierPolicy: { requiredSets: { low: { minPerDomain: 'most' } } } }, 'tierPolicy.requiredSets.low.minPerDomain:not_one_of'],
    [{ tierPolicy: { requiredSets: { low: { minPerDomain: -1 } } } }, 'tierPolicy.requiredSets.low.minPerDomain:not_one_of'],
    [{ tierPolicy: { killSwitchMaxSeconds: 301 } }, 'tierPolicy.killSwitchMaxSeconds:out_of_range'],
    [{ tierPolicy: { killSwitchValidityDays: { low: 1.5 } } }, 'tierPolicy.killSwitchValidityDays.low:wrong_type'],
    [{ reviewPolicy: { hardeningPilot: 'weekly' } }, 'reviewPolicy.hardeningPilot:not_one_of'],
    [{ reviewPolicy: { hardeningPilot: { rrule: 'FREQ=MONTHLY;COUNT=3' } } }, 'reviewPolicy.hardeningPilot:not_one_of'],
    [{ reviewPolicy: { dueAtLocalTime: '24:00' } }, 'reviewPolicy.dueAtLocalTime:wrong_format'],
    [{ reviewPolicy: { signOffTiers: ['high', 'high'] } }, 'reviewPolicy.signOffTiers:duplicate'],
    [{ reviewPolicy: { reminderDaysBefore: [91] } }, 'reviewPolicy.reminderDaysBefore[0]:out_of_range'],
    [{ thresholds: { freezeBreakGlassMaxDays: 15 } }, 'thresholds.freezeBreakGlassMaxDays:out_of_range'],
    [{ thresholds: { evidenceWarnDays: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } }, 'thresholds.evidenceWarnDays:too_many'],
    ['monthly', ':wrong_type'],
  ])('refuses %j with one clear error', (edit, error) => {
    expect(errorsOf(edit)).toEqual([error]);
  });

  it('names every wrong field at once', () => {
    expect(errorsOf({ timeZone: 'X', thresholds: { decayHorizonDays: 0 } })).toEqual(['timeZone:unknown_time_zone', 'thresholds.decayHorizonDays:out_of_range']);
  });

  it('knows time zones and endless rules', () => {
    expect(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'].every(isTimeZone)).toBe(true);
    expect([undefined, 7, '', 'Europe', '05:00', 'Z+'].some(isTimeZone)).toBe(false);
    expect(['FREQ=MONTHLY', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'FREQ=DAILY;INTERVAL=10'].every(isEndlessRule)).toBe(true);
    expect(['', 'FREQ=HOURLY', 'FREQ=DAILY;INTERVAL=0', 'INTERVAL=2', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;UNTIL=20270101T000000Z',
      'FREQ=MONTHLY\nDTSTART:20260101T000000Z', 'FREQ=MONTHLY;BYFOO=1'].some(isEndlessRule)).toBe(false);
  });
});
