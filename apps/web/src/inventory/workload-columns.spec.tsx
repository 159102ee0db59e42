import { describe, expect, it } from '@jest/globals';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import type { Schemas } from '@roster/api-client';
import { FormatProvider } from '@roster/ui';
import { render, screen } from '@testing-library/react';
import type { WorkloadItem } from './inventory.queries.js';
import { useWorkloadColumns } from './workload-columns.js';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const save = () => Promise.resolve();

/** What the cell of a field of the organization shows. */
function shown(locale: string, type: Schemas['CustomFieldDto']['type'], value: unknown): string {
  const custom = [{ key: 'own', label: 'Own', type, choices: [], filterable: false }] as unknown as Schemas['CustomFieldDto'][];
  function Cell() {
    const column = useWorkloadColumns({ custom, save, refusal: null, asOf: null }).find(({ id }) => id === 'custom.own');
    return <p data-testid="cell">{column?.cell({ custom: value === undefined ? {} : { own: value } } as unknown as WorkloadItem)}</p>;
  }
  const { unmount } = render(<MantineProvider env="test"><I18nProvider i18n={i18n}><FormatProvider locale={locale} timeZone="Europe/Berlin" now={new Date('2026-06-30T07:00:00Z')}><Cell /></FormatProvider></I18nProvider></MantineProvider>);
  const text = screen.getByTestId('cell').textContent ?? '';
  unmount();
  return text;
}

describe('a column of a field of the organization', () => {
  it.each([
    ['en-GB', 'boolean', true, 'Yes'], ['en-GB', 'boolean', false, 'No'], ['en-GB', 'boolean', undefined, 'Unknown'], ['en-GB', 'tri_state', 'unknown', 'Unknown'], ['en-GB', 'tri_state', 'yes', 'Yes'],
    ['en-GB', 'number', 1_234_567.891_23, '1,234,567.89123'], ['de', 'number', 1_234_567.5, '1.234.567,5'], ['en-GB', 'number', 0, '0'], ['en-GB', 'date', '2026-09-01', '1 Sept 2026'], ['de', 'date', '2026-09-01', '01.09.2026'],
    ['en-GB', 'choices', ['EU', 'US'], 'EU, US'], ['en-GB', 'text', 'yes', 'yes'], ['en-GB', 'text', '2026-09-01', '2026-09-01'],
  ] as const)('in %s says %s %j as %s', (locale, type, value, words) => {
    expect(shown(locale, type, value)).toBe(words);
  });
});
