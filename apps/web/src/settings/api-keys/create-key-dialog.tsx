import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import type { Permission } from '@roster/contracts';
import { CopyButton, Instant, ProblemAlert, TextSkeleton } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { serviceNow } from '../../clock/now.js';
import { useDraft } from '../../forms/use-draft.js';
import { hasPermission, useMe } from '../../session/me.js';
import { useAreaNames } from '../role-words.js';
import { rolesQuery } from '../settings.queries.js';
import classes from '../settings.module.css';

const DAY_MS = 86_400_000;

interface Draft { readonly name: string; readonly days: string; readonly permissions: readonly string[] }

/** Chooses what a key may do and how long; shows the key this once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const client = useQueryClient();
  const areaName = useAreaNames();
  const { data: roles, error: unread, refetch } = useQuery(rolesQuery);
  const draft = useDraft<Draft>('settings:api-key', { name: '', days: '90', permissions: [] });
  const [values, setValues] = useState<Draft>(draft.values);
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Schemas['CreatedApiKeyDto'] | null>(null);
  const set = (change: Partial<Draft>): void => { const next = { ...values, ...change }; setValues(next); draft.keep(next); };
  const create = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/api-keys', { body: { name: values.name.trim(), permissions: [...values.permissions] as never, expiresAt: new Date(serviceNow().getTime() + Number(values.days) * DAY_MS).toISOString() } })),
    onSuccess: async (key) => { draft.clear(); setMade(key); await client.invalidateQueries({ queryKey: ['settings', 'api-keys'] }); },
  });
  if (made) {
    const { name } = made;
    return (
      <Modal opened onClose={onClose} size="lg" title={t`Key ${name}`} closeButtonProps={{ 'aria-label': t`Close` }} closeOnClickOutside={false}>
        <Stack gap="sm">
          <p className={classes.text}><Trans>This is the key. It is shown this once; only a hash of it is stored. It works until</Trans> <Instant at={made.expiresAt} relative={false} />.</p>
          <div className={classes.secret}><code data-volatile>{made.key}</code><CopyButton value={made.key} label={t`Copy the key`} /></div>
          <p className={classes.dim}><Trans>Send it as</Trans> <code>Authorization: Bearer …</code></p>
          <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t`I have stored the key`}</Button></Group>
        </Stack>
      </Modal>
    );
  }
  const areas = [...new Set((roles?.permissions ?? []).map(({ id }) => id.split(':')[0] ?? ''))];
  const chosen = new Set(values.permissions);
  const toggle = (id: string, on: boolean): void => set({ permissions: on ? [...values.permissions, id] : values.permissions.filter((one) => one !== id) });
  const [noName, nothing] = [values.name.trim() === '', chosen.size === 0];
  return (
    <Modal opened onClose={onClose} size="xl" title={t`Create an API key`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); setTried(true); if (!noName && !nothing) create.mutate(); }}>
        <Stack gap="sm">
          <TextInput label={t`Name`} description={t`What it is for, such as the name of a pipeline.`} required maxLength={200} data-autofocus value={values.name} error={tried && noName ? t`Say what the key is for.` : undefined} onChange={(event) => set({ name: event.currentTarget.value })} />
          <Select label={t`Works for`} allowDeselect={false} className={classes.narrow} value={values.days} data={[{ value: '30', label: t`30 days` }, { value: '90', label: t`90 days` }, { value: '180', label: t`180 days` }, { value: '365', label: t`One year` }]} onChange={(days) => { if (days) set({ days }); }} />
          <section aria-label={t`What the key may do`} className={classes.permissions}>
            <strong>{t`What the key may do`}</strong>
            {tried && nothing ? <p className={classes.text} role="alert">{t`Choose at least one permission.`}</p> : null}
            {unread ? <ProblemAlert problem={shownProblem(unread)} onRetry={() => void refetch()} compact /> : roles ? areas.map((area) => (
              <fieldset key={area} className={classes.area}>
                <legend>{areaName(area)}</legend>
                {roles.permissions.filter(({ id }) => id.startsWith(`${area}:`)).map(({ id, description, forKeys }) => {
                  const why = !forKeys ? t`Never given to a key: people and keys are managed by people.` : hasPermission(me, id as Permission) ? null : t`You do not have this permission yourself.`;
                  return <Checkbox key={id} size="xs" mt={6} label={description} description={why ?? id} disabled={why !== null} checked={chosen.has(id)} onChange={(event) => toggle(id, event.currentTarget.checked)} />;
                })}
              </fieldset>
            )) : <TextSkeleton lines={8} />}
          </section>
          {create.error ? <ProblemAlert problem={shownProblem(create.error)} compact /> : null}
          <Group justify="flex-end" gap="xs"><Button variant="default" onClick={onClose}>{t`Cancel`}</Button><Button type="submit" loading={create.isPending}>{t`Create key`}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
