import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { etagOf, type Member } from '../settings.queries.js';
import { useMembersChanged } from './members-changed.js';

/** Brings somebody back who was deactivated. What they owned stays with whoever has it now. */
export function ReactivateButton({ member }: { member: Member }) {
  const { t } = useLingui();
  const changed = useMembersChanged();
  const { id, name, version } = member;
  const back = useMutation({
    mutationFn: () => bodyOf(api.PATCH('/api/v1/members/{id}', { params: { path: { id } }, body: { status: 'active' }, headers: { 'If-Match': etagOf(version) } })),
    onSuccess: async () => { toast.done({ message: t`${name} can sign in again.` }); await changed(); },
    onError: toast.failed,
  });
  return <ActButton permission="access:member:manage" variant="subtle" size="compact-sm" aria-label={t`Bring ${name} back`} loading={back.isPending} onClick={() => back.mutate()}>{t`Bring back`}</ActButton>;
}
