import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { Instant, ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { serviceNow } from '../../clock/now.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../workload-context.js';
import { breakGlassesQuery, useWorkloadChanged } from '../workload.queries.js';
import { instantOfLocal, localOf } from '../../clock/calendar.js';
import classes from './acts.module.css';

const DAY_MS = 86_400_000;
/** Longest break-glass (domain.md section 6); the organization may allow less, which the service says. */
const MAX_DAYS = 14;
const SHORTEST_REASON = 10;

/** Lifts a freeze for a limited time, in two steps: what and why, then a look at what that means. */
export function BreakGlassDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const past = useQuery(breakGlassesQuery(workload.key)).data?.items ?? [];
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const draft = useDraft(`break-glass:${workload.id}`, { reason: '', until: '' });
  const form = useForm({
    initialValues: { ...draft.values, until: draft.values.until || localOf(new Date(serviceNow().getTime() + 3 * DAY_MS), format.timeZone) }, onValuesChange: draft.keep,
    validate: {
      reason: (value) => (value.trim().length < SHORTEST_REASON ? t`Say why it cannot wait, in at least ${SHORTEST_REASON} characters` : null),
      until: (value) => (value === '' ? t`Say until when` : null),
    },
  });
  const lift = useMutation({
    mutationFn: (until: string) => bodyOf(api.POST('/api/v1/workloads/{key}/freeze/break-glass', { params: { path: { key: workload.key } }, body: { reason: form.values.reason.trim(), until } })),
    onSuccess: async (glass) => {
      draft.clear();
      const until = format.instant(glass.until);
      toast.done({ message: t`The glass is broken until ${until}` });
      onClose();
      await changed();
    },
    onError: (error) => {
      setAsked(null);
      setProblem(applyProblem(form, error));
    },
  });
  const until = asked === null ? '' : format.instant(asked);
  const shown = past.slice(0, 5);
  const more = past.length - shown.length;
  return (
    <Modal opened onClose={onClose} size="lg" title={asked === null ? t`Break the glass of ${workload.key}` : t`Break the glass?`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {asked === null ? (
        <form onSubmit={form.onSubmit(async (values) => { setProblem(null); setAsked(await instantOfLocal(values.until, format.timeZone)); })}>
          <Stack>
            <p className={classes.quiet}><Trans>The freeze protects people whose data the open gaps concern. Lift it only where waiting does more harm than growing. It is lifted for at most {MAX_DAYS} days and ends by itself.</Trans></p>
            {problem ? <ProblemAlert problem={problem} compact /> : null}
            <Textarea label={t`Why it cannot wait until the gaps close`} data-autofocus minRows={3} {...form.getInputProps('reason')} />
            <TextInput type="datetime-local" label={t`Until`} description={<Trans>Time of {format.timeZone}</Trans>} min={localOf(serviceNow(), format.timeZone)} max={localOf(new Date(serviceNow().getTime() + MAX_DAYS * DAY_MS), format.timeZone)} {...form.getInputProps('until')} />
            {shown.length > 0 ? (
              <div>
                <h3 className={classes.subtitle}>{t`The glass was broken before`}</h3>
                <ul className={classes.past}>
                  {shown.map((glass) => <li key={glass.id}><Instant at={glass.grantedAt} only="day" relative={false} /> – <Instant at={glass.closedAt ?? glass.until} only="day" relative={false} />, {glass.grantedBy.name}: “{glass.reason}”</li>)}
                  {more > 0 ? <li><Trans>{more} earlier ones are in the trail.</Trans></li> : null}
                </ul>
              </div>
            ) : null}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
              <Button type="submit" color="red.9">{t`Go on`}</Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <p className={classes.quiet}><Trans>Until <strong>{until}</strong> scope changes of {workload.key} are let through although its gaps are open. Your name and reason stand on the workload and in the trail, and risk owners see it.</Trans></p>
          <blockquote className={classes.quote}>{form.values.reason.trim()}</blockquote>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={() => setAsked(null)}>{t`Back`}</Button>
            <Button color="red.9" loading={lift.isPending} onClick={() => lift.mutate(asked)}>{t`Break the glass`}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
