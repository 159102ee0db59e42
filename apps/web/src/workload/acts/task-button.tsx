import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import type { Permission } from '@roster/contracts';
import type { RenderTask, TreeGap } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../../api/client.js';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { toast } from '../../shell/toast.js';
import { isOwnerRole } from '../../workload-tabs/owners/owner-slot.js';
import { useWorkload } from '../workload-context.js';
import { useActs, type Act } from './acts.js';

type Look = { readonly variant: string; readonly size: string };
export const PRIMARY: Look = { variant: 'filled', size: 'xs' };
const QUIET: Look = { variant: 'default', size: 'compact-sm' };
const NESTED: Look = { variant: 'subtle', size: 'compact-xs' };

/** The button that does something about a gap of the workload of this page (see {@link Task}). */
export function TaskButton(props: TaskProps) {
  const { workload: { key } } = useWorkload();
  return <Task {...props} workloadKey={key} open={useActs()} />;
}

interface TaskProps {
  /** One gap, or all of a domain that one act can close together. */
  readonly gaps: readonly TreeGap[];
  /** The requirements that evidence would be for. */
  readonly criteria: readonly string[];
  /** How loud it is: the one act of the page, a task, or one of many below a task. */
  readonly look?: Look;
}

/**
 * What does something about a gap, from anywhere: a dialog where a dialog is enough, otherwise the page where it is done, with its form open.
 * Gaps that nobody can close from here have none.
 * @param workloadKey the workload it stands in the way of
 * @param open opens the dialog of an act on that workload
 */
export function Task({ workloadKey: key, open, gaps, criteria, look = QUIET }: TaskProps & { workloadKey: string; open: (act: Act) => void }) {
  const { t } = useLingui();
  const gap = gaps[0];
  if (!gap) return null;
  const { kind, subject } = gaps.find((other) => other.action.kind === 'submit_evidence')?.action ?? gap.action;
  const base = `/workloads/${encodeURIComponent(key)}`;
  switch (kind) {
    case 'assign_owner': return subject !== null && isOwnerRole(subject) ? <ActButton permission="inventory:owner:assign" {...look} onClick={() => open({ act: 'assign-owner', role: subject })}>{t`Assign owner`}</ActButton> : null;
    case 'state_fact': return <ActButton permission="inventory:workload:update" {...look} onClick={() => open({ act: 'state-fact', fact: subject ?? gap.fact })}>{t`State fact`}</ActButton>;
    case 'set_risk_tier': return <ActButton permission="inventory:workload:update" {...look} onClick={() => open({ act: 'set-risk-tier' })}>{t`Set risk tier`}</ActButton>;
    case 'submit_evidence':
      return <LinkTask look={look} permission="evidence:item:submit" to="/evidence/new" search={{ workload: key, ...(criteria.length > 0 ? { criterion: [...criteria] } : {}), ...(subject === null ? {} : { kind: subject }) }}>{t`Attach evidence`}</LinkTask>;
    case 'decide_evidence': return <LinkTask look={look} permission="evidence:version:review" to="/evidence/queue" search={{ workload: key }}>{t`Decide evidence`}</LinkTask>;
    case 'record_drill': return <LinkTask look={look} permission="incidents:drill:record" to={`${base}/incidents`} search={{ drill: subject ?? 'kill_switch' }}>{t`Record a drill`}</LinkTask>;
    case 'link_workload': return <LinkTask look={look} permission="inventory:workload:update" to={`${base}/components`} search={{ act: 'declare' }}>{t`Link components`}</LinkTask>;
    case 'conduct_review': return <ConductReview workloadKey={key} look={look} />;
    default: return null;
  }
}

const OPEN = ['in_progress', 'due', 'scheduled', 'awaiting_sign_off'];

/** Leads into the review of the workload that is open, the earliest due; where none is, to asking for one. */
function ConductReview({ workloadKey: key, look }: { workloadKey: string; look: Look }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const find = useMutation({
    mutationFn: () => bodyOf(api.GET('/api/v1/reviews', { params: { query: { 'filter[workload]': [key], 'filter[status]': OPEN, limit: 1 } } })),
    onSuccess: ({ items: [review] }) => void (review ? navigate({ to: '/reviews/$id', params: { id: review.id } }) : navigate({ to: '/workloads/$key/reviews', params: { key }, search: { act: 'ask' } as never })),
    onError: toast.failed,
  });
  return <ActButton permission="reviews:review:conduct" {...look} loading={find.isPending} onClick={() => find.mutate()}>{t`Conduct review`}</ActButton>;
}

/** Draws the buttons of a list of gaps. */
export const renderTaskButton: RenderTask = (gaps, criteria, nested) => <TaskButton gaps={gaps} criteria={criteria} look={nested ? NESTED : QUIET} />;

/** A task that is done on another page. Who may not is told why instead of being sent there. */
function LinkTask({ look, permission, to, search = {}, children }: { look: Look; permission: Permission; to: string; search?: Record<string, string | string[]>; children: ReactNode }) {
  const { allowed } = useMay(permission);
  if (!allowed) return <ActButton permission={permission} {...look}>{children}</ActButton>;
  return <Button component={Link} to={to} search={search as never} {...look}>{children}</Button>;
}
