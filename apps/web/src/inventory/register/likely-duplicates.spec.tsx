import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { Profiler } from 'react';
import { LikelyDuplicates } from './likely-duplicates.js';

i18n.loadAndActivate({ locale: 'en', messages: {} });

describe('likely duplicates while somebody registers', () => {
  afterEach(() => { jest.useRealTimers(); });

  it('rest once nothing is typed any more', () => {
    jest.useFakeTimers();
    let renders = 0;
    render(
      <MantineProvider env="test"><I18nProvider i18n={i18n}><QueryClientProvider client={new QueryClient()}>
        <Profiler id="duplicates" onRender={() => { renders += 1; }}><LikelyDuplicates name="" team="Claims" /></Profiler>
      </QueryClientProvider></I18nProvider></MantineProvider>,
    );
    act(() => { jest.advanceTimersByTime(1_000); });
    const settled = renders;
    act(() => { jest.advanceTimersByTime(10_000); });
    for (let wait = 0; wait < 5; wait += 1) act(() => { jest.advanceTimersByTime(1_000); });
    expect(renders).toBe(settled);
  });
});
