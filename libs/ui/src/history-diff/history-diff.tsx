import { useLingui } from '@lingui/react/macro';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { MeaningBadge } from '../status/meaning.js';
import classes from './history-diff.module.css';

/** One field before and after. null: there was nothing, or there is nothing any more. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/**
 * What changed, field by field: before and after side by side, both with a word for those who cannot see the colour.
 * @param nameOf words of a field, such as "Risk tier" for `riskTier`
 */
export function HistoryDiff({ changes, nameOf }: { changes: readonly FieldChange[]; nameOf: (field: string) => string }) {
  const { t } = useLingui();
  return (
    <table className={classes.table}>
      <thead className="r-visually-hidden"><tr><th scope="col">{t`Field`}</th><th scope="col">{t`Before`}</th><th scope="col">{t`After`}</th></tr></thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field} className={classes.row}>
            <th scope="row" className={classes.field}>{nameOf(field)}</th>
            <td className={classes.before}><Value value={from} gone /></td>
            <td className={classes.after}><IconArrowRight size={13} aria-hidden className={classes.arrow} /><Value value={to} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const LONG = 160;

function Value({ value, gone = false }: { value: unknown; gone?: boolean }) {
  const { t } = useLingui();
  const [whole, setWhole] = useState(false);
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className={classes.nothing}>{t`nothing`}</span>;
  if (value === 'unknown') return <MeaningBadge meaning="unknown">{t`Unknown`}</MeaningBadge>;
  const text = typeof value === 'string' ? value : Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value, null, typeof value === 'object' ? 1 : 0);
  const shown = whole || text.length <= LONG ? text : `${text.slice(0, LONG)}…`;
  const Tag = gone ? 'del' : 'ins';
  return (
    <>
      <Tag className={classes.value}>{shown}</Tag>
      {text.length > LONG ? <button type="button" className={classes.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t`Show less` : t`Show all`}</button> : null}
    </>
  );
}
