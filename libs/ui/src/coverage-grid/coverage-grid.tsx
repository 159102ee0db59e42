import { Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { COVERAGE_STATUSES, type CoverageStatus } from '@roster/contracts';
import { IconCircleCheck, IconSnowflake, IconTool } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { COVERAGE_ICONS, useCoverageWords } from '../status/marks.js';
import { CoverageCell } from './coverage-cell.js';
import type { GridCriterion, GridDomain } from './coverage-grid.types.js';
import { stepInGrid, type GridCell } from './grid-step.js';
import classes from './coverage-grid.module.css';

export interface CoverageGridProps {
  /** What the grid shows, for those who cannot see it. */
  readonly label: string;
  readonly domains: readonly GridDomain[];
  /** Keys of a shortest list of criteria that completes the required set. */
  readonly missing: readonly string[];
  /** Key of the criterion whose details are shown. */
  readonly open: string | null;
  readonly onOpen: (key: string) => void;
  /** Keys that are selected, for acts on many at once. */
  readonly selected: readonly string[];
  readonly onSelectedChange: (keys: string[]) => void;
  /**
   * Attach files to a criterion: dropped on its cell, or `null` when asked for by the key `a`, so that the page opens a file chooser. Absent
   * when it is not permitted.
   */
  readonly onAttach?: ((key: string, files: File[] | null) => void) | undefined;
}

/**
 * Coverage of one workload at a glance: a row per domain, a cell per criterion (ui.md, signature piece 2). Arrow keys move, Enter opens,
 * `x` selects, `a` attaches; a file can be dropped onto a cell.
 */
export function CoverageGrid({ label, domains, missing, open, onOpen, selected, onSelectedChange, onAttach }: CoverageGridProps) {
  const { t } = useLingui();
  const root = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<GridCell>({ row: 0, column: 0 });
  const at = ({ row, column }: GridCell): GridCriterion | undefined => domains[row]?.criteria[column];
  const needed = new Set(missing);
  const columns = Math.max(1, ...domains.map(({ criteria }) => criteria.length));
  const toggle = (key: string): void => onSelectedChange(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const current = at(focus);
    const forward = root.current && getComputedStyle(root.current).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const next = stepInGrid(domains.map(({ criteria }) => criteria.length), focus, event.key, forward);
    if (next) {
      setFocus(next);
      root.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus();
    } else if (!current) return;
    else if (event.key === 'Enter' || event.key === 'o' || event.key === ' ') onOpen(current.key);
    else if (event.key === 'x') toggle(current.key);
    else if (event.key === 'a' && onAttach) onAttach(current.key, null);
    else return;
    event.preventDefault();
  };
  // The place of the keyboard may be gone after another edition was chosen.
  const place = at(focus) ? focus : { row: Math.max(0, domains.findIndex(({ criteria }) => criteria.length > 0)), column: 0 };
  return (
    <div className={classes.frame}>
      <div ref={root} role="grid" aria-label={label} aria-multiselectable aria-rowcount={domains.length} aria-colcount={columns + 1} className={classes.grid} style={{ ['--columns' as string]: columns }} onKeyDown={onKeyDown}>
        {domains.map((domain, row) => {
          const { met, total } = domain.required;
          return (
            <div role="row" key={domain.id} aria-rowindex={row + 1} className={classes.row}>
            <div role="rowheader" className={classes.domain}>
              <span className={classes.domainName}><span className={classes.domainId}>{domain.id}</span> {domain.name}</span>
              <span className={classes.domainState}>
                <span className={domain.requiredMet ? classes.enough : classes.short}>
                  {domain.requiredMet ? <IconCircleCheck size={13} aria-hidden /> : null}
                  {total === 0 ? t`nothing required` : t`${met} of ${total} required`}
                </span>
                {domain.freeze ? <Tooltip label={t`An open gap here freezes scope expansion`}><span className={classes.tag} tabIndex={-1}><IconSnowflake size={12} aria-hidden /> {t`freezes`}</span></Tooltip> : null}
                {domain.blocking ? <Tooltip label={t`Needed in full whatever the tier, because the workload executes tools or might`}><span className={classes.tag} tabIndex={-1}><IconTool size={12} aria-hidden /> {t`in full`}</span></Tooltip> : null}
              </span>
            </div>
            {domain.criteria.map((criterion, column) => (
              <CoverageCell
                key={criterion.key} criterion={criterion} needed={needed.has(criterion.key)} open={open === criterion.key} selected={selected.includes(criterion.key)}
                focusable={place.row === row && place.column === column} position={{ row, column }} onFocus={() => setFocus({ row, column })} onOpen={() => onOpen(criterion.key)}
                onFiles={onAttach && ((files) => onAttach(criterion.key, files))}
              />
            ))}
            {domain.criteria.length === 0 ? <div role="gridcell" className={classes.nothing}>{t`No criteria in this edition`}</div> : null}
          </div>
          );
        })}
      </div>
    </div>
  );
}

/** What the colours and patterns of the grid mean, with how many criteria stand there. */
export function CoverageLegend({ domains }: { domains: readonly GridDomain[] }) {
  const { t } = useLingui();
  const words = useCoverageWords();
  const counts = new Map<CoverageStatus, number>();
  for (const { status } of domains.flatMap(({ criteria }) => criteria)) counts.set(status, (counts.get(status) ?? 0) + 1);
  return (
    <ul className={classes.legend} aria-label={t`Criteria by status`}>
      {COVERAGE_STATUSES.map((status) => {
        const Icon = COVERAGE_ICONS[status];
        return (
          <li key={status} className={`${classes.key} ${classes[status]} ${counts.has(status) ? '' : classes.none}`}>
            <span className={classes.word}><Icon size={13} aria-hidden /> {words[status].word}</span> <strong>{counts.get(status) ?? 0}</strong>
          </li>
        );
      })}
    </ul>
  );
}

/** The keys of the grid, in words. */
export function CoverageGridKeys({ canAttach }: { canAttach: boolean }) {
  return (
    <p className={classes.keys}>
      <Trans>Arrow keys move, <kbd>Enter</kbd> opens, <kbd>x</kbd> selects several.</Trans>{' '}
      {canAttach ? <Trans>Drop a file onto a cell, or press <kbd>a</kbd>, to attach evidence.</Trans> : null}
    </p>
  );
}
