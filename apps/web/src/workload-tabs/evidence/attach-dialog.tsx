import { Badge, Button, Group, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { EVIDENCE_KINDS, type EvidenceKind } from '@roster/contracts';
import { ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { IconFile } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import type { Criterion } from '../tabs.queries.js';
import { endOfDay } from '../time/zoned.js';
import { useEvidenceKinds } from './evidence-words.js';
import classes from './evidence.module.css';

/** Kinds that people submit themselves; records of drills and reviews come into being by themselves. */
const KINDS = EVIDENCE_KINDS.filter((kind) => kind !== 'link' && kind !== 'drill' && kind !== 'review_record');
const kindOf = (file: File): EvidenceKind => (file.type.startsWith('image/') ? 'screenshot' : /json|xml/.test(file.type) ? 'test_run' : 'document');

/** A file that was dropped or chosen becomes evidence for one or many criteria: what it is, until when it counts, submit. */
export default function AttachDialog({ criteria, files, onClose }: { criteria: readonly Criterion[]; files: readonly File[]; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const { workload } = useWorkload();
  const queries = useQueryClient();
  const changed = useWorkloadChanged(workload.key);
  const kinds = useEvidenceKinds();
  const [rest, setRest] = useState(files);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const file = rest[0];
  const startOf = (one: File | undefined) => ({ title: one?.name.replace(/\.[^.]+$/, '').replaceAll(/[_-]+/g, ' ').slice(0, 300) ?? '', kind: one ? kindOf(one) : ('document' as EvidenceKind), expiresAt: '', notes: '' });
  const form = useForm({ initialValues: startOf(file), validate: { title: (value) => (value.trim() === '' ? t`Give it a title by which others will find it.` : null) } });
  const submit = useMutation({
    mutationFn: async ({ title, kind, expiresAt, notes }: ReturnType<typeof startOf>) => {
      if (!file) throw new TypeError('There is no file to attach');
      const expires = expiresAt === '' ? null : await endOfDay(expiresAt, format.timeZone);
      const links = criteria.map(({ key }) => ({ workload: workload.key, criterion: key }));
      return bodyOf(api.POST('/api/v1/evidence', {
        body: { title: title.trim(), kind, links },
        bodySerializer: () => {
          const data = new FormData();
          data.append('title', title.trim());
          data.append('kind', kind);
          if (expires) data.append('expiresAt', expires);
          if (notes.trim() !== '') data.append('notes', notes.trim());
          data.append('links', JSON.stringify(links));
          data.append('file', file);
          return data;
        },
      }));
    },
    onSuccess: async () => {
      await Promise.all([changed(), queries.invalidateQueries({ queryKey: ['evidence'] })]);
      toast.done({ message: t`Evidence submitted. It counts once somebody else has accepted it.` });
      const left = rest.slice(1);
      if (left.length === 0) return onClose();
      setRest(left);
      form.setValues(startOf(left[0]));
    },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  const count = rest.length;
  const { name } = workload;
  return (
    <Modal opened onClose={onClose} title={t`Attach evidence`} closeButtonProps={{ 'aria-label': t`Close` }} size="lg">
      <form onSubmit={form.onSubmit((values) => { setProblem(null); submit.mutate(values); })} noValidate>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          {file ? <p className={classes.file}><IconFile size={16} aria-hidden /> <strong>{file.name}</strong> <span className={classes.dim}>{format.bytes(file.size)}</span>{count > 1 ? <span className={classes.dim}><Trans>first of {count} files</Trans></span> : null}</p> : null}
          <div>
            <p className={classes.dim}><Trans>Proves, for {name}:</Trans></p>
            <Group gap={6}>{criteria.map(({ key, id, title }) => <Badge key={key} variant="default" tt="none" size="lg" fw={500} maw="100%" title={`${id} ${title}`}>{id} {title}</Badge>)}</Group>
          </div>
          <TextInput label={t`Title`} required maxLength={300} data-autofocus {...form.getInputProps('title')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select label={t`Kind`} required allowDeselect={false} data={KINDS.map((value) => ({ value, label: kinds[value] }))} {...form.getInputProps('kind')} />
            <TextInput type="date" label={t`Counts until`} description={t`The end of this day; empty: it does not expire.`} {...form.getInputProps('expiresAt')} />
          </SimpleGrid>
          <Textarea label={t`Notes for whoever decides`} maxLength={10_000} {...form.getInputProps('notes')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="evidence:item:submit" type="submit" loading={submit.isPending}>{t`Submit evidence`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
