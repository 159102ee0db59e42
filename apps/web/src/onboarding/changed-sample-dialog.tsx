import { Radio, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog } from '@roster/ui';
import { useState } from 'react';
import { toast } from '../shell/toast.js';
import { useRemoveSampleData, type Onboarding } from './onboarding.queries.js';

/** People have worked on some of it: that is asked about, never decided for them. */
export function ChangedSampleDialog({ sample, onClose }: { sample: Onboarding['sampleData']; onClose: () => void }) {
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
