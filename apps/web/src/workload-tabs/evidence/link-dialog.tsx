import { Badge, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { EvidenceStatusMark, Instant, ProblemAlert, TextSkeleton, useEvidenceKindWords, type ShownProblem } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useDraftValues } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import type { Criterion } from '../tabs.queries.js';
import classes from './evidence.module.css';

type Item = Schemas['EvidenceSummaryDto'];
const PAGE = 20;
const WAIT_MS = 250;

/** One item that exists already supports many criteria at once (domain.md section 7, reuse). */
export default function LinkDialog({ criteria, onClose, onDone }: { criteria: readonly Criterion[]; onClose: () => void; onDone: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const queries = useQueryClient();
  const kinds = useEvidenceKindWords();
  const { values: { text, item }, set, clear } = useDraftValues(`link-evidence:${workload.id}:${criteria.map(({ key }) => key).join(' ')}`, { text: '', item: null as string | null });
  const [q] = useDebouncedValue(text.trim(), WAIT_MS);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const found = usePagedList<Item>({
    queryKey: ['evidence', 'to-link', q],
    fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/evidence', { params: { query: { limit: PAGE, ...(q === '' ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) } }, signal })),
  });
  const link = useMutation({
    mutationFn: (id: string) => bodyOf(api.POST('/api/v1/evidence/{id}/links', { params: { path: { id } }, body: { links: criteria.map(({ key }) => ({ workload: workload.key, criterion: key })) } })),
    onSuccess: async () => {
      clear();
      await Promise.all([changed(), queries.invalidateQueries({ queryKey: ['evidence'] })]);
      toast.done({ message: t`Linked. Each link counts once somebody else has confirmed it.` });
      onDone();
      onClose();
    },
    onError: (error) => setProblem(shownProblem(error)),
  });
  const count = criteria.length;
  return (
    <Modal opened onClose={onClose} title={<Plural value={count} one="Link existing evidence to a criterion" other="Link existing evidence to # criteria" />} closeButtonProps={{ 'aria-label': t`Close` }} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); if (item) link.mutate(item); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Group gap={6}>{criteria.map(({ key, id, title }) => <Badge key={key} variant="default" tt="none" size="lg" fw={500} maw="100%" title={`${id} ${title}`}>{id} {title}</Badge>)}</Group>
          <TextInput label={t`Find evidence`} placeholder={t`Title or file name`} value={text} onChange={(event) => set({ text: event.currentTarget.value })} data-autofocus />
          {found.error ? <ProblemAlert problem={shownProblem(found.error)} onRetry={found.retry} compact /> : null}
          {found.loading ? <TextSkeleton lines={4} /> : null}
          {!found.loading && !found.error && found.rows.length === 0 ? <p className={classes.dim}>{q === '' ? t`There is no evidence yet. Attach a file to a criterion first.` : t`No evidence has these words in its title or file name.`}</p> : null}
          <Radio.Group value={item} onChange={(next) => set({ item: next })} aria-label={t`Evidence`}>
            <ul className={classes.choices}>
              {found.rows.map((row) => (
                <li key={row.id} className={classes.choice}>
                  <Radio
                    value={row.id} disabled={row.status === 'refused'}
                    label={row.title} description={<span className={classes.choiceFacts}><EvidenceStatusMark status={row.status} plain /><span>{kinds[row.kind]}</span>{row.expiresAt ? <span>{t`until`} <Instant at={row.expiresAt} only="day" relative={false} /></span> : null}</span>}
                  />
                </li>
              ))}
            </ul>
          </Radio.Group>
          {found.hasMore ? <Button variant="subtle" size="compact-sm" onClick={found.loadMore} loading={found.loadingMore}><Trans>Show more</Trans></Button> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="evidence:item:submit" type="submit" unless={item === null ? t`Choose evidence first.` : null} loading={link.isPending}>{count === 1 ? t`Link it` : t`Link it to all`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
