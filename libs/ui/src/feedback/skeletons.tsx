import { useLingui } from '@lingui/react/macro';
import classes from './skeletons.module.css';

/** A shape that waits for its content, and says so to who looks at the page from outside: `data-waiting`. @param width CSS length */
export function Bone({ width = '100%', height = 12 }: { width?: string; height?: number }) {
  return <span data-waiting="" className={classes.bone} style={{ inlineSize: width, blockSize: height }} />;
}

const WIDTHS = ['72%', '54%', '63%', '40%', '80%', '48%'];

/** The shape of a table that is on its way. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  const { t } = useLingui();
  return (
    <div className={classes.table} role="status" aria-label={t`Loading`}>
      {Array.from({ length: rows }, (_row, row) => (
        <div key={row} className={classes.row}>{Array.from({ length: columns }, (_cell, cell) => <Bone key={cell} width={WIDTHS[(row + cell) % WIDTHS.length]} />)}</div>
      ))}
    </div>
  );
}

/** The shape of a few lines of text. */
export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useLingui();
  return <div className={classes.text} role="status" aria-label={t`Loading`}>{Array.from({ length: lines }, (_line, line) => <Bone key={line} width={WIDTHS[line % WIDTHS.length]} />)}</div>;
}

/** The shape of a panel with a title. */
export function CardSkeleton({ lines = 4 }: { lines?: number }) {
  return <div className={classes.card}><Bone width="30%" height={14} /><TextSkeleton lines={lines} /></div>;
}
