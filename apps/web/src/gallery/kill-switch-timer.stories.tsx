import { KillSwitchTimer, type TimerRun } from '@roster/ui';
import type { ReactNode } from 'react';

const START = Date.parse('2026-05-01T09:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
const nothing = (): void => undefined;
const show = (run: TimerRun | null, now: number, refused: string | null = null): ReactNode => <KillSwitchTimer run={run} limitSeconds={300} serverNow={() => START + now * 1_000} onStart={nothing} onStop={nothing} onDiscard={nothing} refused={refused} />;

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Kill-switch timer, ready', render: () => show(null, 0) },
  { name: 'Kill-switch timer, not permitted', render: () => show(null, 0, 'Needs the permission incidents:drill:record.') },
  { name: 'Kill-switch timer, running', render: () => show({ startedAt: at(0), endedAt: null }, 187) },
  { name: 'Kill-switch timer, over the limit', render: () => show({ startedAt: at(0), endedAt: null }, 412) },
  { name: 'Kill-switch timer, stopped in time', render: () => show({ startedAt: at(0), endedAt: at(240) }, 240) },
];
