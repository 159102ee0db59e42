import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import { CardSkeleton, Instant, Panel } from '@roster/ui';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { linkTo } from '../shell/address.js';
import { lazy, Suspense, useMemo } from 'react';
import { Awaited } from '../api/awaited.js';
import { useMay } from '../session/may.js';
import { useCommands } from '../shell/commands.js';
import classes from './onboarding-checklist.module.css';
import { onboardingQuery, useDismissal, type Onboarding, type OnboardingStep } from './onboarding.queries.js';

const SampleData = lazy(async () => ({ default: (await import('./sample-data.js')).SampleData }));

/**
 * The first run of an organization: five steps, each computed from what is really there, and sample data to look around with. One line once everything is
 * done, and nothing once that is put away; while sample data is there, the way to remove it.
 */
export function OnboardingChecklist() {
  const { t } = useLingui();
  const onboarding = useQuery(onboardingQuery);
  const { data } = onboarding;
  const { mutate: dismiss } = useDismissal();
  useCommands(useMemo(() => [{ id: 'onboarding.show', label: t`Show the first steps`, group: t`This page`, keywords: ['onboarding', 'checklist'], run: () => dismiss(false) }], [t, dismiss]));
  if (!data) return <Awaited queries={[onboarding]}><CardSkeleton lines={5} /></Awaited>;
  const finished = data.done === data.steps.length;
  const sampled = data.sampleData.state !== 'none';
  const dismissed = data.dismissedAt !== null;
  if (!finished && !dismissed) return <Checklist onboarding={data} onDismiss={() => dismiss(true)} />;
  if (finished && dismissed && !sampled) return null;
  const { done } = data;
  const all = data.steps.length;
  return (
    <div className={classes.strips}>
      {finished && !dismissed ? <div className={classes.strip}><span className={classes.allDone}><IconCheck size={16} stroke={2.5} aria-hidden /><Trans>First steps: all {all} done. From here on, what needs somebody is on this page.</Trans></span><PutAway onDismiss={() => dismiss(true)} /></div> : null}
      {finished ? null : <div className={classes.strip}><span><Trans>First steps: {done} of {all} done</Trans></span><Button variant="subtle" size="compact-xs" onClick={() => dismiss(false)}>{t`Show them`}</Button></div>}
      {sampled ? <div className={classes.strip}><Suspense><SampleData sample={data.sampleData} /></Suspense></div> : null}
    </div>
  );
}

function Checklist({ onboarding, onDismiss }: { onboarding: Onboarding; onDismiss: () => void }) {
  const { t } = useLingui();
  const { done, steps, sampleData } = onboarding;
  const all = steps.length;
  const next = steps.find((step) => !step.done)?.id;
  return (
    <Panel
      flush title={t`First steps`} description={<Trans>{done} of {all} done. Each is ticked by what is in your organization, whoever did it.</Trans>}
      actions={<PutAway onDismiss={onDismiss} />}
    >
      <ol className={classes.steps}>
        {steps.map((step, index) => <Step key={step.id} step={step} number={index + 1} isNext={step.id === next} />)}
      </ol>
      <Suspense><SampleData sample={sampleData} /></Suspense>
    </Panel>
  );
}

function PutAway({ onDismiss }: { onDismiss: () => void }) {
  const { t } = useLingui();
  return <Tooltip label={t`Put away; it can be brought back`}><ActionIcon aria-label={t`Put the first steps away`} onClick={onDismiss}><IconX size={16} /></ActionIcon></Tooltip>;
}

function Step({ step, number, isNext }: { step: OnboardingStep; number: number; isNext: boolean }) {
  const { t } = useLingui();
  const words = useStepWords()[step.id as keyof ReturnType<typeof useStepWords>];
  return (
    <li className={`${classes.step} ${step.done ? classes.done : isNext ? classes.next : ''}`} aria-current={isNext ? 'step' : undefined}>
      <span className={classes.mark}>{step.done ? <IconCheck size={14} stroke={2.5} aria-hidden /> : <span aria-hidden>{number}</span>}<span className="r-visually-hidden">{step.done ? t`Done` : t`Step ${number}`}</span></span>
      <div className={classes.words}>
        <span className={classes.name}>{words.name}</span>
        {step.done ? <DoneLine step={step} /> : <p className={classes.why}>{words.why}</p>}
      </div>
      <div className={classes.acts}>{step.done ? null : <StepActs step={step} act={words.act} isNext={isNext} />}</div>
    </li>
  );
}

function DoneLine({ step }: { step: OnboardingStep }) {
  const { workload, by, at, href } = step;
  const link = workload && href ? <Link {...linkTo(href)}>{workload.name}</Link> : null;
  return <p className={classes.why}>{link}{link && by ? ' · ' : null}{by} {at ? <>{link || by ? '· ' : null}<Instant at={at} only="relative" /></> : null}</p>;
}

function StepActs({ step, act, isNext }: { step: OnboardingStep; act: string; isNext: boolean }) {
  const { t } = useLingui();
  const variant = isNext ? 'filled' : 'default';
  if (step.id === 'register') {
    return <><Act to="/inventory/import" permission="inventory:import:run" variant={variant}>{t`Import a file`}</Act><Act to="/inventory/register" permission={step.permission as Permission} variant="default">{act}</Act></>;
  }
  if (step.href === null) return <Tooltip label={t`Register a workload first`}><Button size="xs" variant="default" aria-disabled data-disabled onClick={(event) => event.preventDefault()}>{act}</Button></Tooltip>;
  return <Act to={step.href} permission={step.permission as Permission} variant={variant}>{act}</Act>;
}

/** A link in the form of a button; who may not follow it is told why. */
function Act({ to, permission, variant, children }: { to: string; permission: Permission; variant: 'filled' | 'default'; children: string }) {
  const { allowed, why } = useMay(permission);
  if (allowed) return <Button component={Link} {...linkTo(to)} size="xs" variant={variant}>{children}</Button>;
  return <Tooltip label={why} multiline maw={320}><Button size="xs" variant="default" aria-disabled data-disabled onClick={(event) => event.preventDefault()}>{children}</Button></Tooltip>;
}

function useStepWords() {
  const { t } = useLingui();
  return {
    register: { name: t`Register or import a workload`, act: t`Register one`, why: t`A list from a spreadsheet takes three minutes; a single workload needs six fields.` },
    owner: { name: t`Have somebody answer for it`, act: t`Name an owner`, why: t`An owner counts once the person has accepted.` },
    evidence: { name: t`Attach evidence`, act: t`Attach evidence`, why: t`A document, link or test run that supports a criterion. Somebody else accepts it.` },
    classify: { name: t`Classify it`, act: t`Answer the questions`, why: t`The stage is computed from facts. It is settled once none of its answers is unknown.` },
    schedule: { name: t`Schedule a review`, act: t`Plan a review`, why: t`Production workloads, and Pilots with personal data or tools, get a schedule by themselves.` },
  };
}
