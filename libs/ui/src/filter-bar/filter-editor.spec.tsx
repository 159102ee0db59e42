import { describe, expect, it } from '@jest/globals';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { FormatProvider } from '../format/format.js';
import { FilterEditor } from './filter-editor.js';
import { operatorsOf, type Filter, type FilterFacet, type FilterField } from './filter.js';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const NOW = new Date('2026-05-01T12:00:00Z');
const field = (more: Partial<FilterField> & Pick<FilterField, 'kind'>): FilterField => ({ id: 'f', label: 'Field', group: 'Group', ...more }) as FilterField;
const TIME = field({ kind: 'time', mayBeUnknown: true });
const TIER = field({ kind: 'choice', ordered: true, mayBeUnknown: true, choices: [{ value: 'low', label: 'Low' }, { value: 'high', label: 'High' }, { value: 'unknown', label: 'Unknown' }] });

/** An editor that keeps its own filter, and what it told last. */
function edit(of: FilterField, filter: Omit<Filter, 'field'>, facet?: FilterFacet): { readonly last: () => Filter } {
  let told: Filter = { field: of.id, ...filter };
  function Kept() {
    const [kept, setKept] = useState(told);
    return <FilterEditor field={of} filter={kept} facet={facet} onChange={(next) => { told = next; setKept(next); }} />;
  }
  render(<MantineProvider env="test"><I18nProvider i18n={i18n}><FormatProvider locale="en-GB" timeZone="Europe/Berlin" now={NOW}><Kept /></FormatProvider></I18nProvider></MantineProvider>);
  return { last: () => told };
}
const compare = (operator: string): void => { fireEvent.change(screen.getByRole('combobox', { name: 'How it compares' }), { target: { value: operator } }); };
const offered = (name: string): string[] => within(screen.getByRole('combobox', { name })).getAllByRole('option').map((option) => option.textContent ?? '');

describe('the editor of a filter', () => {
  it.each<[string, FilterField, string[]]>([
    ['an ordered choice', TIER, ['is', 'is not', 'is at least', 'is at most', 'is unknown', 'is known']],
    ['a text', field({ kind: 'text' }), ['is', 'is not']],
    ['a time', TIME, ['is on or before', 'is before', 'is on or after', 'is after', 'is unknown', 'is known']],
    ['a count', field({ kind: 'count', mayBeUnknown: true }), ['is at least', 'is at most', 'is', 'is unknown', 'is known']],
  ])('offers the comparisons of %s in words', (_what, of, words) => {
    edit(of, { operator: operatorsOf(of)[0] ?? 'is', values: [] });
    expect(offered('How it compares')).toEqual(words);
  });

  it('asks for no comparison where there is only one', () => {
    edit(field({ kind: 'flag' }), { operator: 'is', values: [] });
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.getAllByRole('radio').map((one) => one.parentElement?.textContent)).toEqual(['Yes', 'No']);
  });

  it('takes the values away when it asks whether there is one at all, and offers none', () => {
    const editor = edit(TIER, { operator: 'is', values: ['low', 'high'] });
    compare('unknown');
    expect(editor.last()).toEqual({ field: 'f', operator: 'unknown', values: [] });
    expect(screen.queryAllByRole('checkbox')).toHaveLength(0);
    compare('is');
    expect(screen.getAllByRole('checkbox')).toHaveLength(3);
  });

  it('keeps one value when the comparison takes only one, and unknown is a value like any other', () => {
    const editor = edit(TIER, { operator: 'is', values: ['high', 'low'] });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Unknown' }));
    expect(editor.last().values).toEqual(['high', 'low', 'unknown']);
    compare('gte');
    expect(editor.last()).toEqual({ field: 'f', operator: 'gte', values: ['high'] });
    fireEvent.click(screen.getByRole('radio', { name: 'Low' }));
    expect(editor.last().values).toEqual(['low']);
  });

  it('writes relative times, in both directions, and days', () => {
    const editor = edit(TIME, { operator: 'lte', values: [] });
    fireEvent.click(screen.getByRole('button', { name: 'Within 30 days' }));
    expect(editor.last()).toMatchObject({ operator: 'lte', values: ['now+30d'] });
    fireEvent.change(screen.getByRole('textbox', { name: 'Days' }), { target: { value: '45' } });
    expect(editor.last().values).toEqual(['now+45d']);
    fireEvent.change(screen.getByRole('combobox', { name: 'Kind of time' }), { target: { value: 'ago' } });
    expect(editor.last().values).toEqual(['now-45d']);
    fireEvent.click(screen.getByRole('button', { name: 'Past' }));
    expect(editor.last()).toMatchObject({ operator: 'lt', values: ['now'] });
    fireEvent.click(screen.getByRole('button', { name: 'Last 7 days' }));
    expect(editor.last()).toMatchObject({ operator: 'gte', values: ['now-7d'] });
    fireEvent.change(screen.getByRole('combobox', { name: 'Kind of time' }), { target: { value: 'day' } });
    expect(editor.last().values).toEqual([]);
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '2026-06-30' } });
    expect(editor.last()).toMatchObject({ operator: 'gte', values: ['2026-06-30'] });
  });

  it('opens on the kind of time that its filter has', () => {
    edit(TIME, { operator: 'gte', values: ['now-2w'] });
    expect((screen.getByRole('combobox', { name: 'Kind of time' }) as HTMLSelectElement).value).toBe('ago');
    expect((screen.getByRole('textbox', { name: 'Days' }) as HTMLInputElement).value).toBe('14');
  });

  it('takes whole numbers from 0, and is unfinished while there is none', () => {
    const editor = edit(field({ kind: 'count' }), { operator: 'gte', values: ['3'] });
    fireEvent.change(screen.getByRole('textbox', { name: 'Field' }), { target: { value: '12' } });
    expect(editor.last().values).toEqual(['12']);
    fireEvent.change(screen.getByRole('textbox', { name: 'Field' }), { target: { value: '' } });
    expect(editor.last().values).toEqual([]);
  });

  it('shows what is there with counts, says that there is more, and takes what somebody types', () => {
    const facet: FilterFacet = { values: [{ value: 'claims', label: 'Claims', count: 1_200 }, { value: null, label: null, count: 4 }], more: true, capped: true };
    const editor = edit(field({ kind: 'text' }), { operator: 'is', values: [] }, facet);
    expect(screen.getByText('1,200+')).toBeTruthy();
    expect(screen.getByText('More values exist: type to name one.')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'Find a value' }), { target: { value: 'Billing' } });
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Find a value' }), { key: 'Enter' });
    expect(editor.last().values).toEqual(['Billing']);
    // What is there already, in whatever case, is chosen and not named anew.
    fireEvent.change(screen.getByRole('textbox', { name: 'Find a value' }), { target: { value: 'CLAIMS' } });
    expect(screen.queryByText('Use "CLAIMS"')).toBeNull();
  });
});
