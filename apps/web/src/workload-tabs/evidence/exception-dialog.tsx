import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, RosterProblem } from '@roster/api-client';
import { Instant, ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { VersionsDialog } from '../../forms/versions.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { endOfDay } from '../../clock/calendar.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import { exceptionsQuery, type CoverageExceptionEntry, type Criterion } from '../tabs.queries.js';
import classes from './evidence.module.css';

/** Asks for a waiver with an end, or states that a criterion does not apply; a second person decides (domain.md sections 2 and 7). */
export default function ExceptionDialog({ criterion, kind, onClose }: { criterion: Criterion; kind: 'exception' | 'not_applicable'; onClose: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [theirs, setTheirs] = useState<CoverageExceptionEntry | null>(null);
  const { name } = workload;
  const waiver = kind === 'exception';
  const draft = useDraft(`exception:${workload.key}:${criterion.key}:${kind}`, { reason: '', compensatingControl: '', expiresAt: '' });
  const form = useForm({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: {
      reason: (value) => (value.trim() === '' ? t`Say why.` : null),
      compensatingControl: (value) => (waiver && value.trim() === '' ? t`Say what lowers the risk meanwhile.` : null),
      expiresAt: (value) => (waiver && value === '' ? t`Say when it ends; an exception is never for ever.` : null),
    },
  });
  const request = useMutation({
    mutationFn: async ({ reason, compensatingControl, expiresAt }: typeof draft.values) => bodyOf(api.POST('/api/v1/exceptions', {
      body: {
        kind, workload: workload.key, criterion: criterion.key, reason: reason.trim(), compensatingControl: compensatingControl.trim() === '' ? null : compensatingControl.trim(),
        expiresAt: expiresAt === '' ? null : await endOfDay(expiresAt, timeZone),
      },
    })),
    onSuccess: async () => {
      draft.clear();
      await changed();
      toast.done({ message: t`Requested. It takes effect once somebody else has approved it.` });
      onClose();
    },
    onError: async (error) => {
      const waiting = error instanceof RosterProblem && error.code === 'EVIDENCE_EXCEPTION_OPEN' ? await queries.fetchQuery({ ...exceptionsQuery(workload.key), staleTime: 0 }) : null;
      const same = waiting?.items.find((entry) => entry.criterion === criterion.key && entry.kind === kind && entry.status === 'requested');
      if (same) setTheirs(same);
      else setProblem(applyProblem(form, error));
    },
  });
  if (theirs !== null) {
    const { reason, compensatingControl, expiresAt } = form.getValues();
    const asker = theirs.requestedBy.name;
    const drop = (): void => {
      draft.clear();
      onClose();
      void changed();
    };
    return (
      <VersionsDialog
        title={t`Somebody else has asked for the same`} lead={<Trans>{asker} asked for it while you were writing. Theirs waits for a decision; a second one would have to wait until it is decided.</Trans>} theirsAt={theirs.requestedAt} onClose={() => setTheirs(null)}
        fields={[
          { name: 'reason', label: waiver ? t`Why it cannot be met now` : t`Why it does not apply`, before: '', theirs: theirs.reason, mine: reason },
          ...(waiver ? [{ name: 'compensatingControl', label: t`What lowers the risk meanwhile`, before: '', theirs: theirs.compensatingControl ?? '', mine: compensatingControl }] : []),
          { name: 'expiresAt', label: waiver ? t`Ends on` : t`To be looked at again on`, before: '', theirs: theirs.expiresAt === null ? '' : <Instant at={theirs.expiresAt} relative={false} />, mine: expiresAt },
        ]}
      >
        <Button variant="default" onClick={() => setTheirs(null)}>{t`Back to mine`}</Button>
        <Button onClick={drop}>{t`Drop mine, theirs is enough`}</Button>
      </VersionsDialog>
    );
  }
  return (
    <Modal opened onClose={onClose} title={waiver ? t`Request an exception` : t`State that it does not apply`} closeButtonProps={{ 'aria-label': t`Close` }} size="lg">
      <form onSubmit={form.onSubmit((values) => { setProblem(null); request.mutate(values); })} noValidate>
        <Stack gap="sm">
          <p className={classes.lead}><strong>{criterion.id} {criterion.title}</strong> <Trans>of {name}</Trans></p>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Textarea label={waiver ? t`Why it cannot be met now` : t`Why it does not apply`} required maxLength={10_000} data-autofocus {...form.getInputProps('reason')} />
          {waiver ? <Textarea label={t`What lowers the risk meanwhile`} required maxLength={10_000} {...form.getInputProps('compensatingControl')} /> : null}
          <TextInput type="date" label={waiver ? t`Ends on` : t`To be looked at again on`} description={waiver ? t`The end of this day. Afterwards the criterion is open again.` : t`Empty: until somebody withdraws it.`} required={waiver} {...form.getInputProps('expiresAt')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="evidence:exception:request" type="submit" loading={request.isPending}>{waiver ? t`Request the exception` : t`Ask for approval`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
