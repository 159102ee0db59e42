import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPlayerPlay, IconPlayerStop, IconRotate } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '../format/format.js';
import { MeaningBadge } from '../status/meaning.js';
import { readTimer } from './timer-reading.js';
import classes from './kill-switch-timer.module.css';

/** A measurement: started, and over or not. RFC 3339, server time. */
export interface TimerRun {
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface KillSwitchTimerProps {
  /** null before the start. Whoever shows the timer keeps it, so that a reload loses nothing. */
  readonly run: TimerRun | null;
  /** Longest time that passes, in seconds (preset 300). */
  readonly limitSeconds: number;
  /** The time of the server now, in milliseconds since 1970. */
  readonly serverNow: () => number;
  readonly onStart: (at: string) => void;
  readonly onStop: (at: string) => void;
  /** Forgets a measurement that shall not be recorded. */
  readonly onDiscard: () => void;
  /** Why it cannot be started; null when it can. */
  readonly refused?: string | null;
}

const TICK = 200;

/**
 * Measures how long it takes to switch a workload off (ui.md, signature piece 5): big, calm, in server time, with the mark of the limit.
 * Space or Enter starts and stops; whole minutes are said aloud to those who listen.
 */
export function KillSwitchTimer({ run, limitSeconds, serverNow, onStart, onStop, onDiscard, refused = null }: KillSwitchTimerProps) {
  const { t } = useLingui();
  const format = useFormat();
  const running = run !== null && run.endedAt === null;
  const [now, setNow] = useState(() => serverNow());
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(serverNow()), TICK);
    setNow(serverNow());
    return () => clearInterval(timer);
  }, [running, serverNow]);
  const elapsed = run === null ? 0 : Date.parse(run.endedAt ?? new Date(Math.max(now, Date.parse(run.startedAt))).toISOString()) - Date.parse(run.startedAt);
  const reading = readTimer(elapsed, limitSeconds);
  const stamp = (): string => new Date(serverNow()).toISOString();
  const start = (): void => { onStart(stamp()); requestAnimationFrame(() => button.current?.focus()); };
  const minutes = Math.floor(reading.seconds / 60);
  const limit = format.duration(limitSeconds);
  const took = format.duration(reading.seconds);
  const started = run ? format.instant(run.startedAt) : '';
  const ended = run?.endedAt ? format.instantShort(run.endedAt) : '';
  return (
    <div className={`${classes.timer} ${running ? classes.running : ''} ${reading.over ? classes.over : ''}`}>
      <div className={classes.face} role="timer" aria-label={t`Time since the kill switch was pulled`}>
        <span className={classes.digits}>{reading.digits}</span>
        <span className={classes.standing}>
          {run === null ? <span className={classes.calm}><Trans>Ready. Limit {limit}.</Trans></span>
            : reading.over ? <MeaningBadge meaning="broken"><Trans>over the limit of {limit}</Trans></MeaningBadge>
              : running ? <MeaningBadge meaning="information"><Trans>running, limit {limit}</Trans></MeaningBadge>
                : <MeaningBadge meaning="met"><Trans>within the limit of {limit}</Trans></MeaningBadge>}
        </span>
      </div>
      <div className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ inlineSize: `${reading.filled * 100}%` }} />
        <span className={classes.mark} style={{ insetInlineStart: `${reading.mark * 100}%` }}><span className={classes.markWord}>{limit}</span></span>
      </div>
      <div className={classes.acts}>
        {run === null ? <Button ref={button} size="md" leftSection={<IconPlayerPlay size={18} />} disabled={refused !== null} onClick={start}><Trans>Start: the switch is pulled</Trans></Button> : null}
        {running ? <Button ref={button} size="md" color="red.9" leftSection={<IconPlayerStop size={18} />} onClick={() => onStop(stamp())}><Trans>Stop: it answers no more</Trans></Button> : null}
        {run !== null ? <Button size="md" variant="default" leftSection={<IconRotate size={18} />} onClick={onDiscard}>{running ? <Trans>Cancel</Trans> : <Trans>Discard and start anew</Trans>}</Button> : null}
      </div>
      {refused !== null && run === null ? <p className={classes.note}>{refused}</p> : null}
      {run ? (
        <p className={classes.note}>
          {run.endedAt ? <Trans>From {started} until {ended}, server time.</Trans> : <Trans>Started {started}, server time. You can leave or reload this page; it goes on.</Trans>}
        </p>
      ) : <p className={classes.note}><Trans>Press Space or Enter on the button. The time is the server's, not this computer's.</Trans></p>}
      <div aria-live="polite" className="r-visually-hidden">
        {running && minutes > 0 && !reading.over ? <Plural value={minutes} one="# minute has passed" other="# minutes have passed" /> : null}
        {running && reading.over ? t`The limit of ${limit} has passed` : null}
        {run?.endedAt ? t`Stopped after ${took}` : null}
      </div>
    </div>
  );
}
