import { Tooltip } from '@mantine/core';
import { Plural, useLingui } from '@lingui/react/macro';
import { IconCheck, IconFileUpload } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useFormat } from '../format/format.js';
import { COVERAGE_ICONS, useCoverageWords } from '../status/marks.js';
import type { GridCriterion } from './coverage-grid.types.js';
import classes from './coverage-grid.module.css';

export interface CoverageCellProps {
  readonly criterion: GridCriterion;
  /** The tier needs it and it is not met: part of a shortest way to the required set. */
  readonly needed: boolean;
  readonly open: boolean;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly position: { readonly row: number; readonly column: number };
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  /** Absent: files cannot be dropped here. */
  readonly onFiles?: ((files: File[]) => void) | undefined;
}

/** The short number of a criterion inside its domain: what follows the last dash, such as `7.2`. */
const shortId = (id: string): string => /-?([^-]+)$/.exec(id)?.[1] ?? id;

/** One criterion: number, title, status as colour, pattern, icon and word, and the evidence behind it. */
export function CoverageCell({ criterion, needed, open, selected, focusable, position, onOpen, onFocus, onFiles }: CoverageCellProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const { word } = useCoverageWords()[criterion.status];
  const Icon = COVERAGE_ICONS[criterion.status];
  const count = criterion.evidence.length;
  const day = criterion.expiresAt ? format.day(criterion.expiresAt) : '';
  const drag = onFiles && {
    onDragEnter: (event: DragEvent) => { event.preventDefault(); setOver(true); },
    onDragOver: (event: DragEvent) => { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; setOver(true); },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const files = [...event.dataTransfer.files];
      if (files.length > 0) onFiles(files);
    },
  };
  return (
    <Tooltip multiline maw={340} label={<><strong>{criterion.id}</strong> {criterion.title}{criterion.wordingVerified ? null : <em className={classes.hint}>{t`Wording not verified`}</em>}</>}>
      <div
        role="gridcell" tabIndex={focusable ? 0 : -1} aria-selected={selected} aria-expanded={open} data-row={position.row} data-column={position.column}
        className={`${classes.cell} ${classes[criterion.status]} ${open ? classes.open : ''} ${selected ? classes.selected : ''} ${over ? classes.over : ''} ${needed ? classes.needed : ''}`}
        onClick={onOpen} onFocus={onFocus} {...drag}
      >
        <span className={classes.line}>
          <span className={classes.number}><span aria-hidden>{shortId(criterion.id)}</span><span className="r-visually-hidden">{criterion.id}</span></span>
          <span className={classes.title}>{criterion.title}</span>
          {selected ? <IconCheck size={14} aria-hidden className={classes.check} /> : null}
        </span>
        <span className={classes.state}>
          <span className={classes.word}><Icon size={13} aria-hidden /> {word}</span>
          {needed ? <span className={classes.need}>{t`needed`}</span> : null}
          {count > 0 ? <span className={classes.count}><Plural value={count} one="# item" other="# items" /></span> : null}
          {day === '' ? null : <span className={classes.until}>{t`until ${day}`}</span>}
        </span>
        {over ? <span className={classes.drop} aria-hidden><IconFileUpload size={18} />{t`Attach here`}</span> : null}
      </div>
    </Tooltip>
  );
}
