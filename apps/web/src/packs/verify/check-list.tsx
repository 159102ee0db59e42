import { useLingui } from '@lingui/react/macro';
import type { PackCheck, PackCheckId } from '@roster/pack-verify';
import { IconCircleCheckFilled, IconCircleDashed, IconCircleMinus, IconCircleXFilled } from '@tabler/icons-react';
import { useCheckGroups } from './check-words.js';
import classes from './verify-page.module.css';

type Standing = PackCheck['status'] | 'waiting';

/** Every check of a pack, from waiting to its verdict with the exact reason (ui.md, signature piece 7). @param ended nothing more will come */
export function CheckList({ checks, ended }: { checks: ReadonlyMap<PackCheckId, PackCheck>; ended: boolean }) {
  const { t } = useLingui();
  const groups = useCheckGroups();
  const words: Record<Standing, string> = { waiting: ended ? t`Not checked` : t`Waiting`, passed: t`Passed`, failed: t`Failed`, not_checked: t`Not checked` };
  const icons: Record<Standing, typeof IconCircleDashed> = { waiting: IconCircleDashed, passed: IconCircleCheckFilled, failed: IconCircleXFilled, not_checked: IconCircleMinus };
  const tones: Record<Standing, string | undefined> = { waiting: classes.waiting, passed: classes.passed, failed: classes.failed, not_checked: classes.waiting };
  return (
    <>
      {groups.map((group) => (
        <section key={group.id} className={classes.group} aria-label={group.title}>
          <h3>{group.title}</h3>
          <ul className={classes.checks}>
            {group.checks.map(({ id, title }) => {
              const check = checks.get(id);
              const standing: Standing = check?.status ?? 'waiting';
              const Icon = icons[standing];
              const more = check ? check.problemCount - check.problems.length : 0;
              return (
                <li key={id} className={`${classes.check} ${standing === 'failed' ? classes.failedRow : ''}`} data-check={id} data-status={standing}>
                  <Icon size={17} aria-hidden className={tones[standing]} />
                  <span>{title}</span>
                  <span className={`${classes.word} ${tones[standing] ?? ''}`}>{words[standing]}</span>
                  {check && check.problemCount > 1 ? (
                    <ul className={classes.problems}>
                      {check.problems.map((problem) => <li key={problem}>{problem}</li>)}
                      {more > 0 ? <li>{t`and ${more} more`}</li> : null}
                    </ul>
                  ) : check?.detail ? <span className={classes.detail}>{check.detail}</span> : null}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
