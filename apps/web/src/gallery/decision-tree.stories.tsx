import { Button } from '@mantine/core';
import type { TriState } from '@roster/contracts';
import { DecisionTree, FreezeBanner, FreezeLine, NextStageTasks, nextStage, ProvenanceMark, StageShift, type TreeResult } from '@roster/ui';
import { useState, type ReactNode } from 'react';
import { SAMPLE_FACTS, SAMPLE_FREEZES, SAMPLE_NAMES, sampleResult, type SampleFacts } from './decision-tree.samples.js';

const task = (): ReactNode => <Button size="compact-sm" variant="default">Do it</Button>;
const tasksOf = (result: TreeResult): ReactNode => {
  const target = nextStage(result.stage);
  return target ? <NextStageTasks target={target} gaps={result.gaps} names={SAMPLE_NAMES} renderTask={task} /> : null;
};
const drawn = (facts: SampleFacts, more: Parameters<typeof sampleResult>[1] = {}) => (): ReactNode => {
  const result = sampleResult(facts, more);
  return <DecisionTree result={result}>{tasksOf(result)}</DecisionTree>;
};

/** What-if without a service: every fact can be set, and the drawing answers at once. */
function Supposing({ facts }: { facts: SampleFacts }) {
  const [supposed, setSupposed] = useState<Readonly<Record<string, TriState>>>({});
  const before = sampleResult(facts);
  const after = sampleResult({ ...facts, ...Object.fromEntries(Object.entries(supposed).map(([id, value]) => [id, { value, source: 'what-if' }])) }, { trigger: 'what-if' });
  const onSuppose = (id: string, value: TriState | null): void => setSupposed(({ [id]: _taken, ...rest }) => (value === null ? rest : { ...rest, [id]: value }));
  return (
    <>
      <StageShift before={before} after={after} missing={{ stage: 'production', before: before.gaps.length, after: after.gaps.length }} />
      <DecisionTree result={after} before={before} onSuppose={onSuppose}>{tasksOf(after)}</DecisionTree>
    </>
  );
}

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Decision tree: Experiment, nothing known', render: drawn(SAMPLE_FACTS.nothingKnown) },
  { name: 'Decision tree: Experiment, not real data', render: drawn(SAMPLE_FACTS.notReal) },
  { name: 'Decision tree: Pilot, frozen', render: drawn(SAMPLE_FACTS.pilot, { freeze: SAMPLE_FREEZES.frozen }) },
  { name: 'Decision tree: Pilot that must harden', render: drawn(SAMPLE_FACTS.hardening) },
  { name: 'Decision tree: Pilot through an unknown', render: drawn(SAMPLE_FACTS.undetermined) },
  { name: 'Decision tree: Production, about to change', render: drawn(SAMPLE_FACTS.production, { nextChangeAt: '2026-08-02T09:00:00.000Z', trigger: 'drill' }) },
  { name: 'Decision tree: Scaled', render: drawn(SAMPLE_FACTS.scaled) },
  { name: 'Decision tree: without a button and without a decision line', render: () => <DecisionTree result={sampleResult(SAMPLE_FACTS.hardening)} compact /> },
  { name: 'What-if: set any fact', render: () => <Supposing facts={SAMPLE_FACTS.hardening} /> },
  { name: 'Stage shift: rises, falls, stays', render: () => (
    <>
      <StageShift before={sampleResult(SAMPLE_FACTS.pilot)} after={sampleResult(SAMPLE_FACTS.production)} missing={{ stage: 'production', before: 12, after: 0 }} />
      <StageShift before={sampleResult(SAMPLE_FACTS.production)} after={sampleResult(SAMPLE_FACTS.hardening, { freeze: SAMPLE_FREEZES.frozen })} />
      <StageShift before={sampleResult(SAMPLE_FACTS.undetermined)} after={sampleResult(SAMPLE_FACTS.hardening)} />
    </>
  ) },
  { name: 'Freeze: frozen, cannot be excluded, glass broken', render: () => (
    <>
      <FreezeBanner freeze={SAMPLE_FREEZES.frozen} names={SAMPLE_NAMES} renderTask={task} actions={<Button size="compact-sm" variant="default">Break the glass</Button>} />
      <FreezeBanner freeze={SAMPLE_FREEZES.undetermined} names={SAMPLE_NAMES} />
      <FreezeBanner freeze={SAMPLE_FREEZES.lifted} names={SAMPLE_NAMES} renderTask={task} />
      {Object.entries(SAMPLE_FREEZES).map(([name, freeze]) => <FreezeLine key={name} freeze={freeze} link={<a href="#why">See why</a>} />)}
    </>
  ) },
  { name: 'Tasks: nothing is missing', render: () => <NextStageTasks target="scaled" gaps={[]} /> },
  { name: 'Provenance: declared, observed, attested, verified', render: () => <div style={{ display: 'flex', gap: 16, fontSize: 12 }}>{(['declared', 'observed', 'attested', 'verified'] as const).map((provenance) => <ProvenanceMark key={provenance} provenance={provenance} />)}</div> },
];
