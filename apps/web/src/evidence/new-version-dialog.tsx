import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { FileDrop, ProblemAlert, TransferList, useFormat } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { shownProblem } from '../api/problem.js';
import { useDraftValues } from '../forms/use-draft.js';
import { toast } from '../shell/toast.js';
import { addMonths, dayIn } from '../clock/calendar.js';
import { useEvidenceChanged, type Evidence } from './evidence.queries.js';
import { PeriodFields, type PeriodDays } from './period-fields.js';
import { submitVersion } from './submit-evidence.js';
import type { ArrivedUpload } from './transfer-queue.js';
import { useTransfers } from './use-transfers.js';
import classes from './evidence-form.module.css';

const NO_FILES: readonly never[] = [];

/** What was entered for the next version, and the file that arrived. */
interface VersionDraft { readonly source: 'file' | 'link'; readonly url: string; readonly notes: string; readonly period: PeriodDays; readonly arrived: readonly ArrivedUpload[] }
const DAY_MS = 86_400_000;

/**
 * Submits the next version of an item. The accepted one stays in force until the new one is accepted.
 * @param renew starts with a period as long as that of the version that counts, from today
 */
export default function NewVersionDialog({ evidence, renew, onClose }: { evidence: Evidence; renew: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { now, timeZone } = useFormat();
  const changed = useEvidenceChanged();
  const proposed = (): PeriodDays => {
    const today = dayIn(now, timeZone);
    const { submittedAt, expiresAt } = evidence.versions.find(({ version }) => version === evidence.acceptedVersion) ?? evidence.latest;
    const days = expiresAt === null ? 0 : Math.round((Date.parse(expiresAt) - Date.parse(submittedAt)) / DAY_MS);
    return { effectiveFrom: renew ? today : '', trueUntil: '', countsUntil: renew && days > 0 ? addMonths(today, Math.max(1, Math.round(days / 30.4))) : '' };
  };
  const { values: { source, url, notes, period, arrived }, set, clear } = useDraftValues<VersionDraft>(`version:${evidence.id}${renew ? ':renew' : ''}`, { source: evidence.latest.url === null ? 'file' : 'link', url: evidence.latest.url ?? '', notes: '', period: proposed(), arrived: [] });
  const { transfers, queue } = useTransfers(arrived, NO_FILES);
  const arrivedNow = transfers.flatMap(({ uploadId, name, size, sha256 }) => (uploadId === null || sha256 === null ? [] : [{ uploadId, name, size, sha256 }]));
  const finished = useRef(false);
  const arrivedIds = JSON.stringify(arrivedNow.map(({ uploadId }) => uploadId));
  const keepArrived = useEffectEvent(() => { if (!finished.current && arrivedIds !== JSON.stringify(arrived.map(({ uploadId }) => uploadId))) set({ arrived: arrivedNow }); });
  useEffect(() => keepArrived(), [arrivedIds]);
  const submit = useMutation({
    mutationFn: async () => {
      const [transfer] = transfers;
      const made = await submitVersion(evidence.id, period, notes, source === 'link' ? { url: url.trim() } : { upload: transfer?.uploadId ?? '' }, timeZone);
      finished.current = true;
      if (source === 'file' && transfer) queue.remove(transfer.id, true);
      return made;
    },
    onSuccess: async ({ version }) => {
      clear();
      toast.done({ message: t`Version ${version} submitted. It counts once somebody else has accepted it.` });
      onClose();
      await changed();
    },
  });
  const errors = submit.error instanceof RosterProblem ? Object.fromEntries(submit.error.errors.map(({ path, message }) => [path, message])) : {};
  const ready = source === 'link' ? url.trim() !== '' : transfers[0]?.status === 'done';
  return (
    <Modal opened onClose={onClose} size="lg" title={renew ? t`Renew evidence` : t`New version`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (ready && !submit.isPending) submit.mutate(); }}>
        <Stack gap="md">
          <p className={classes.note}>{evidence.acceptedVersion === null ? <Trans>Versions are never overwritten; this becomes the next one.</Trans> : <Trans>Version {evidence.acceptedVersion} stays in force until the new one is accepted.</Trans>}</p>
          <SegmentedControl className={classes.tabs} size="xs" aria-label={t`What the version is`} value={source} onChange={(value) => set({ source: value === 'link' ? 'link' : 'file' })} data={[{ value: 'file', label: t`File` }, { value: 'link', label: t`Address` }]} />
          {source === 'link' ? <TextInput type="url" label={t`Address`} value={url} error={errors['url']} onChange={(event) => set({ url: event.currentTarget.value })} />
            : transfers.length === 0 ? <FileDrop many={false} label={t`File of the version`} onFiles={(files) => queue.add(files)} />
              : <TransferList label={t`File`} transfers={transfers} onPause={(id) => queue.pause(id)} onResume={(id) => queue.resume(id)} onRemove={(id) => queue.remove(id)} />}
          <PeriodFields period={period} errors={errors} onChange={(next) => set({ period: next })} />
          <Textarea label={t`Notes for the reviewer`} value={notes} maxLength={10_000} error={errors['notes']} onChange={(event) => set({ notes: event.currentTarget.value })} />
          {submit.error ? <ProblemAlert problem={shownProblem(submit.error)} compact /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" disabled={!ready} loading={submit.isPending}>{t`Submit version`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
