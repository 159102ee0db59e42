import { Radio, Stack } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { ConfirmDialog, Instant, MeaningBadge, ProgressLine } from '@roster/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOf, useOperation } from '../live/use-operation.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import classes from './onboarding-checklist.module.css';
import { SAMPLE_DATA_HREF, useAddSampleData, useRemoveSampleData, type Onboarding } from './onboarding.queries.js';

type Sample = Onboarding['sampleData'];
const INVENTORY: string = '/inventory';

/** Sample data: added with one click, removed with one click, marked as such while it is there. */
export function SampleData({ sample }: { sample: Sample }) {
  const busy = sample.state === 'adding' || sample.state === 'removing';
  if (busy) return <SampleProgress sample={sample} />;
  return sample.state === 'none' ? <SampleOffer /> : <SamplePresent sample={sample} />;
}

function SampleOffer() {
  const { t } = useLingui();
  const add = useAddSampleData();
  return (
    <div className={classes.sample}>
      <span><Trans>Nothing at hand yet? Look around with a dozen made-up workloads from Experiment to Production. They are marked as sample data, count for none of these steps, and go with one click.</Trans></span>
      <ActButton permission="onboarding:sample-data:manage" variant="default" loading={add.isPending} onClick={() => add.mutate()}>{t`Add sample data`}</ActButton>
    </div>
  );
}

function SampleProgress({ sample }: { sample: Sample }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const adding = sample.state === 'adding';
  const operation = useOperation(SAMPLE_DATA_HREF, (ended) => {
    // Workloads, evidence, reviews, figures: sample data touches everything that can be seen.
    void client.invalidateQueries();
    if (ended.status === 'failed') toast.failed(problemOf(ended));
    else toast.done({ message: adding ? t`The sample data is there.` : t`The sample data is gone.` });
  });
  return (
    <div className={classes.sample}>
      <span role="status">{adding ? <Trans>Adding sample data. You can go on meanwhile.</Trans> : <Trans>Removing the sample data. You can go on meanwhile.</Trans>}</span>
      <ProgressLine done={operation?.progress?.done ?? 0} total={operation?.progress?.total} unit={adding ? t`workloads` : t`steps`} label={adding ? t`Adding sample data` : t`Removing sample data`} />
    </div>
  );
}

function SamplePresent({ sample }: { sample: Sample }) {
  const { t } = useLingui();
  const remove = useRemoveSampleData();
  const [asking, setAsking] = useState(false);
  const { workloads, tag, askedBy, askedAt } = sample;
  const begin = (): void => {
    if (sample.changed.length > 0) setAsking(true);
    else remove.mutate(undefined, { onError: (error) => (error instanceof RosterProblem && error.code === 'ONBOARDING_SAMPLE_DATA_CHANGED' ? setAsking(true) : toast.failed(error)) });
  };
  return (
    <div className={classes.sample}>
      <span>
        <MeaningBadge meaning={sample.state === 'failed' ? 'broken' : 'information'}>{sample.state === 'failed' ? t`Sample data incomplete` : t`Sample data`}</MeaningBadge>{' '}
        <Link to={INVENTORY} search={{ 'filter[tags]': tag } as never}><Plural value={workloads} one="# made-up workload" other="# made-up workloads" /></Link>{' '}
        <Trans>with owners, evidence and drills, added by {askedBy}</Trans> <Instant at={askedAt} only="relative" />
      </span>
      <ActButton permission="onboarding:sample-data:manage" variant="default" loading={remove.isPending} onClick={begin}>{t`Remove sample data`}</ActButton>
      {asking ? <ChangedDialog sample={sample} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** People have worked on some of it: that is asked about, never decided for them. */
function ChangedDialog({ sample, onClose }: { sample: Sample; onClose: () => void }) {
  const { t } = useLingui();
  const remove = useRemoveSampleData();
  const [choice, setChoice] = useState<'keep' | 'remove'>('keep');
  return (
    <ConfirmDialog
      opened danger title={t`Remove the sample data?`} act={t`Remove sample data`} busy={remove.isPending} onClose={onClose}
      onConfirm={() => remove.mutate(choice, { onSuccess: onClose, onError: toast.failed })}
    >
      <Stack gap="sm">
        <p style={{ margin: 0 }}><Trans>Somebody has changed or worked on these sample workloads since they were added:</Trans></p>
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>{sample.changed.map(({ key, name }) => <li key={key}>{name} <code>{key}</code></li>)}</ul>
        <Radio.Group label={t`What should become of them?`} value={choice} onChange={(value) => setChoice(value === 'remove' ? 'remove' : 'keep')}>
          <Stack gap={6} mt={6}>
            <Radio value="keep" label={t`Keep them, with their evidence, as our own`} />
            <Radio value="remove" label={t`Remove them too`} />
          </Stack>
        </Radio.Group>
        <p style={{ margin: 0, color: 'var(--r-text-dim)' }}><Trans>Everything else that the sample data brought is taken away. What happened stays in the trail.</Trans></p>
      </Stack>
    </ConfirmDialog>
  );
}
