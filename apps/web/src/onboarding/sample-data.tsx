import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { Instant, MeaningBadge, ProgressLine } from '@roster/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { problemOf, useOperation } from '../live/use-operation.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import classes from './onboarding-checklist.module.css';
import { SAMPLE_DATA_HREF, useAddSampleData, useRemoveSampleData, type Onboarding } from './onboarding.queries.js';

/** Asked for rarely: fetched when it is. */
const ChangedSampleDialog = lazy(async () => ({ default: (await import('./changed-sample-dialog.js')).ChangedSampleDialog }));

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
      {asking ? <Suspense><ChangedSampleDialog sample={sample} onClose={() => setAsking(false)} /></Suspense> : null}
    </div>
  );
}
