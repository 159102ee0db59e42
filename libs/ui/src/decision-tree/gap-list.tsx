import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Stage } from '@roster/contracts';
import { IconChecklist, IconChevronDown, IconCircleCheck } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { MeaningIcon, type Meaning } from '../status/meaning.js';
import { useStageName } from '../status/stage-badge.js';
import { countOfGaps, groupGaps, type GapGroup, type TreeGap } from './tree-result.js';
import { IDS_AS_NAMES, useGapWords, type GapNames } from './words.js';
import classes from './gap-list.module.css';

/**
 * Draws the button of a task.
 * @param gaps one gap, or all gaps of a domain that one act can close together
 * @param criteria the requirements it is about
 * @param nested below a task that closes more at once: a quieter button
 */
export type RenderTask = (gaps: readonly TreeGap[], criteria: readonly string[], nested: boolean) => ReactNode;

export interface GapListProps {
  readonly gaps: readonly TreeGap[];
  /** Names of domains and requirements; ids are shown without them. */
  readonly names?: GapNames;
  readonly renderTask?: RenderTask;
  /** Domains with more gaps than this are folded; their first line says how many. */
  readonly foldAbove?: number;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  STATEMENT_UNKNOWN: 'unknown', FACT_UNKNOWN: 'unknown', RISK_TIER_MISSING: 'unknown', REQUIREMENT_MISSING: 'unknown', DOMAIN_EVIDENCE_MISSING: 'unknown', OWNER_MISSING: 'attention', DOMAIN_SHORT: 'attention',
  REQUIREMENT_SUBMITTED: 'information', REQUIREMENT_EXPIRED: 'broken', REQUIREMENT_REJECTED: 'broken', DRILL_EXPIRED: 'broken', DRILL_TOO_SLOW: 'broken',
};
const meaningOf = (gap: TreeGap): Meaning => MEANINGS[gap.code] ?? 'attention';

/** What is missing, as tasks. Gaps of one domain stand together, and may be closed together. */
export function GapList({ gaps, names = IDS_AS_NAMES, renderTask, foldAbove = 3 }: GapListProps) {
  return (
    <ul className={classes.list} role="list">
      {groupGaps(gaps).map((group) => (group.gaps.length > 1 || isChoice(group)
        ? <DomainTask key={group.key} group={group} names={names} renderTask={renderTask} folded={group.gaps.length > foldAbove || isChoice(group)} />
        : group.gaps.map((gap) => <SingleTask key={group.key} gap={gap} names={names} renderTask={renderTask} />)))}
    </ul>
  );
}

const isChoice = (group: GapGroup): boolean => group.gaps.some((gap) => gap.need !== null && gap.requirements.length > 1);

function SingleTask({ gap, names, renderTask }: { gap: TreeGap; names: GapNames; renderTask?: RenderTask }) {
  const words = useGapWords(names);
  return (
    <li className={classes.task} data-gap={gap.code}>
      <span className={classes.icon}><MeaningIcon meaning={meaningOf(gap)} size={16} /></span>
      <span className={classes.words}>{words(gap)}</span>
      {renderTask ? <span className={`${classes.button} r-no-print`}>{renderTask([gap], gap.requirements, false)}</span> : null}
    </li>
  );
}

function DomainTask({ group, names, renderTask, folded }: { group: GapGroup; names: GapNames; renderTask?: RenderTask; folded: boolean }) {
  const { t } = useLingui();
  const words = useGapWords(names);
  const id = useId();
  const [open, setOpen] = useState(!folded);
  const [first] = group.gaps;
  const criteria = [...new Set(group.gaps.flatMap((gap) => gap.requirements))];
  const single = group.gaps.length === 1 ? first : undefined;
  const domain = names.domain(group.domain ?? '');
  const count = group.gaps.length;
  return (
    <li className={classes.domain} data-gap-domain={group.domain}>
      <div className={classes.task}>
        <span className={classes.icon}><MeaningIcon meaning={first ? meaningOf(first) : 'attention'} size={16} /></span>
        <button type="button" className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {single ? words(single) : <Trans>{domain}: <Plural value={count} one="# criterion to prove" other="# criteria to prove" /></Trans>}
          <IconChevronDown size={14} aria-hidden className={classes.chevron} data-opened={open || undefined} />
        </button>
        {renderTask ? <span className={`${classes.button} r-no-print`}>{renderTask(group.gaps, criteria, false)}</span> : null}
      </div>
      <ul id={id} className={classes.criteria} role="list" hidden={!open} aria-label={t`Criteria of ${domain}`}>
        {single
          ? criteria.map((key) => (
            <li key={key} className={classes.criterion}>
              <span className={classes.words}>{names.requirement(key)}</span>
              {renderTask ? <span className={`${classes.button} r-no-print`}>{renderTask([single], [key], true)}</span> : null}
            </li>
          ))
          : group.gaps.map((gap) => (
            <li key={`${gap.code} ${gap.requirements.join()}`} className={classes.criterion}>
              <MeaningIcon meaning={meaningOf(gap)} /><span className={classes.words}>{words(gap)}</span>
              {renderTask ? <span className={`${classes.button} r-no-print`}>{renderTask([gap], gap.requirements, true)}</span> : null}
            </li>
          ))}
      </ul>
    </li>
  );
}

/**
 * "To reach Production: 3 things", each a task.
 * @param target the stage to reach
 * @param count how many single things that is; counted from the gaps when left out
 */
export function NextStageTasks({ target, count, ...list }: GapListProps & { target: Stage; count?: number }) {
  const stage = useStageName()(target);
  const things = count ?? countOfGaps(list.gaps);
  const id = useId();
  return (
    <section className={classes.next} aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {things === 0 ? <IconCircleCheck size={16} aria-hidden className={classes.nothing} /> : <IconChecklist size={16} aria-hidden />}
        {things === 0 ? <Trans>To reach {stage}: nothing is missing</Trans> : <Trans>To reach {stage}: <Plural value={things} one="# thing" other="# things" /></Trans>}
      </h3>
      {list.gaps.length > 0 ? <GapList {...list} /> : null}
    </section>
  );
}
