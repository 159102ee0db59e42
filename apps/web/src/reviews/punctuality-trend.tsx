import { useElementSize } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { useState, type KeyboardEvent } from 'react';
import classes from './punctuality.module.css';

export interface PunctualityMonth {
  readonly month: string;
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
  readonly notDone: number;
  readonly missedPeriods: number;
  readonly ratio: number | null;
}

const HEIGHT = 200;
const MARGIN = { top: 14, end: 8, bottom: 22, start: 40 };

/**
 * The share of reviews done on time, a bar a month, against the published bound. A month in which nothing was due has no bar: it is neither
 * good nor bad. Arrow keys read the months out.
 * @param published 0-1
 * @param onOpen opens the reviews that fell due in a month (YYYY-MM)
 */
export function PunctualityTrend({ months, monthName, published, onOpen }: { months: readonly PunctualityMonth[]; monthName: (month: string) => string; published: number; onOpen: (month: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [read, setRead] = useState(months.length - 1);
  const shown = months[Math.min(read, months.length - 1)];
  if (!shown) return null;
  const inner = Math.max(1, width - MARGIN.start - MARGIN.end);
  const step = inner / months.length;
  const y = (share: number): number => MARGIN.top + (1 - share) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const every = Math.max(1, Math.ceil(months.length / Math.max(1, Math.floor(inner / 64))));
  const say = (row: PunctualityMonth): string => {
    const name = monthName(row.month);
    if (row.ratio === null) return t`${name}: nothing was due`;
    const [share, onTime, due, late, open] = [format.percent(row.ratio), format.number(row.onTime), format.number(row.due), format.number(row.late), format.number(row.notDone + row.missedPeriods)];
    return t`${name}: ${share}, ${onTime} of ${due} on time, ${late} late, ${open} not done`;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onOpen(shown.month);
    const next = event.key === 'ArrowLeft' ? read - 1 : event.key === 'ArrowRight' ? read + 1 : event.key === 'Home' ? 0 : event.key === 'End' ? months.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    setRead(Math.max(0, Math.min(months.length - 1, next)));
  };
  const bound = format.percent(published);
  return (
    <div ref={ref} className={classes.chart}>
      <svg className={classes.svg} height={HEIGHT} role="slider" tabIndex={0} aria-label={t`Share of reviews done on time. Arrow keys move through the months, Enter opens the reviews of one.`} aria-valuemin={0} aria-valuemax={months.length - 1} aria-valuenow={read} aria-valuetext={say(shown)} onKeyDown={onKeyDown}>
        <g aria-hidden>
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}><line className={classes.grid} x1={MARGIN.start} x2={MARGIN.start + inner} y1={y(tick)} y2={y(tick)} /><text className={classes.axis} x={MARGIN.start - 6} y={y(tick) + 4} textAnchor="end">{format.percent(tick)}</text></g>
          ))}
          {months.map((row, index) => {
            const x = MARGIN.start + index * step;
            return (
              <g key={row.month} onPointerEnter={() => setRead(index)} onClick={() => onOpen(row.month)} style={{ cursor: 'pointer' }}>
                <rect className={index === read ? classes.columnRead : classes.column} x={x} width={step} y={MARGIN.top} height={HEIGHT - MARGIN.top - MARGIN.bottom} />
                {row.ratio === null ? <text className={classes.axis} x={x + step / 2} y={y(0) - 6} textAnchor="middle">–</text>
                  : <rect className={row.ratio >= published ? classes.good : classes.bad} x={x + step * 0.2} width={step * 0.6} y={Math.min(y(row.ratio), y(0) - 2)} height={Math.max(2, y(0) - y(row.ratio))} />}
                {(months.length - 1 - index) % every === 0 ? <text className={classes.axis} x={x + step / 2} y={HEIGHT - 6} textAnchor="middle">{monthName(row.month)}</text> : null}
              </g>
            );
          })}
          <line className={classes.bound} x1={MARGIN.start} x2={MARGIN.start + inner} y1={y(published)} y2={y(published)} />
        </g>
      </svg>
      <p className={classes.legend}>
        <span><svg width={22} height={10} aria-hidden><line className={classes.bound} x1={0} x2={22} y1={5} y2={5} /></svg> {t`Two in five (${bound}), as published`}</span>
        <strong>{say(shown)}</strong>
      </p>
    </div>
  );
}
