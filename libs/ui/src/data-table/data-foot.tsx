import { Plural, Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ShownProblem } from '../feedback/problem-alert.js';
import { useFormat } from '../format/format.js';
import classes from './data-table.module.css';
import { ALL_MATCHING, isNothingSelected, NO_ROWS_SELECTED, selectedCount, type RowSelection } from './row-selection.js';

/** The foot of a {@link DataTable}: how many rows there are or are selected, what can be done with them, what went wrong. */
export function DataFoot({ shown, total, hasMore, loading, error, onRetry, onLoadMore, selection, onSelect, canSelectMatching, selectionActions, refused }: {
  /** Rows that are loaded. */
  shown: number; total: number | undefined; hasMore: boolean; loading: boolean; error: ShownProblem | null; onRetry: (() => void) | undefined; onLoadMore: () => void;
  selection: RowSelection | undefined; onSelect: (selection: RowSelection) => void; canSelectMatching: boolean; selectionActions: ReactNode;
  /** Why a cell may not be edited; `at` counts the attempts. */
  refused: { readonly reason: string; readonly at: number } | null;
}) {
  const format = useFormat();
  const somethingSelected = selection !== undefined && !isNothingSelected(selection);
  return (
    <div className={`${classes.foot} ${somethingSelected ? classes.footSelected : ''}`}>
      {somethingSelected ? (
        <>
          <strong><SelectionCount count={selectedCount(selection, total)} /></strong>
          {selection.kind === 'rows' && canSelectMatching && total !== undefined && selection.ids.size < total
            ? <button type="button" className={classes.textButton} onClick={() => onSelect(ALL_MATCHING)}><Trans>Select all {format.number(total)} that match</Trans></button> : null}
          <button type="button" className={classes.textButton} onClick={() => onSelect(NO_ROWS_SELECTED)}><Trans>Clear the selection</Trans></button>
        </>
      ) : loading && shown === 0 ? <Trans>Loading…</Trans> : <RowCount shown={shown} total={total} hasMore={hasMore} />}
      {error !== null && shown > 0 ? <span className={classes.trouble}>{error.title} {onRetry ? <button type="button" className={classes.textButton} onClick={onRetry}><Trans>Try again</Trans></button> : null}</span> : null}
      {/* A new element each time: the same refusal is announced again. */}
      <span role="status" className={classes.refusal}>{refused === null ? null : <span key={refused.at}>{refused.reason}</span>}</span>
      <span className={classes.footActions}>
        {somethingSelected ? selectionActions : hasMore && !loading && error === null ? <button type="button" className={classes.textButton} onClick={onLoadMore}><Trans>Load more</Trans></button> : null}
      </span>
    </div>
  );
}

/** How much is selected, in words. @param count undefined where "all that match" was not counted */
export function SelectionCount({ count }: { count: number | undefined }) {
  if (count === undefined) return <Trans>All that match are selected</Trans>;
  return <Plural value={count} one="# row selected" other="# rows selected" />;
}

function RowCount({ shown, total, hasMore }: { shown: number; total: number | undefined; hasMore: boolean }) {
  const format = useFormat();
  if (total !== undefined && (hasMore || total > shown)) return <span><Trans>{format.number(shown)} of {format.number(total)}</Trans></span>;
  if (hasMore) return <span><Trans>{format.number(shown)} loaded, more follow</Trans></span>;
  return <span><Plural value={shown} one="# row" other="# rows" /></span>;
}
