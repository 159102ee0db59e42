import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import type { RenderTask, TreeGap } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { useWorkload } from '../workload-context.js';
import { useActs } from './acts.js';

type Look = { readonly variant: string; readonly size: string };
export const PRIMARY: Look = { variant: 'filled', size: 'xs' };
const QUIET: Look = { variant: 'default', size: 'compact-sm' };
const NESTED: Look = { variant: 'subtle', size: 'compact-xs' };

/**
 * The button that does something about a gap: a dialog where a dialog is enough, the right page where it is not. Gaps that nobody can
 * close from here have none.
 * @param gaps one gap, or all of a domain that one act can close together
 * @param criteria the requirements that evidence would be for
 * @param look how loud it is: the one act of the page, a task, or one of many below a task
 */
export function TaskButton({ gaps, criteria, look = QUIET }: { gaps: readonly TreeGap[]; criteria: readonly string[]; look?: Look }) {
  const { t } = useLingui();
  const { workload: { key } } = useWorkload();
  const open = useActs();
  const gap = gaps[0];
  if (!gap) return null;
  const { kind, subject } = taskOf(gaps, gap);
  switch (kind) {
    case 'assign_owner': return <ActButton permission="inventory:owner:assign" {...look} onClick={() => open({ act: 'assign-owner', role: subject ?? '' })}>{t`Assign owner`}</ActButton>;
    case 'state_fact': return <ActButton permission="inventory:workload:update" {...look} onClick={() => open({ act: 'state-fact', fact: subject ?? gap.fact })}>{t`State fact`}</ActButton>;
    case 'set_risk_tier': return <ActButton permission="inventory:workload:update" {...look} onClick={() => open({ act: 'set-risk-tier' })}>{t`Set risk tier`}</ActButton>;
    default: return <TaskLink workloadKey={key} gaps={gaps} criteria={criteria} look={look} />;
  }
}

const taskOf = (gaps: readonly TreeGap[], first: TreeGap): TreeGap['action'] => gaps.find((other) => other.action.kind === 'submit_evidence')?.action ?? first.action;

/**
 * The way to where something is done about a gap, from anywhere. Gaps that nobody can close have none.
 * @param workloadKey the workload it stands in the way of
 */
export function TaskLink({ workloadKey: key, gaps, criteria, look = QUIET }: { workloadKey: string; gaps: readonly TreeGap[]; criteria: readonly string[]; look?: Look }) {
  const { t } = useLingui();
  const gap = gaps[0];
  if (!gap) return null;
  const { kind, subject } = taskOf(gaps, gap);
  const base = `/workloads/${encodeURIComponent(key)}`;
  switch (kind) {
    case 'assign_owner': return <LinkTask look={look} permission="inventory:owner:assign" to={`${base}/owners`}>{t`Assign owner`}</LinkTask>;
    case 'state_fact': return <LinkTask look={look} permission="inventory:workload:update" to={base}>{t`State fact`}</LinkTask>;
    case 'set_risk_tier': return <LinkTask look={look} permission="inventory:workload:update" to={base}>{t`Set risk tier`}</LinkTask>;
    case 'submit_evidence':
      return <LinkTask look={look} permission="evidence:item:submit" to="/evidence/new" search={{ workload: key, ...(criteria.length > 0 ? { criterion: [...criteria] } : {}), ...(subject === null ? {} : { kind: subject }) }}>{t`Attach evidence`}</LinkTask>;
    case 'decide_evidence': return <LinkTask look={look} permission="evidence:version:review" to="/evidence/queue" search={{ workload: key }}>{t`Decide evidence`}</LinkTask>;
    case 'record_drill': return <LinkTask look={look} permission="incidents:drill:record" to={`${base}/incidents`} search={{ drill: subject ?? 'kill_switch' }}>{t`Record a drill`}</LinkTask>;
    case 'link_workload': return <LinkTask look={look} permission="inventory:workload:update" to={`${base}/components`}>{t`Link components`}</LinkTask>;
    case 'conduct_review': return <LinkTask look={look} permission="reviews:review:conduct" to={`${base}/reviews`}>{t`Conduct review`}</LinkTask>;
    default: return null;
  }
}

/** Draws the buttons of a list of gaps. */
export const renderTaskButton: RenderTask = (gaps, criteria, nested) => <TaskButton gaps={gaps} criteria={criteria} look={nested ? NESTED : QUIET} />;

/** A task that is done on another page. Who may not is told why instead of being sent there. */
function LinkTask({ look, permission, to, search = {}, children }: { look: Look; permission: Permission; to: string; search?: Record<string, string | string[]>; children: ReactNode }) {
  const { allowed } = useMay(permission);
  if (!allowed) return <ActButton permission={permission} {...look}>{children}</ActButton>;
  return <Button component={Link} to={to} search={search as never} {...look}>{children}</Button>;
}
