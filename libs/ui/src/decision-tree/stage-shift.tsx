import { Trans, useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import { IconArrowNarrowRight, IconEqual, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { StageBadge, useStageName } from '../status/stage-badge.js';
import type { TreeResult } from './tree-result.js';
import classes from './stage-shift.module.css';

type Shown = Pick<TreeResult, 'stage' | 'hardening' | 'undetermined'> & { readonly freeze: Pick<TreeResult['freeze'], 'frozen'> };

/** Experiment, Pilot, Pilot + hardening, Production, Scaled: hardening stands above a bare Pilot. */
const rank = (result: Shown): number => STAGES.indexOf(result.stage) * 2 + (result.hardening ? 1 : 0);

/**
 * The stage before and after, side by side, with the direction in words; spoken when it changes.
 * @param missing how many things are missing for the next stage, before and after
 */
export function StageShift({ before, after, missing }: { before: Shown; after: Shown; missing?: { readonly stage: TreeResult['stage']; readonly before: number; readonly after: number } }) {
  const { t } = useLingui();
  const stageName = useStageName();
  const step = rank(after) - rank(before);
  const Icon = step > 0 ? IconTrendingUp : step < 0 ? IconTrendingDown : IconEqual;
  const target = missing ? stageName(missing.stage) : '';
  return (
    <div className={classes.shift} role="status" data-testid="stage-shift">
      <span className={classes.side}><span className={classes.label}>{t`As it is`}</span><StageBadge stage={before.stage} hardening={before.hardening} undetermined={before.undetermined} frozen={before.freeze.frozen} size="lg" /></span>
      <IconArrowNarrowRight size={22} aria-hidden className={classes.arrow} />
      <span className={classes.side}><span className={classes.label}>{t`As supposed`}</span><StageBadge stage={after.stage} hardening={after.hardening} undetermined={after.undetermined} frozen={after.freeze.frozen} size="lg" /></span>
      <span className={`${classes.verdict} ${step > 0 ? classes.up : step < 0 ? classes.down : ''}`}>
        <Icon size={16} aria-hidden /> {step > 0 ? t`Rises` : step < 0 ? t`Falls` : t`Same stage`}
      </span>
      {missing ? <span className={classes.missing}><Trans>Missing for {target}: <b>{missing.before}</b> → <b>{missing.after}</b></Trans></span> : null}
    </div>
  );
}
