import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { COVERAGE_STATUSES, type CoverageStatus, type Stage } from '@roster/contracts';
import { IconSnowflake } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { stepInGrid, type GridCell } from '../coverage-grid/grid-step.js';
import { useFormat } from '../format/format.js';
import { COVERAGE_ICONS, useCoverageWords } from '../status/marks.js';
import { StageBadge } from '../status/stage-badge.js';
import { ChartLink, type Navigate } from './chart-link.js';
import classes from './heatmap.module.css';
import patterns from './status-pattern.module.css';

export interface HeatmapDomain {
  readonly id: string;
  readonly name: string;
  /** An open gap here freezes scope expansion. */
  readonly freeze: boolean;
}
export interface HeatmapRow {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  /** One per domain, in their order: how many required criteria are met. */
  readonly cells: readonly { readonly status: CoverageStatus; readonly met: number; readonly total: number }[];
}
export interface HeatmapProps {
  /** What the grid shows, for those who cannot see it. */
  readonly label: string;
  readonly domains: readonly HeatmapDomain[];
  readonly rows: readonly HeatmapRow[];
  /** All workloads that match; null while it is not known. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly loadingMore?: boolean;
  readonly onLoadMore: () => void;
  /** A cell was chosen: show its evidence. */
  readonly onOpen: (row: HeatmapRow, domain: HeatmapDomain) => void;
  readonly onNavigate?: Navigate;
}

const placeOf = (target: EventTarget): GridCell | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row][data-column]') : null;
  return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : null;
};

/**
 * Coverage by workload and domain (ui.md, signature piece 3): names stay in sight, colour, pattern, icon and count say the same thing, the line above
 * spells out what the pointer or the keyboard is on. Arrow keys move, Enter opens.
 */
export function Heatmap({ label, domains, rows, total, hasMore, loadingMore = false, onLoadMore, onOpen, onNavigate }: HeatmapProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useCoverageWords();
  const grid = useRef<HTMLTableElement>(null);
  const [focus, setFocus] = useState<GridCell>({ row: 0, column: 0 });
  const [over, setOver] = useState<GridCell | null>(null);
  const [within, setWithin] = useState(false);
  const lengths = rows.map(() => domains.length);
  const open = ({ row, column }: GridCell): void => {
    const workload = rows[row];
    const domain = domains[column];
    if (workload && domain) onOpen(workload, domain);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !placeOf(event.target)) return;
    const forward = grid.current && getComputedStyle(grid.current).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const next = stepInGrid(lengths, focus, event.key, forward);
    if (next) {
      setFocus(next);
      grid.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ' || event.key === 'o') open(focus);
    else return;
    event.preventDefault();
  };
  const sayOf = ({ row, column }: GridCell) => {
    const workload = rows[row];
    const domain = domains[column];
    const cell = workload?.cells[column];
    return workload && domain && cell ? { workload, domain, cell, word: words[cell.status].word } : null;
  };
  const said = over ? sayOf(over) : within ? sayOf(focus) : null;
  const place: GridCell = rows[focus.row] ? focus : { row: 0, column: 0 };
  const onMove = (event: MouseEvent): void => setOver(placeOf(event.target));
  const shownCount = format.number(rows.length);
  const totalCount = total === null ? null : format.number(total);
  return (
    <div className={classes.frame}>
      <div className={classes.readout}>
        <span aria-hidden>
          {said ? (
            <><strong>{said.workload.name}</strong> · {said.domain.id} {said.domain.name}: <strong>{said.word}</strong>{said.cell.total > 0 ? t`, ${said.cell.met} of ${said.cell.total} required` : t`, nothing required`}</>
          ) : t`Point at a cell, or move with the arrow keys. Enter shows its evidence.`}
        </span>
        <ul className={classes.legend} aria-label={t`What the cells mean`}>
          {COVERAGE_STATUSES.map((status) => {
            const Icon = COVERAGE_ICONS[status];
            return <li key={status} className={`${classes.key} ${patterns[status]}`}><Icon size={13} aria-hidden />{words[status].word}</li>;
          })}
        </ul>
      </div>
      <div className={classes.scroll}>
        <table
          ref={grid} role="grid" aria-label={label} aria-rowcount={total === null ? -1 : total + 1} className={classes.grid}
          onKeyDown={onKeyDown} onMouseMove={onMove} onMouseLeave={() => setOver(null)} onFocus={(event) => setWithin(placeOf(event.target) !== null)} onBlur={() => setWithin(false)}
        >
          <thead>
            <tr>
              <th scope="col" className={`${classes.head} ${classes.corner}`}>{t`Workload`}</th>
              {domains.map(({ id, name, freeze }) => (
                <th key={id} scope="col" className={classes.head} title={freeze ? t`${id} ${name}: an open gap here freezes scope expansion` : `${id} ${name}`}>
                  <span className={classes.id}>{id}{freeze ? <><IconSnowflake size={12} aria-hidden /><span className="r-visually-hidden">{t`freezes scope expansion`}</span></> : null}</span>
                  <span className={classes.name}>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.key} aria-rowindex={index + 2}>
                <th scope="row" className={classes.workload}>
                  <ChartLink href={row.href} onNavigate={onNavigate} className={classes.title}>
                    <span><span className={classes.label} title={row.name}>{row.name}</span><span className={classes.code}>{row.key}</span></span>
                    <StageBadge stage={row.stage} hardening={row.hardening} undetermined={row.undetermined} />
                  </ChartLink>
                </th>
                {row.cells.map((cell, column) => {
                  const domain = domains[column];
                  const Icon = COVERAGE_ICONS[cell.status];
                  return domain ? (
                    <td
                      key={domain.id} role="gridcell" tabIndex={place.row === index && place.column === column ? 0 : -1} data-row={index} data-column={column} className={`${classes.cell} ${patterns[cell.status]}`}
                      onClick={() => { setFocus({ row: index, column }); open({ row: index, column }); }} onFocus={() => setFocus({ row: index, column })}
                    >
                      <span className="r-visually-hidden">{cell.total > 0 ? t`${domain.id} ${domain.name}: ${words[cell.status].word}, ${cell.met} of ${cell.total} required` : t`${domain.id} ${domain.name}: ${words[cell.status].word}, nothing required`}</span>
                      <span className={classes.inside} aria-hidden><Icon size={15} /><span className={classes.count}>{cell.total > 0 ? `${format.number(cell.met)}/${format.number(cell.total)}` : '–'}</span></span>
                    </td>
                  ) : null;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={`${classes.foot} r-no-print`}>
        <span>{totalCount === null ? t`${shownCount} workloads` : t`${shownCount} of ${totalCount} workloads`}</span>
        {hasMore ? <Button variant="default" onClick={onLoadMore} loading={loadingMore}>{t`Show more`}</Button> : null}
      </div>
    </div>
  );
}
