import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconLock, IconLockOpen, IconLockQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Instant } from '../format/instant.js';
import { GapList, type RenderTask } from './gap-list.js';
import { countOfGaps, type TreeFreeze } from './tree-result.js';
import { IDS_AS_NAMES, useAnswerWords, useStatementWords, type GapNames } from './words.js';
import classes from './freeze-banner.module.css';

export interface FreezeBannerProps {
  readonly freeze: TreeFreeze;
  readonly names?: GapNames;
  readonly renderTask?: RenderTask;
  /** What one may do about it: ask for a scope change, break the glass. */
  readonly actions?: ReactNode;
}

const concerns = (freeze: TreeFreeze): boolean => freeze.active || freeze.undetermined || freeze.breakGlass !== null;

function standingOf(freeze: TreeFreeze): { lifted: boolean; Icon: typeof IconLock } {
  const lifted = freeze.breakGlass !== null && !freeze.frozen;
  return { lifted, Icon: lifted ? IconLockOpen : freeze.active ? IconLock : IconLockQuestion };
}

/**
 * The same in one line, where the freeze is not the subject: that there is one, of how many reasons, and the way to them.
 * @param link leads to where the freeze is explained
 */
export function FreezeLine({ freeze, link }: { freeze: TreeFreeze; link: ReactNode }) {
  if (!concerns(freeze)) return null;
  const { lifted, Icon } = standingOf(freeze);
  const count = countOfGaps(freeze.gaps);
  return (
    <p className={`${classes.line} ${lifted ? classes.lifted : ''} ${freeze.active ? '' : 'r-hatched'}`} data-testid="freeze-line">
      <Icon size={16} aria-hidden className={classes.icon} />
      <span>
        {lifted && freeze.breakGlass ? <Trans>The freeze is lifted until <Instant at={freeze.breakGlass.until} relative={false} /></Trans>
          : freeze.active ? <Plural value={count} _0="Frozen" one="Frozen: # reason" other="Frozen: # reasons" />
          : <Plural value={count} _0="A freeze cannot be excluded" one="A freeze cannot be excluded: # reason" other="A freeze cannot be excluded: # reasons" />}
      </span>
      <span className="r-no-print">{link}</span>
    </p>
  );
}

/**
 * The ice-blue band of a freeze: that the scope may not grow, because of what, until which gaps close; or that a freeze cannot be excluded;
 * or that the glass is broken, by whom asked until when (domain.md section 6). Nothing when there is no freeze.
 */
export function FreezeBanner({ freeze, names = IDS_AS_NAMES, renderTask, actions }: FreezeBannerProps) {
  const { t } = useLingui();
  const statement = useStatementWords();
  const answers = useAnswerWords();
  if (!concerns(freeze)) return null;
  const { lifted, Icon } = standingOf(freeze);
  const title = lifted ? t`The freeze is lifted for a limited time` : freeze.active ? t`Frozen: its scope may not grow` : t`A freeze cannot be excluded, so its scope may not grow`;
  const count = countOfGaps(freeze.gaps);
  return (
    <section className={`${classes.band} ${lifted ? classes.lifted : ''} ${freeze.active ? '' : 'r-hatched'}`} aria-label={title} data-testid="freeze-banner">
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        <div className={classes.head}>
          <div>
            <strong className={classes.title}>{title}</strong>
            {freeze.breakGlass ? <p className={classes.text}><Trans>The glass is broken until <Instant at={freeze.breakGlass.until} />: “{freeze.breakGlass.reason}”</Trans></p> : null}
            {freeze.because.length > 0 ? (
              <p className={classes.text}>
                {freeze.active ? <Trans>It is a Pilot, and:</Trans> : <Trans>It may be a Pilot, and:</Trans>}{' '}
                {freeze.because.map((reason, index) => {
                  const [field = '', value = ''] = reason.split(':');
                  const word = value === 'yes' || value === 'no' || value === 'unknown' ? answers[value] : value;
                  return <span key={reason}>{index > 0 ? '; ' : ''}{statement(field)}: <b>{word}</b></span>;
                })}
              </p>
            ) : null}
            {count > 0 ? <p className={classes.text}>{freeze.active ? <Trans>It ends by itself when these gaps close.</Trans> : <Trans>State what is unknown, or close these gaps.</Trans>}</p> : null}
          </div>
          {actions ? <div className={`${classes.actions} r-no-print`}>{actions}</div> : null}
        </div>
        {freeze.gaps.length > 0 ? <div className={classes.gaps}><GapList gaps={freeze.gaps} names={names} renderTask={renderTask} foldAbove={0} /></div> : null}
      </div>
    </section>
  );
}
