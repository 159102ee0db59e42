import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLingui } from '@lingui/react/macro';
import { RISK_TIERS, type RiskTier } from '@roster/contracts';
import { ProblemAlert, StageShift, TextSkeleton, useWorkloadVocabulary, type ShownProblem } from '@roster/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applyProblem } from '../../forms/form-problem.js';
import { editable } from '../fields/editable.js';
import { useFields } from '../fields/fields.js';
import { useSaveFields } from '../fields/save-fields.js';
import { WorkloadConflict } from '../fields/workload-conflict.js';
import { useWorkload } from '../workload-context.js';
import { whatIfQuery } from '../workload.queries.js';
import classes from './acts.module.css';

const AS_IT_IS = {};

/** Sets the risk tier with its reason, and shows at once what the choice does to the stage. */
export function RiskTierDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const words = useWorkloadVocabulary().riskTier;
  const { save, pending, conflict, settle } = useSaveFields(workload.key);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const form = useForm({ initialValues: { riskTier: workload.riskTier ?? '', riskTierRationale: workload.riskTierRationale ?? '' }, validate: { riskTier: (value) => (value === '' ? t`Choose a tier` : null) } });
  const { riskTier } = form.values;
  const now = useQuery(whatIfQuery(workload.key, AS_IT_IS)).data;
  const then = useQuery({ ...whatIfQuery(workload.key, { riskTier }), enabled: riskTier !== '', placeholderData: keepPreviousData }).data;
  const demands: Record<RiskTier, string> = {
    low: t`Little can go wrong, and it is easily put right.`, medium: t`Harm is limited and can be put right.`, high: t`Harm to people, money or rights is possible.`, critical: t`Grave or irreversible harm is possible. Also the rule for an unset tier.`,
  };
  const both = useFields().filter(({ name }) => name === 'riskTier' || name === 'riskTierRationale');
  if (conflict) {
    const { theirs } = conflict;
    return (
      <WorkloadConflict
        conflict={conflict} fields={new Map(both.map((field) => [field.name, editable(field)]))} save={async (change) => { const saved = await save(change); if (saved) onClose(); return saved; }}
        onClose={() => { settle(); form.setValues({ riskTier: theirs.riskTier ?? '', riskTierRationale: theirs.riskTierRationale ?? '' }); }}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Risk tier of ${workload.key}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit((values) => {
        setProblem(null);
        save({ changes: { riskTier: values.riskTier as RiskTier, riskTierRationale: values.riskTierRationale.trim() === '' ? null : values.riskTierRationale.trim() }, base: workload })
          .then((saved) => { if (saved) onClose(); }, (error: unknown) => setProblem(applyProblem(form, error)));
      })}>
        <Stack>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Radio.Group label={t`Tier`} {...form.getInputProps('riskTier')}>
            <Stack gap={6} mt={6}>{RISK_TIERS.map((tier, index) => <Radio key={tier} value={tier} label={words[tier]} description={demands[tier]} data-autofocus={index === 0 || undefined} />)}</Stack>
          </Radio.Group>
          <Textarea label={t`Why this tier`} {...form.getInputProps('riskTierRationale')} />
          <div aria-live="polite">
            {riskTier === '' ? <p className={classes.quiet}>{t`Choose a tier to see what it does to the stage.`}</p>
              : now && then ? <StageShift before={now} after={then} missing={{ stage: 'production', before: now.missingCount.production, after: then.missingCount.production }} /> : <TextSkeleton lines={2} />}
          </div>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" loading={pending}>{t`Set risk tier`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
