import { describe, expect, it } from '@jest/globals';
import { consequencesOf, policyEdit, policyValues, readDays } from './policy-values.js';

const rule = { minPerDomain: 1, allOfFreezeDomains: false } as const;
const organization = {
  tierPolicy: { requiredSets: { low: rule, medium: rule, high: { minPerDomain: 'all', allOfFreezeDomains: true }, critical: rule }, killSwitchValidityDays: { low: 365, medium: 180, high: 90, critical: 30 }, killSwitchMaxSeconds: 300 },
  reviewPolicy: { productionCadence: { low: 'yearly', medium: 'yearly', high: 'quarterly', critical: { rrule: 'FREQ=WEEKLY' } }, pilotWithPiiOrTools: 'quarterly', hardeningPilot: 'monthly', signOffTiers: ['high'], reminderDaysBefore: [14, 7, 1], escalateEveryDays: 3, dueAtLocalTime: '09:00' },
  thresholds: { ownerReaffirmDays: 180, scaledMinProductionWorkloads: 2, evidenceWarnDays: [30, 14], freezeBreakGlassMaxDays: 14, decayHorizonDays: 30 },
} as const;

describe('policies as flat values', () => {
  it('are taken apart and put together again', () => {
    const values = policyValues(organization);
    expect(values).toMatchObject({ 'minPerDomain.high': 'all', 'killSwitchValidityDays.low': 365, 'productionCadence.critical': { rrule: 'FREQ=WEEKLY' }, killSwitchMaxSeconds: 300, dueAtLocalTime: '09:00', decayHorizonDays: 30 });
    expect(policyEdit(values)).toEqual(organization);
  });

  it('send only what changed', () => {
    expect(policyEdit({ 'minPerDomain.high': 3 })).toEqual({ tierPolicy: { requiredSets: { high: { minPerDomain: 3 } } } });
    expect(policyEdit({ 'productionCadence.low': 'monthly', escalateEveryDays: 5, ownerReaffirmDays: 90 })).toEqual({ reviewPolicy: { productionCadence: { low: 'monthly' }, escalateEveryDays: 5 }, thresholds: { ownerReaffirmDays: 90 } });
    expect(policyEdit({})).toEqual({});
  });

  it('say what follows', () => {
    expect([...consequencesOf(['minPerDomain.high', 'killSwitchMaxSeconds'])]).toEqual(['evaluation']);
    expect([...consequencesOf(['productionCadence.low', 'ownerReaffirmDays', 'reminderDaysBefore', 'decayHorizonDays'])]).toEqual(['schedule', 'ownership', 'reminders', 'forecast']);
  });
});

describe('days before', () => {
  it.each([['14, 7, 1', [14, 7, 1]], ['1 7;14', [14, 7, 1]], ['', []]])('reads %j', (text, days) => expect(readDays(text, 90)).toEqual(days));
  it.each(['0', '91', '1.5', 'x', '7, 7', '1 2 3 4 5 6 7 8 9 10 11'])('refuses %j', (text) => expect(readDays(text, 90)).toBeNull());
});
