import { useLingui } from '@lingui/react/macro';
import { STAGES, type Stage } from '@roster/contracts';
import { IconArrowDownRight, IconArrowUpRight, IconPlus } from '@tabler/icons-react';
import { useFormat } from '../format/format.js';
import { StageBadge, useStageName } from '../status/stage-badge.js';
import { ChartLink, type Navigate } from './chart-link.js';
import classes from './funnel.module.css';

export interface FunnelStep {
  /** null: not classified yet */
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly count: number;
  /** The list of exactly these workloads. */
  readonly href: string | null;
}
export interface FunnelMove {
  /** null: classified for the first time */
  readonly from: Stage | null;
  readonly to: Stage;
  readonly count: number;
  readonly href: string | null;
}
export interface FunnelProps {
  /** What the funnel shows, for those who cannot see it. */
  readonly label: string;
  readonly steps: readonly FunnelStep[];
  /** Changes of stage in the period that the label names. */
  readonly moves: readonly FunnelMove[];
  readonly onNavigate?: Navigate;
}

const rank = (stage: Stage | null): number => (stage === null ? -1 : STAGES.indexOf(stage));
/** Workloads by stage as bars, and beside each stage who moved into it: up, down (a fall, never by colour alone) or newly classified. */
export function Funnel({ label, steps, moves, onNavigate }: FunnelProps) {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const ordered = [...steps].sort((a, b) => rank(a.stage) - rank(b.stage) || Number(a.hardening) - Number(b.hardening));
  return (
    <div className={classes.frame}>
      <ol className={classes.steps} aria-label={label}>
        {ordered.map(({ stage, hardening, count, href }) => {
          const into = hardening ? [] : moves.filter(({ to }) => to === stage);
          return (
            <li key={`${stage ?? 'none'}-${String(hardening)}`} className={classes.step}>
              <StageBadge stage={stage} hardening={hardening} />
              <ChartLink href={count > 0 ? href : null} onNavigate={onNavigate} className={classes.track}>
                <span className={classes.area}>
                  <span aria-hidden className={`${classes.bar} ${classes[stage ?? 'unclassified']} ${stage === null || hardening ? 'r-hatched' : ''}`} style={{ ['--share' as string]: count / most }} />
                  <span className={classes.count}>{format.number(count)}</span>
                  <span className={classes.share}>{total > 0 ? format.percent(count / total) : null}</span>
                </span>
              </ChartLink>
              <span className={classes.moves}>
                {into.map((move) => {
                  const fell = rank(move.from) > rank(move.to);
                  const amount = format.number(move.count);
                  const origin = move.from === null ? '' : name(move.from);
                  const Icon = move.from === null ? IconPlus : fell ? IconArrowDownRight : IconArrowUpRight;
                  return (
                    <ChartLink key={move.from ?? 'new'} href={move.href} onNavigate={onNavigate} className={`${classes.move} ${move.from === null ? '' : fell ? classes.down : classes.up}`}>
                      <Icon size={13} aria-hidden />
                      {move.from === null ? t`${amount} new` : fell ? t`${amount} fell from ${origin}` : t`${amount} up from ${origin}`}
                    </ChartLink>
                  );
                })}
                {into.length === 0 && stage !== null && !hardening ? <span className={classes.still}>{t`no movement`}</span> : null}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
