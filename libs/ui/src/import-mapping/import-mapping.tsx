import { NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useFormat } from '../format/format.js';
import { MeaningBadge } from '../status/meaning.js';
import { choiceOf, groupOf, LEFT_OUT, NEW_CUSTOM, SURE_FROM, withChoice, type ColumnChanges, type ColumnGroup, type ImportTarget, type MappedFileColumn } from './column-choice.js';
import classes from './import-mapping.module.css';

export interface ImportMappingProps {
  readonly columns: readonly MappedFileColumn[];
  /** Everything a column can fill. */
  readonly targets: readonly ImportTarget[];
  /** What was decided and is not read yet. */
  readonly changes: ColumnChanges;
  readonly onChange: (changes: ColumnChanges) => void;
  /** Why nothing can be changed, in words; null when it can. */
  readonly readOnly?: string | null;
}

/** Three columns: what the file has, values from it, and where they go, with how sure that is. What is worth a look stands first. */
export function ImportMapping({ columns, targets, changes, onChange, readOnly = null }: ImportMappingProps) {
  const { t } = useLingui();
  const format = useFormat();
  const known = useMemo(() => new Set(targets.map(({ name }) => name)), [targets]);
  const [group, setGroup] = useState<ColumnGroup | 'all'>('all');
  const [search, setSearch] = useState('');
  // By the file, not by what is being changed: a row does not run away while somebody works on it.
  const ordered = useMemo(() => {
    const rank: Record<ColumnGroup, number> = { check: 0, field: 1, custom: 2, left_out: 3 };
    return columns.map((column) => ({ column, at: groupOf(column, {}, known) })).sort((one, other) => rank[one.at] - rank[other.at] || one.column.position - other.column.position);
  }, [columns, known]);
  const counts = { check: 0, field: 0, custom: 0, left_out: 0 };
  for (const { column } of ordered) counts[groupOf(column, changes, known)] += 1;
  const groups: { id: ColumnGroup | 'all'; label: string; count: number }[] = [
    { id: 'all', label: t`All`, count: columns.length }, { id: 'check', label: t`Worth a look`, count: counts.check }, { id: 'field', label: t`Fields`, count: counts.field },
    { id: 'custom', label: t`Custom fields`, count: counts.custom }, { id: 'left_out', label: t`Left out`, count: counts.left_out },
  ];
  const words = search.trim().toLowerCase();
  const shown = ordered.filter(({ column, at }) => (group === 'all' || at === group || groupOf(column, changes, known) === group) && (words === '' || column.column.toLowerCase().includes(words)));
  return (
    <div>
      <div className={classes.bar}>
        <div className={classes.tabs} role="group" aria-label={t`Columns shown`}>
          {groups.filter(({ id, count }) => count > 0 || id === 'all').map(({ id, label, count }) => (
            <button key={id} type="button" className={classes.tab} aria-pressed={group === id} onClick={() => setGroup(id)}>{label} {format.number(count)}</button>
          ))}
        </div>
        {columns.length > 12 ? <TextInput className={classes.search} size="xs" placeholder={t`Find a column`} aria-label={t`Find a column`} leftSection={<IconSearch size={14} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} /> : null}
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Where each column goes`}>
        <table className={classes.table}>
          <thead><tr><th scope="col" className={classes.yours}>{t`Yours`}</th><th scope="col" className={classes.samplesHead}>{t`Values in the file`}</th><th scope="col" className={classes.ours}>{t`Ours`}</th></tr></thead>
          <tbody>
            {shown.map(({ column }) => (
              <MappingRow key={column.position} column={column} targets={targets} known={known} changes={changes} readOnly={readOnly} onChoose={(choice) => onChange(withChoice(columns, changes, column, choice, known))} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <div className={classes.empty}>{t`No column is called that here.`}</div> : null}
      </div>
    </div>
  );
}

function MappingRow({ column, targets, known, changes, readOnly, onChoose }: {
  column: MappedFileColumn; targets: readonly ImportTarget[]; known: ReadonlySet<string>; changes: ColumnChanges; readOnly: string | null; onChoose: (choice: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { column: name, filled, blank, samples } = column;
  const choice = choiceOf(column, changes, known);
  const filledText = format.number(filled);
  const all = format.number(filled + blank);
  const fields = targets.filter(({ kind }) => kind !== 'custom').map(({ name: value, label }) => ({ value, label }));
  const custom = targets.filter(({ kind }) => kind === 'custom').map(({ name: value, label }) => ({ value, label }));
  return (
    <tr className={name in changes ? classes.changed : undefined}>
      <td>
        <div className={classes.name}>{name}</div>
        <div className={classes.count}>{filled === 0 ? t`empty in every row` : blank === 0 ? t`in every row` : <Trans>in {filledText} of {all} rows</Trans>}</div>
      </td>
      <td>
        {samples.length === 0 ? <span className={classes.none}>{t`No values`}</span> : <div className={classes.samples}>{samples.slice(0, 4).map((sample, index) => <Tooltip key={index} label={sample} multiline maw={360} disabled={sample.length < 24}><span className={classes.sample} tabIndex={sample.length < 24 ? undefined : 0}>{sample}</span></Tooltip>)}</div>}
      </td>
      <td>
        <div className={classes.choice}>
          <Tooltip label={readOnly} disabled={readOnly === null} multiline maw={320}>
            <NativeSelect
              size="xs" aria-label={t`Where ${name} goes`} value={choice} disabled={readOnly !== null} onChange={(event) => onChoose(event.currentTarget.value)}
              data={[{ group: t`Not a field`, items: [{ value: NEW_CUSTOM, label: t`Keep as a custom field` }, { value: LEFT_OUT, label: t`Leave out` }] }, { group: t`Fields`, items: fields }, ...(custom.length > 0 ? [{ group: t`Custom fields`, items: custom }] : [])]}
            />
          </Tooltip>
          <Sureness column={column} changed={name in changes} choice={choice} targets={targets} onChoose={readOnly === null ? onChoose : null} />
        </div>
      </td>
    </tr>
  );
}

/** How sure the place of a column is and who decided it; a doubtful one names what else it might be. */
function Sureness({ column, changed, choice, targets, onChoose }: { column: MappedFileColumn; changed: boolean; choice: string; targets: readonly ImportTarget[]; onChoose: ((choice: string) => void) | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const share = format.percent(column.confidence);
  const low = column.confidence < SURE_FROM;
  const alternatives = column.alternatives.flatMap(({ field, confidence }) => {
    const target = targets.find(({ name }) => name === field);
    return target && field !== choice ? [{ field, label: target.label, share: format.percent(confidence) }] : [];
  });
  const offer = alternatives.length > 0 && onChoose && (low || column.source === 'fallback') ? (
    <span><Trans>or</Trans> {alternatives.map(({ field, label, share: how }, index) => <span key={field}>{index > 0 ? ', ' : ''}<button type="button" className={classes.alternative} onClick={() => onChoose(field)}>{label}</button> {how}</span>)}</span>
  ) : null;
  if (changed) return <span className={classes.sure}><MeaningBadge plain meaning="information">{t`Changed, not checked yet`}</MeaningBadge></span>;
  if (column.source === 'stated') return <span className={classes.sure}>{t`Chosen by you`}</span>;
  if (column.source === 'remembered') return <span className={classes.sure}>{t`As in your last import of these columns`}</span>;
  if (column.source === 'fallback') return <span className={classes.sure}>{column.filled === 0 ? t`Nothing to keep` : t`No field fits`}{offer}</span>;
  return (
    <span className={classes.sure}>
      <span className={classes.meter} aria-hidden><span className={classes.level} data-low={low || undefined} style={{ inlineSize: `${Math.round(column.confidence * 100)}%` }} /></span>
      {low ? <MeaningBadge plain meaning="attention"><Trans>{share} sure</Trans></MeaningBadge> : <span><Trans>{share} sure</Trans></span>}
      {offer}
    </span>
  );
}

/** How many columns a set of changes concerns, in words. */
export function ChangedColumns({ changes }: { changes: ColumnChanges }) {
  return <Plural value={Object.keys(changes).length} one="# column changed" other="# columns changed" />;
}
