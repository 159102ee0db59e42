import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { isConflict, shownProblem } from '../../api/problem.js';
import { toast } from '../../shell/toast.js';
import { PermissionList } from '../permission-list.js';
import { useRoleNames } from '../role-words.js';
import { etagOf, type Member, type Role } from '../settings.queries.js';
import { useMembersChanged } from './members-changed.js';
import classes from '../settings.module.css';

/** Changes what somebody may do, after showing what they gain and lose. */
export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useLingui();
  const roles = useRoleNames();
  const changed = useMembersChanged();
  const [current, setCurrent] = useState(member);
  const [role, setRole] = useState<Role>(member.role);
  const { id, name } = member;
  const change = useMutation({
    mutationFn: (to: Role) => bodyOf(api.PATCH('/api/v1/members/{id}', { params: { path: { id } }, body: { role: to }, headers: { 'If-Match': etagOf(current.version) } })),
    onSuccess: async (saved) => {
      const now = roles[saved.role];
      const before = current.role;
      toast.done({
        message: t`${name} is now ${now}.`,
        undo: async () => { await api.PATCH('/api/v1/members/{id}', { params: { path: { id } }, body: { role: before }, headers: { 'If-Match': etagOf(saved.version) } }); await changed(); },
      });
      onClose();
      await changed();
    },
    onError: async (error) => { if (isConflict(error)) setCurrent(await bodyOf(api.GET('/api/v1/members/{id}', { params: { path: { id } } }))); },
  });
  const moved = current.version !== member.version;
  const theirs = roles[current.role];
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Role of ${name}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="sm">
        {moved ? <p className={classes.text} role="alert"><Trans>Somebody else changed this member meanwhile: the role is now <strong>{theirs}</strong>. Nothing of yours was stored; choose again.</Trans></p> : null}
        <Select label={t`Role`} allowDeselect={false} data-autofocus data={Object.entries(roles).map(([value, label]) => ({ value, label }))} value={role} onChange={(value) => { if (value) setRole(value as Role); }} />
        <section aria-label={t`What changes`}><PermissionList role={role} before={current.role} /></section>
        {change.error && !isConflict(change.error) ? <ProblemAlert problem={shownProblem(change.error)} compact /> : null}
        <Group justify="flex-end" gap="xs"><Button variant="default" onClick={onClose}>{t`Cancel`}</Button><Button disabled={role === current.role} loading={change.isPending} onClick={() => change.mutate(role)}>{t`Change role`}</Button></Group>
      </Stack>
    </Modal>
  );
}
