import { useElementSize } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { scaleLinear } from '@visx/scale';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useFormat } from '../format/format.js';
import { axisTicks, timeScale } from './time-axis.js';
import { ChartLink, type Navigate } from './chart-link.js';
import classes from './trend-line.module.css';

export interface TrendSeries {
  readonly id: string;
  readonly name: string;
  readonly tone: 'neutral' | 'pilot' | 'met' | 'scaled' | 'broken' | 'accent';
}
export interface TrendPoint {
  /** RFC 3339 */
  readonly at: string;
  /** One value per series, in their order; null = not known then: the line has a gap. */
  readonly values: readonly (number | null)[];
}
export interface TrendLineProps {
  /** What the lines show, for those who cannot see them. */
  readonly label: string;
  readonly series: readonly TrendSeries[];
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** A value that the lines are read against. */
  readonly reference?: { readonly value: number; readonly name: string };
  /** How values are written; a plain number without it. */
  readonly formatValue?: (value: number) => string;
  /** The rows behind one instant: opened by a click, by Enter, and by the day in the readout. */
  readonly hrefOf?: (point: TrendPoint) => string;
  readonly onNavigate?: Navigate;
  /** Top of the scale; the largest value without it. */
  readonly max?: number;
}

const HEIGHT = 190;
const MARGIN = { top: 12, right: 12, bottom: 22, left: 44 };
/** Lines differ by their dashes too, so that colour is never needed. */
const DASHES = [undefined, '7 4', '2 3', '10 3 2 3', '1 5', '14 4'];

const pathOf = (places: readonly ({ readonly x: number; readonly y: number } | null)[]): string => {
  let open = false;
  return places.map((place) => {
    if (place === null) { open = false; return ''; }
    const step = `${open ? 'L' : 'M'}${place.x.toFixed(1)},${place.y.toFixed(1)}`;
    open = true;
    return step;
  }).join('');
};

/** Figures over time. The pointer, or the arrow keys when it has the focus, read one instant out; the readout below says it in words. */
export function TrendLine({ label, series, points, reference, formatValue, hrefOf, onNavigate, max }: TrendLineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [read, setRead] = useState<number | null>(null);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const write = formatValue ?? ((value: number) => format.number(value));
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const x = timeScale(new Date(first.at), new Date(last.at), inner);
  const top = max ?? Math.max(1, reference?.value ?? 0, ...points.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const y = scaleLinear({ domain: [0, top], range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: max === undefined });
  const lines = series.map((one, index) => ({ ...one, index, places: points.map(({ at, values }) => { const value = values[index]; return value === null || value === undefined ? null : { x: x(new Date(at)), y: y(value), value }; }) }));
  const shown = points[read ?? points.length - 1] ?? last;
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.left) / inner;
    setRead(Math.max(0, Math.min(points.length - 1, Math.round(share * (points.length - 1)))));
  };
  const href = hrefOf?.(shown) ?? null;
  const open = (): void => { if (href !== null) onNavigate?.(href); };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') open();
    const at = read ?? points.length - 1;
    const next = event.key === 'ArrowLeft' ? at - 1 : event.key === 'ArrowRight' ? at + 1 : event.key === 'Home' ? 0 : event.key === 'End' ? points.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    setRead(Math.max(0, Math.min(points.length - 1, next)));
  };
  const day = format.day(shown.at);
  const wordOf = (index: number): string => { const value = shown.values[index]; return value === null || value === undefined ? t`not known` : write(value); };
  return (
    <div className={classes.frame} ref={ref}>
      <svg
        className={`${classes.svg} ${href === null ? '' : classes.opens}`} height={HEIGHT} role="slider" aria-label={href === null ? t`${label}. Arrow keys move through time.` : t`${label}. Arrow keys move through time, Enter opens what was so then.`} aria-valuemin={0} aria-valuemax={points.length - 1} aria-valuenow={read ?? points.length - 1}
        aria-valuetext={[day, ...series.map((one, index) => `${one.name}: ${wordOf(index)}`)].join(', ')}
        tabIndex={0} onKeyDown={onKeyDown} onPointerMove={onPointerMove} onClick={open} onPointerLeave={() => setRead(null)} onBlur={() => setRead(null)}
      >
        <g transform={`translate(${MARGIN.left},0)`} aria-hidden>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line className={classes.grid} x1={0} x2={inner} y1={y(tick)} y2={y(tick)} />
              <text className={classes.axis} x={-8} y={y(tick) + 4} textAnchor="end">{write(tick)}</text>
            </g>
          ))}
          {axisTicks(x, inner).map((tick) => <text key={tick.x} className={classes.axis} x={tick.x} y={HEIGHT - 6} textAnchor="middle">{format.day(tick.at)}</text>)}
          {reference ? (
            <g>
              <line className={classes.reference} x1={0} x2={inner} y1={y(reference.value)} y2={y(reference.value)} />
              <text className={classes.name} x={4} y={y(reference.value) - 5}>{reference.name}</text>
            </g>
          ) : null}
          {lines.map(({ id, tone, index, places }) => <path key={id} className={`${classes.line} ${classes[tone]}`} d={pathOf(places)} strokeDasharray={DASHES[index]} />)}
          {read !== null ? <line className={classes.cross} x1={x(new Date(shown.at))} x2={x(new Date(shown.at))} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} /> : null}
          {lines.map(({ id, tone, places }) => { const place = places[read ?? places.length - 1]; return place ? <circle key={id} className={`${classes.point} ${classes[tone]}`} cx={place.x} cy={place.y} r={3.5} /> : null; })}
        </g>
      </svg>
      <p className={classes.readout}>
        <ChartLink href={href} onNavigate={onNavigate}>{day}</ChartLink>
        {lines.map(({ id, name, tone, index }) => {
          const value = shown.values[index];
          return (
            <span key={id}>
              <svg className={`${classes.swatch} ${classes[tone]}`} aria-hidden><line className={classes.line} x1={0} x2={18} y1={4} y2={4} strokeDasharray={DASHES[index]} /></svg>
              {name} <strong>{value === null || value === undefined ? t`not known` : write(value)}</strong>
            </span>
          );
        })}
      </p>
    </div>
  );
}
