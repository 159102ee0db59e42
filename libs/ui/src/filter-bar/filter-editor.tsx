import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormat } from '../format/format.js';
import { isComplete, operatorsOf, readRelative, takesMany, takesValue, withOperator, writeRelative, type Filter, type FilterFacet, type FilterField, type FilterOperator } from './filter.js';
import classes from './filter-bar.module.css';
import { useFilterWords } from './use-filter-words.js';

interface EditorProps {
  readonly field: FilterField;
  readonly filter: Filter;
  /** Undefined while it is counted, or where nothing is counted. */
  readonly facet: FilterFacet | undefined;
  readonly onChange: (filter: Filter) => void;
}

/** Operator and values of one filter. Every change applies at once. */
export function FilterEditor({ field, filter, facet, onChange }: EditorProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  const operators = operatorsOf(field);
  return (
    <div className={classes.dropdown}>
      {operators.length > 1 ? (
        <NativeSelect size="xs" aria-label={t`How it compares`} value={filter.operator} data={operators.map((operator) => ({ value: operator, label: words.operator(operator, field.kind) }))}
          onChange={(event) => { const chosen = operators.find((operator) => operator === event.currentTarget.value); if (chosen !== undefined) onChange(withOperator(filter, chosen)); }} />
      ) : null}
      {takesValue(filter.operator) ? <Values field={field} filter={filter} facet={facet} onChange={onChange} /> : null}
    </div>
  );
}

function Values({ field, filter, facet, onChange }: EditorProps) {
  switch (field.kind) {
    case 'time': return <TimeValue filter={filter} onChange={onChange} />;
    case 'count': return <CountValue field={field} filter={filter} onChange={onChange} />;
    default: return <ListedValues field={field} filter={filter} facet={facet} onChange={onChange} />;
  }
}

function ListedValues({ field, filter, facet, onChange }: EditorProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useFilterWords();
  const [text, setText] = useState('');
  const counts = new Map(facet?.values.map((known) => [known.value ?? 'unknown', known.count]));
  const own = field.kind === 'choice' ? field.choices.map((choice) => choice.value) : field.kind === 'flag' ? ['true', 'false'] : [];
  const found = field.kind === 'text' || field.kind === 'person' ? facet?.values.flatMap((known) => known.value ?? []) ?? [] : [];
  const all = [...new Set([...(field.kind === 'person' ? ['me'] : []), ...own, ...filter.values, ...found])];
  const shown = all.filter((value) => words.value(value, field, facet).toLowerCase().includes(text.trim().toLowerCase()));
  const many = takesMany(filter.operator) && field.kind !== 'flag';
  const toggle = (value: string) => {
    if (!many) onChange({ ...filter, values: [value] });
    else onChange({ ...filter, values: filter.values.includes(value) ? filter.values.filter((other) => other !== value) : [...filter.values, value] });
  };
  const typed = text.trim();
  const canAdd = field.kind === 'text' && typed !== '' && !all.some((value) => value.toLowerCase() === typed.toLowerCase());
  return (
    <>
      {all.length > 7 || field.kind === 'text' || facet?.search !== undefined ? (
        <TextInput size="xs" data-autofocus aria-label={t`Find a value`} placeholder={field.kind === 'text' ? t`Find or type a value` : t`Find a value`} value={text} onChange={(event) => { setText(event.currentTarget.value); facet?.search?.(event.currentTarget.value); }}
          onKeyDown={(event) => { if (event.key === 'Enter' && canAdd) { toggle(typed); setText(''); } }} />
      ) : null}
      <ul className={classes.list} aria-label={field.label}>
        {canAdd ? <li><button type="button" className={classes.option} onClick={() => { toggle(typed); setText(''); }}>{t`Use "${typed}"`}</button></li> : null}
        {shown.map((value) => {
          const count = counts.get(value);
          return (
            <li key={value}>
              <label className={classes.option}>
                <input className={classes.box} type={many ? 'checkbox' : 'radio'} name={`filter-${field.id}`} checked={filter.values.includes(value)} onChange={() => toggle(value)} />
                <span className={classes.optionLabel}>{words.value(value, field, facet)}</span>
                {count === undefined ? null : <span className={classes.count}>{facet?.capped === true ? `${format.number(count)}+` : format.number(count)}</span>}
              </label>
            </li>
          );
        })}
        {shown.length === 0 && !canAdd ? <li className={classes.note}>{t`No such value`}</li> : null}
      </ul>
      {facet?.more === true ? <span className={classes.note}>{facet.search === undefined ? t`More values exist: type to name one.` : t`More values exist: type to find one.`}</span> : null}
    </>
  );
}

function CountValue({ field, filter, onChange }: Omit<EditorProps, 'facet'>) {
  return <NumberInput size="xs" data-autofocus aria-label={field.label} min={0} max={999_999} allowDecimal={false} allowNegative={false} value={filter.values[0] ?? ''} onChange={(value) => onChange({ ...filter, values: value === '' ? [] : [String(value)] })} />;
}

const PRESET_DAYS = [7, 30, 90] as const;

function TimeValue({ filter, onChange }: Pick<EditorProps, 'filter' | 'onChange'>) {
  const { t } = useLingui();
  const value = filter.values[0] ?? '';
  const relative = readRelative(value);
  const [mode, setMode] = useState<'ahead' | 'ago' | 'day'>(value !== '' && relative === null ? 'day' : (relative?.days ?? 1) < 0 ? 'ago' : 'ahead');
  const set = (operator: FilterOperator, next: string) => onChange({ ...filter, operator, values: next === '' ? [] : [next] });
  const days = relative === null ? 30 : Math.abs(relative.days);
  const changeMode = (next: string) => {
    if (next === 'day') { setMode('day'); set(filter.operator, ''); }
    else if (next === 'ago') { setMode('ago'); set(filter.operator, writeRelative(-Math.max(1, days))); }
    else { setMode('ahead'); set(filter.operator, writeRelative(days)); }
  };
  return (
    <>
      <div className={classes.presets}>
        <Button size="compact-xs" variant="default" onClick={() => { setMode('ahead'); set('lt', 'now'); }}>{t`Past`}</Button>
        {PRESET_DAYS.map((count) => <Button key={count} size="compact-xs" variant="default" onClick={() => { setMode('ahead'); set('lte', writeRelative(count)); }}>{t`Within ${count} days`}</Button>)}
        <Button size="compact-xs" variant="default" onClick={() => { setMode('ago'); set('gte', writeRelative(-7)); }}>{t`Last 7 days`}</Button>
      </div>
      <NativeSelect size="xs" aria-label={t`Kind of time`} value={mode} onChange={(event) => changeMode(event.currentTarget.value)}
        data={[{ value: 'ahead', label: t`days from now` }, { value: 'ago', label: t`days ago` }, { value: 'day', label: t`a day` }]} />
      {mode === 'day'
        ? <TextInput size="xs" type="date" aria-label={t`Day`} value={value.slice(0, 10)} onChange={(event) => set(filter.operator, event.currentTarget.value)} />
        : <NumberInput size="xs" aria-label={t`Days`} min={0} max={3650} allowDecimal={false} allowNegative={false} value={isComplete(filter) ? days : ''} onChange={(next) => set(filter.operator, next === '' ? '' : writeRelative(Number(next) * (mode === 'ago' ? -1 : 1)))} />}
    </>
  );
}
