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
 * What changed, field by field: before and after side by side, both with a word for those who cannot see the colour. Where everything is new
 * there is no "before".
 * @param nameOf words of a field, such as "Risk tier" for `riskTier`
 * @param textOf words of a value; null leaves it as it is
 */
export function HistoryDiff({ changes, nameOf, textOf = () => null }: { changes: readonly FieldChange[]; nameOf: (field: string) => string; textOf?: (value: unknown, field: string) => string | null }) {
  const { t } = useLingui();
  const fresh = changes.every(({ from }) => isNothing(from));
  return (
    <table className={classes.table}>
      <colgroup>{(fresh ? [28, 72] : [28, 34, 38]).map((share) => <col key={share} style={{ inlineSize: `${share}%` }} />)}</colgroup>
      <thead className="r-visually-hidden"><tr><th scope="col">{t`Field`}</th>{fresh ? null : <th scope="col">{t`Before`}</th>}<th scope="col">{t`After`}</th></tr></thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field} className={classes.row}>
            <th scope="row" className={classes.field}>{nameOf(field)}</th>
            {fresh ? null : <td className={classes.before}><Value value={from} text={textOf(from, field)} gone /></td>}
            <td className={fresh ? classes.fresh : classes.after}>{fresh ? null : <IconArrowRight size={13} aria-hidden className={classes.arrow} />}<Value value={to} text={textOf(to, field)} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const LONG = 160;

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function Value({ value, text: words, gone = false }: { value: unknown; text: string | null; gone?: boolean }) {
  const { t } = useLingui();
  const [whole, setWhole] = useState(false);
  if (isNothing(value)) return <span className={classes.nothing}>{t`nothing`}</span>;
  if (value === 'unknown' && words === null) return <MeaningBadge meaning="unknown">{t`Unknown`}</MeaningBadge>;
  const text = words ?? (typeof value === 'string' ? value : Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value, null, typeof value === 'object' ? 1 : 0));
  const shown = whole || text.length <= LONG ? text : `${text.slice(0, LONG)}…`;
  const Tag = gone ? 'del' : 'ins';
  return (
    <>
      <Tag className={classes.value}>{shown}</Tag>
      {text.length > LONG ? <button type="button" className={classes.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t`Show less` : t`Show all`}</button> : null}
    </>
  );
}
