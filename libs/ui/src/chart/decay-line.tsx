import { useElementSize } from '@mantine/hooks';
import { Plural, useLingui } from '@lingui/react/macro';
import { scaleSqrt } from '@visx/scale';
import { useRef, type KeyboardEvent } from 'react';
import { useFormat } from '../format/format.js';
import { dayAt, decayWeeks, placeOf, type DecayDay, type DecayWeek } from './decay-weeks.js';
import { axisTicks, timeScale } from './time-axis.js';
import classes from './decay-line.module.css';

export interface DecayLineProps {
  /** What the line shows, for those who cannot see it. */
  readonly label: string;
  /** RFC 3339: now, and the end of the period. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly DecayDay[];
  /** Days of the chosen week, YYYY-MM-DD; null = the whole period. */
  readonly chosen: DecayWeek | null;
  readonly onChoose: (week: DecayWeek | null) => void;
}

const HEIGHT = 168;
const AXIS = 92;
const REACH = { up: 58, down: 40 };

/**
 * The coming weeks (ui.md, signature piece 4): above the line what stops counting, below it which workloads fall; a week opens what is behind it.
 * Arrow keys move from week to week, Enter opens, Escape goes back to the whole period.
 */
export function DecayLine({ label, from, to, days, chosen, onChoose }: DecayLineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const strip = useRef<HTMLDivElement>(null);
  const { begin, end, weeks } = decayWeeks({ from, to, days, timeZone: format.timeZone, width });
  const x = timeScale(new Date(begin), new Date(end), width);
  const most = { expiring: Math.max(1, ...days.map(({ expiring }) => expiring)), falls: Math.max(1, ...days.map(({ falls }) => falls)) };
  const up = scaleSqrt({ domain: [0, most.expiring], range: [10, REACH.up] });
  const down = scaleSqrt({ domain: [0, most.falls], range: [12, REACH.down] });
  const widths = weeks.map((week) => `minmax(24px, ${Math.max(0, x(new Date(placeOf(week.until))) - x(new Date(placeOf(week.from))))}fr)`).join(' ');
  const totals = { expiring: days.reduce((sum, day) => sum + day.expiring, 0), falls: days.reduce((sum, day) => sum + day.falls, 0) };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const buttons = [...(strip.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const next = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : null;
    if (event.key === 'Escape' && chosen) onChoose(null);
    else if (next === null) return;
    else buttons[Math.max(0, Math.min(buttons.length - 1, next))]?.focus();
    event.preventDefault();
  };
  const isFaded = (date: string): boolean => chosen !== null && (date < chosen.from || date >= chosen.until);
  const places = days.map((day) => ({ ...day, x: x(new Date(`${day.date}T12:00:00Z`)) }));
  const roomy = places.length > 0 && width / places.length > 22;
  return (
    <div className={classes.frame}>
      <div className={classes.drawing} ref={ref} style={{ blockSize: HEIGHT }}>
        <svg className={classes.svg} height={HEIGHT} aria-hidden focusable={false}>
          <line className={classes.axis} x1={0} x2={width} y1={AXIS} y2={AXIS} />
          {axisTicks(x, width).map((tick) => <text key={tick.x} className={classes.tick} x={tick.x} y={HEIGHT - 6} textAnchor="middle">{format.day(dayAt(tick.at.getTime()))}</text>)}
          {days.length === 0 ? <text className={classes.nothing} x={width / 2} y={AXIS - 18} textAnchor="middle">{t`Nothing expires and nobody falls in this period.`}</text> : null}
          {places.map(({ date, x: at, expiring }) => expiring === 0 ? null : (
            <g key={`e${date}`} className={isFaded(date) ? classes.faded : undefined}>
              <line className={classes.stem} x1={at} x2={at} y1={AXIS} y2={AXIS - up(expiring)} />
              <circle className={classes.expiry} cx={at} cy={AXIS - up(expiring)} r={4.5} />
              {roomy || expiring === most.expiring ? <text className={classes.figure} x={at} y={AXIS - up(expiring) - 9} textAnchor="middle">{format.number(expiring)}</text> : null}
            </g>
          ))}
          {places.map(({ date, x: at, falls }) => falls === 0 ? null : (
            <g key={`f${date}`} className={isFaded(date) ? classes.faded : undefined}>
              <line className={classes.fallStem} x1={at} x2={at} y1={AXIS} y2={AXIS + down(falls) - 8} />
              <path className={classes.fall} d={`M${at - 6},${AXIS + down(falls) - 9} h12 l-6,9 z`} />
              {roomy || falls === most.falls ? <text className={classes.figure} x={at + 9} y={AXIS + down(falls)}>{format.number(falls)}</text> : null}
            </g>
          ))}
        </svg>
        <span className={classes.now} aria-hidden />
        <div ref={strip} role="group" aria-label={label} className={classes.weeks} style={{ gridTemplateColumns: widths }} onKeyDown={onKeyDown}>
          {weeks.map((week) => {
            const first = format.day(week.from);
            const pressed = chosen?.from === week.from && chosen.until === week.until;
            return (
              <button
                key={week.from} type="button" className={classes.week} aria-pressed={pressed} onClick={() => onChoose(pressed ? null : { from: week.from, until: week.until })}
                aria-label={t`From ${first}: ${week.expiring} evidence expiring, ${week.falls} workloads falling`}
              />
            );
          })}
        </div>
      </div>
      <ul className={classes.legend}>
        <li><svg width={12} height={12} aria-hidden><circle className={classes.expiry} cx={6} cy={6} r={4.5} /></svg> <strong>{format.number(totals.expiring)}</strong> <Plural value={totals.expiring} one="item of evidence stops counting" other="items of evidence stop counting" /></li>
        <li><svg width={12} height={12} aria-hidden><path className={classes.fall} d="M0,2 h12 l-6,9 z" /></svg> <strong>{format.number(totals.falls)}</strong> <Plural value={totals.falls} one="workload falls to a lower stage" other="workloads fall to a lower stage" /></li>
      </ul>
    </div>
  );
}
