import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Permission, RiskTier } from '@roster/contracts';
import { Bone, Instant, LifecycleMark, MeaningBadge, Person, ReviewStateMark, RiskTierMark, StageBadge, useStageName } from '@roster/ui';
import { IconArchive, IconChevronRight, IconDots, IconGitMerge, IconLockOpen, IconPrinter, IconRefresh, IconRouteAltRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useCommands, type Command } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { useActs } from './acts/acts.js';
import { useEvaluateNow } from './acts/evaluate-now.js';
import { PRIMARY, TaskButton } from './acts/task-button.js';
import { useNextStage } from './next-stage.js';
import { useIsOverdue } from './overdue.js';
import { useWorkload } from './workload-context.js';
import { keepAsOf } from './workload-tabs.js';
import classes from './workload-header.module.css';

/** Key, name, stage and why, who answers for it, tier, next review, and the one thing to do next. */
export function WorkloadHeader() {
  const { t } = useLingui();
  const { workload, classification, asOf, retired } = useWorkload();
  const next = useNextStage();
  const firstGap = next?.gaps?.find((gap) => gap.action.kind !== 'none') ?? null;
  const overdue = useIsOverdue(workload.nextReviewDueAt);
  const base = `/workloads/${encodeURIComponent(workload.key)}`;
  return (
    <Page
      to={base} name={workload.key} crumbs={[{ label: t`Inventory`, to: '/inventory' }]}
      title={<><span className={classes.key}>{workload.key}</span> <span className={classes.name}>{workload.name}</span></>}
      meta={(
        <ul className={classes.meta} role="list">
          <li><StageButton /></li>
          {next && next.gaps !== null && next.gaps.length > 0 ? <li><MissingLink base={base} count={next.count ?? next.gaps.length} target={next.target} /></li> : null}
          <Pair term={t`Risk owner`}><Person name={workload.riskOwner?.name ?? workload.riskOwner?.email} status={workload.riskOwner?.status === 'orphaned' ? 'orphaned' : 'active'} />{workload.riskOwner && workload.riskOwner.status === 'proposed' ? <span className={classes.proposed}>{t`asked, not accepted`}</span> : null}</Pair>
          <Pair term={t`Risk tier`}><RiskTierMark tier={workload.riskTier as RiskTier | null | undefined} /></Pair>
          <Pair term={t`Next review`}>{workload.nextReviewDueAt ? <><Instant at={workload.nextReviewDueAt} only="day" />{overdue ? <ReviewStateMark state="overdue" /> : null}</> : <span className={classes.none}>{t`not set`}</span>}</Pair>
          <Pair term={t`Lifecycle`}><LifecycleMark lifecycle={workload.lifecycle as 'active'} /></Pair>
          {classification?.nextChangeAt && asOf === null ? <Pair term={t`May change by itself`}><Instant at={classification.nextChangeAt} only="day" /></Pair> : null}
        </ul>
      )}
      actions={(
        <>
          {firstGap && !retired ? <TaskButton gaps={[firstGap]} criteria={firstGap.requirements} look={PRIMARY} /> : null}
          <MoreMenu />
        </>
      )}
    >
      {retired ? <p className={classes.retired}><Trans>Retired <Instant at={workload.retiredAt} />. It keeps its history and is changed no more.</Trans> {workload.retireReason ? <span>“{workload.retireReason}”</span> : null}</p> : null}
    </Page>
  );
}

function Pair({ term, children }: { term: string; children: ReactNode }) {
  return <li className={classes.pair}><span className={classes.term}>{term}</span> {children}</li>;
}

/** The stage; one click opens why. */
function StageButton() {
  const { t } = useLingui();
  const { classification, unread } = useWorkload();
  const open = useActs();
  if (unread === 'pending') return <Bone width="110px" height={24} />;
  if (unread === 'failed') return <MeaningBadge meaning="unknown">{t`Stage could not be read`}</MeaningBadge>;
  if (!classification) return <StageBadge stage={null} size="lg" />;
  return (
    <button type="button" className={classes.stage} onClick={() => open({ act: 'why' })} aria-haspopup="dialog">
      <span className="r-visually-hidden">{t`Stage:`}</span>
      <StageBadge stage={classification.stage} hardening={classification.hardening} undetermined={classification.undetermined} frozen={classification.freeze.frozen} size="lg" />
      <span className={classes.why}>{t`Why`}<IconChevronRight size={13} aria-hidden /></span>
    </button>
  );
}

function MissingLink({ base, count, target }: { base: string; count: number; target: Parameters<ReturnType<typeof useStageName>>[0] }) {
  const stage = useStageName()(target);
  return <Link to={base} search={keepAsOf as never} hash="next-stage" className={classes.missing}><Trans><Plural value={count} one="# thing" other="# things" /> to {stage}</Trans></Link>;
}

/** What one can do less often, with the reason where one may not. */
function MoreMenu() {
  const { t } = useLingui();
  const { workload, classification, retired } = useWorkload();
  const open = useActs();
  const { mutate: evaluateNow, isPending: evaluating } = useEvaluateNow(workload.key);
  const frozen = classification !== null && (classification.freeze.active || classification.freeze.undetermined);
  const commands = useMemo((): Command[] => {
    const group = t`This workload`;
    const key = workload.key;
    return [
      { id: 'workload.why', label: t`Why is ${key} at this stage`, group, keys: ['w'], run: () => open({ act: 'why' }) },
      { id: 'workload.print', label: t`Print ${key}`, group, run: () => print() },
      ...(retired ? [] : [
        { id: 'workload.evaluate', label: t`Evaluate ${key} now`, group, permission: 'classification:result:evaluate' as const, run: () => evaluateNow() },
        { id: 'workload.risk-tier', label: t`Set the risk tier of ${key}`, group, permission: 'inventory:workload:update' as const, run: () => open({ act: 'set-risk-tier' }) },
        { id: 'workload.scope-change', label: t`Ask for a scope change of ${key}`, group, permission: 'classification:scope-change:request' as const, run: () => open({ act: 'scope-change' }) },
        ...(frozen ? [{ id: 'workload.break-glass', label: t`Break the glass of ${key}`, group, permission: 'classification:freeze:break-glass' as const, run: () => open({ act: 'break-glass' }) }] : []),
        { id: 'workload.merge', label: t`Merge ${key} into another workload`, group, permission: 'inventory:workload:retire' as const, run: () => open({ act: 'merge' }) },
        { id: 'workload.retire', label: t`Retire ${key}`, group, permission: 'inventory:workload:retire' as const, run: () => open({ act: 'retire' }) },
      ]),
    ];
  }, [t, workload.key, retired, frozen, open, evaluateNow]);
  useCommands(commands);
  return (
    <>
      {retired ? null : <ActButton permission="classification:result:evaluate" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} loading={evaluating} onClick={() => evaluateNow()}>{t`Evaluate now`}</ActButton>}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><Tooltip label={t`More`}><ActionIcon variant="default" size={30} aria-label={t`More about ${workload.key}`}><IconDots size={16} /></ActionIcon></Tooltip></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => print()}>{t`Print`}</Menu.Item>
          {retired ? null : (
            <>
              <MayItem permission="classification:scope-change:request" icon={<IconRouteAltRight size={15} aria-hidden />} onClick={() => open({ act: 'scope-change' })}>{t`Ask for a scope change`}</MayItem>
              {frozen ? <MayItem permission="classification:freeze:break-glass" icon={<IconLockOpen size={15} aria-hidden />} onClick={() => open({ act: 'break-glass' })}>{t`Break the glass`}</MayItem> : null}
              <Menu.Divider />
              <MayItem permission="inventory:workload:retire" icon={<IconGitMerge size={15} aria-hidden />} onClick={() => open({ act: 'merge' })}>{t`Merge into another workload`}</MayItem>
              <MayItem permission="inventory:workload:retire" icon={<IconArchive size={15} aria-hidden />} onClick={() => open({ act: 'retire' })}>{t`Retire`}</MayItem>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** A menu item; who may not reads why below it. */
function MayItem({ permission, icon, onClick, children }: { permission: Permission; icon: ReactNode; onClick: () => void; children: ReactNode }) {
  const { allowed, why } = useMay(permission);
  return <Menu.Item leftSection={icon} aria-disabled={!allowed || undefined} data-disabled={!allowed || undefined} closeMenuOnClick={allowed} onClick={allowed ? onClick : undefined}>{children}{why ? <span className={classes.whyNot}>{why}</span> : null}</Menu.Item>;
}
