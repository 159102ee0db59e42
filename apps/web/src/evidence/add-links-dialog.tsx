import { Button, Group, Modal, Stack } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { shownProblem } from '../api/problem.js';
import { useDraftValues } from '../forms/use-draft.js';
import { linksOf, MAX_LINKS } from './evidence-draft.js';
import { useEvidenceChanged } from './evidence.queries.js';
import { LinkPicker } from './link-picker.js';

/** Links an item to many more workloads and criteria at once. */
export default function AddLinksDialog({ itemId, onClose }: { itemId: string; onClose: () => void }) {
  const { t } = useLingui();
  const changed = useEvidenceChanged();
  const { values: chosen, set: setChosen, clear } = useDraftValues<{ workloads: readonly string[]; criteria: readonly string[] }>(`add-links:${itemId}`, { workloads: [], criteria: [] });
  const links = linksOf(chosen);
  const add = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/evidence/{id}/links', { params: { path: { id: itemId } }, body: { links } })),
    onSuccess: async () => { clear(); onClose(); await changed(); },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Link to more`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md">
        <LinkPicker workloads={chosen.workloads} criteria={chosen.criteria} onChange={setChosen} />
        {add.error ? <ProblemAlert problem={shownProblem(add.error)} compact /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
          <Button disabled={links.length === 0 || links.length > MAX_LINKS} loading={add.isPending} onClick={() => add.mutate()}>{t`Add links`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
