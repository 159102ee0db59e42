import { Button, Popover, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { isComplete, operatorsOf, type Filter, type FilterFacet, type FilterField } from './filter.js';
import classes from './filter-bar.module.css';
import { useFilterWords } from './use-filter-words.js';

/** With its inputs for numbers and dates it is as heavy as the bar: fetched when a filter is opened. */
const FilterEditor = lazy(async () => ({ default: (await import('./filter-editor.js')).FilterEditor }));

/**
 * Filters of a list as chips, after its search box. Every change applies at once; an unfinished filter waits in its editor.
 * @param facetOf counts of a field's values; asked for only while its editor is open
 * @param onFacetWanted told when an editor opens (the field) and closes (null)
 * @param searchBox a {@link SearchBox}, whose owner holds what is typed: a key draws the box anew and not the bar
 */
export function FilterBar({ fields, filters, onChange, facetOf, onFacetWanted, searchBox, trailing }: {
  fields: readonly FilterField[]; filters: readonly Filter[]; onChange: (filters: readonly Filter[]) => void;
  facetOf?: (field: string) => FilterFacet | undefined; onFacetWanted?: (field: string | null) => void;
  searchBox?: ReactNode; trailing?: ReactNode;
}) {
  const { t } = useLingui();
  const words = useFilterWords();
  const [open, setOpen] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<Filter | null>(null);
  const byId = new Map(fields.map((field) => [field.id, field]));

  const openEditor = (index: number | null) => {
    setOpen(index);
    onFacetWanted?.(index === null ? null : (filters[index]?.field ?? null));
  };
  const replace = (index: number, filter: Filter) => onChange(filters.map((other, place) => (place === index ? filter : other)));
  const remove = (index: number) => {
    openEditor(null);
    onChange(filters.filter((_filter, place) => place !== index));
  };
  const closeAdding = () => {
    setAdding(false);
    setFresh(null);
    onFacetWanted?.(null);
  };
  const begin = (field: FilterField) => {
    const started: Filter = { field: field.id, operator: operatorsOf(field)[0] ?? 'is', values: [] };
    setFresh(started);
    onFacetWanted?.(field.id);
  };
  /** The first complete value makes a chip out of the editor's filter; further values change that chip. */
  const changeFresh = (filter: Filter) => {
    const before = fresh !== null && isComplete(fresh) ? filters.findLastIndex((other) => other.field === fresh.field && other.operator === fresh.operator) : -1;
    setFresh(filter);
    if (before !== -1) onChange(isComplete(filter) ? filters.map((other, place) => (place === before ? filter : other)) : filters.filter((_other, place) => place !== before));
    else if (isComplete(filter)) onChange([...filters, filter]);
  };
  const freshField = fresh === null ? undefined : byId.get(fresh.field);

  return (
    <div className={classes.bar} role="search">
      {searchBox}
      {filters.map((filter, index) => {
        const field = byId.get(filter.field);
        if (field === undefined) return null;
        const facet = facetOf?.(filter.field);
        const whole = words.whole(filter, field, facet);
        return (
          <Popover key={`${filter.field} ${index}`} opened={open === index} onChange={(opened) => openEditor(opened ? index : null)} width={280} position="bottom-start" trapFocus returnFocus shadow="md">
            <span className={`${classes.chip} ${open === index ? classes.open : ''}`}>
              <Popover.Target>
                <button type="button" className={classes.words} title={whole} onClick={() => openEditor(open === index ? null : index)}>
                  <span className={classes.label}>{field.label}</span> <span className={classes.operator}>{words.operator(filter.operator, field.kind)}</span>
                  {filter.values.length === 0 ? null : <> <span className={classes.values}>{filter.values.map((value) => words.value(value, field, facet)).join(', ')}</span></>}
                </button>
              </Popover.Target>
              <button type="button" className={classes.remove} aria-label={t`Remove the filter ${whole}`} onClick={() => remove(index)}><IconX size={13} /></button>
            </span>
            <Popover.Dropdown aria-label={field.label}>
              <Suspense><FilterEditor field={field} filter={filter} facet={facet} onChange={(next) => (isComplete(next) ? replace(index, next) : next.values.length === 0 && next.operator === filter.operator ? remove(index) : replace(index, next))} /></Suspense>
            </Popover.Dropdown>
          </Popover>
        );
      })}
      <Popover opened={adding} onChange={(opened) => { if (!opened) closeAdding(); }} width={280} position="bottom-start" trapFocus returnFocus shadow="md">
        <Popover.Target>
          <Button size="xs" variant="default" leftSection={<IconFilterPlus size={14} />} onClick={() => (adding ? closeAdding() : setAdding(true))}><Trans>Filter</Trans></Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={freshField?.label ?? t`Add a filter`}>
          {fresh !== null && freshField !== undefined ? (
            <div className={classes.dropdown}>
              <strong>{freshField.label}</strong>
              <Suspense><FilterEditor field={freshField} filter={fresh} facet={facetOf?.(freshField.id)} onChange={changeFresh} /></Suspense>
              <Button size="compact-sm" variant="default" onClick={closeAdding}><Trans>Done</Trans></Button>
            </div>
          ) : (
            <FieldPicker fields={fields} onPick={begin} />
          )}
        </Popover.Dropdown>
      </Popover>
      {filters.length > 1 ? <Button size="compact-xs" variant="subtle" onClick={() => { openEditor(null); onChange([]); }}><Trans>Clear filters</Trans></Button> : null}
      {trailing ? <div className={classes.trailing}>{trailing}</div> : null}
    </div>
  );
}

/** The fields a list can be filtered by, to choose one; there only while somebody chooses. */
function FieldPicker({ fields, onPick }: { fields: readonly FilterField[]; onPick: (field: FilterField) => void }) {
  const { t } = useLingui();
  const [find, setFind] = useState('');
  const wanted = fields.filter((field) => field.label.toLowerCase().includes(find.trim().toLowerCase()));
  const groups = [...new Set(wanted.map((field) => field.group))];
  return (
    <div className={classes.dropdown}>
      <TextInput size="xs" data-autofocus aria-label={t`Find a field`} placeholder={t`Find a field`} value={find} onChange={(event) => setFind(event.currentTarget.value)}
        onKeyDown={(event) => { const only = wanted[0]; if (event.key === 'Enter' && only !== undefined) { event.preventDefault(); onPick(only); } }} />
      <ul className={classes.list}>
        {groups.map((group) => (
          <li key={group}>
            <div className={classes.group}>{group}</div>
            {wanted.filter((field) => field.group === group).map((field) => <button key={field.id} type="button" className={classes.option} onClick={() => onPick(field)}><span className={classes.optionLabel}>{field.label}</span></button>)}
          </li>
        ))}
        {wanted.length === 0 ? <li className={classes.note}><Trans>No such field</Trans></li> : null}
      </ul>
    </div>
  );
}
