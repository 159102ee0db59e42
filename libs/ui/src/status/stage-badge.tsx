import { Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { Stage } from '@roster/contracts';
import { IconFlask, IconHelpHexagon, IconLock, IconPlane, IconShieldCheck, IconStack2 } from '@tabler/icons-react';
import { useCallback } from 'react';
import classes from './stage-badge.module.css';

const ICONS = { experiment: IconFlask, pilot: IconPlane, production: IconShieldCheck, scaled: IconStack2 };

/** The words of a stage (domain.md section 5), with "(hardening)" for a Pilot that fell from Production. */
export function useStageName(): (stage: Stage, hardening?: boolean) => string {
  const { t } = useLingui();
  return useCallback((stage: Stage, hardening = false) => {
    switch (stage) {
      case 'experiment': return t`Experiment`;
      case 'pilot': return hardening ? t`Pilot (hardening)` : t`Pilot`;
      case 'production': return t`Production`;
      case 'scaled': return t`Scaled`;
    }
  }, [t]);
}

export interface StageBadgeProps {
  /** null when the workload was not classified yet */
  readonly stage: Stage | null | undefined;
  readonly hardening?: boolean | null;
  /** An answer that decides the stage is not known: the stage is the highest one that is proven. */
  readonly undetermined?: boolean | null;
  readonly frozen?: boolean | null;
  readonly size?: 'sm' | 'lg';
}

/** The one look of a stage: Experiment grey outline, Pilot amber outline (hardening: hatched), Production green, Scaled violet; frozen adds a lock. */
export function StageBadge({ stage, hardening = false, undetermined = false, frozen = false, size = 'sm' }: StageBadgeProps) {
  const { t } = useLingui();
  const name = useStageName();
  if (!stage) return <span className={`${classes.stage} ${classes.none} r-hatched ${classes[size]}`}><IconHelpHexagon size={size === 'lg' ? 16 : 13} aria-hidden />{t`Not classified`}</span>;
  const Icon = ICONS[stage];
  const badge = (
    <span className={`${classes.stage} ${classes[stage]} ${hardening ? `${classes.hardening} r-hatched` : ''} ${undetermined ? classes.undetermined : ''} ${classes[size]}`} data-stage={stage}>
      <Icon size={size === 'lg' ? 16 : 13} aria-hidden />
      {name(stage, hardening ?? false)}
      {undetermined ? <span aria-hidden className={classes.question}>?</span> : null}
      {undetermined ? <span className="r-visually-hidden">{t`, an answer is unknown`}</span> : null}
    </span>
  );
  return (
    <span className={classes.group}>
      {undetermined ? <Tooltip label={t`An answer that decides the stage is unknown. Shown is the highest stage that is proven.`}>{badge}</Tooltip> : badge}
      {frozen ? <span className={classes.frozen}><IconLock size={12} aria-hidden />{t`Frozen`}</span> : null}
    </span>
  );
}
