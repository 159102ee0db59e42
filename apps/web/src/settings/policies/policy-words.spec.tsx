import { describe, expect, it } from '@jest/globals';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { usePolicyWords } from './policy-words.js';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const wrapper = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>;

describe('the words of policies', () => {
  it.each([
    ['quarterly', 'quarterly'], [{ rrule: 'FREQ=WEEKLY' }, 'weekly'], [{ rrule: 'FREQ=WEEKLY;INTERVAL=2' }, 'every 2 weeks'], [{ rrule: 'FREQ=MONTHLY;INTERVAL=4' }, 'every 4 months'],
    [{ rrule: 'FREQ=MONTHLY;BYDAY=1MO' }, 'monthly, by the rule FREQ=MONTHLY;BYDAY=1MO'], [{ rrule: 'FREQ=HOURLY' }, 'FREQ=HOURLY'],
  ] as const)('say how often reviews are: %j is %s', (cadence, words) => {
    expect(renderHook(() => usePolicyWords(), { wrapper }).result.current.cadence(cadence)).toBe(words);
  });
});
