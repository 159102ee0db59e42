import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ConfirmDialog, ProblemAlert, TextSkeleton, useFormat } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { toast } from '../../shell/toast.js';
import { etagOf, type Member } from '../settings.queries.js';
import { useMembersChanged } from './members-changed.js';
import classes from '../settings.module.css';

/** Says what follows from deactivating somebody, counted, before it is done. */
export function DeactivateDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const changed = useMembersChanged();
  const { id, name } = member;
  const owned = useQuery({
    queryKey: ['inventory', 'owned-by', id],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/workloads', { params: { query: { 'filter[owner]': [id], limit: 1, count: true } }, signal }))).total ?? 0,
  });
  const leave = useMutation({
    mutationFn: () => api.DELETE('/api/v1/members/{id}', { params: { path: { id } }, headers: { 'If-Match': etagOf(member.version) } }),
    onSuccess: async () => { toast.done({ message: t`${name} is deactivated.` }); onClose(); await changed(); },
  });
  const count = owned.data === undefined ? null : format.number(owned.data);
  return (
    <ConfirmDialog opened title={t`Deactivate ${name}`} act={t`Deactivate member`} danger busy={leave.isPending} onClose={onClose} onConfirm={() => leave.mutate()}>
      <ul className={classes.changes}>
        <li><Trans>Every session of theirs ends and they cannot sign in.</Trans></li>
        <li><Trans>API keys they made stop working.</Trans></li>
        <li>{owned.error ? <Trans>Workloads they own become orphaned; how many could not be counted.</Trans> : count === null ? <TextSkeleton lines={1} /> : <Trans>They own or are asked to own {count} workloads. Those assignments become orphaned: a deputy takes over where there is one, the others are evaluated again without an owner and may fall.</Trans>}</li>
        <li><Trans>What they did stays theirs, in history and trail. You can bring them back; the assignments do not come back with them.</Trans></li>
      </ul>
      {leave.error ? <ProblemAlert problem={shownProblem(leave.error)} compact /> : null}
    </ConfirmDialog>
  );
}
