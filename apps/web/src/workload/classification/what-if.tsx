import { Button, Group, SegmentedControl, Slider } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { RISK_TIERS, type RiskTier, type TriState } from '@roster/contracts';
import { DecisionTree, NextStageTasks, ProblemAlert, StageShift, TextSkeleton, useAnswerWords, useStatementWords, useWorkloadVocabulary } from '@roster/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { renderTaskButton } from '../acts/task-button.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';
import { whatIfQuery, type Supposition, type Workload } from '../workload.queries.js';
import classes from './classification.module.css';

const AS_IT_IS: Supposition = {};
const SETTLE_MS = 120;
/** Statements that matter to the freeze and to what is required, but are no question of the tree. */
const STATEMENTS = ['handlesPii', 'executesTools'] as const satisfies readonly (keyof Workload['facts'])[];
const TIERS: readonly (RiskTier | null)[] = [null, ...RISK_TIERS];

/** The tree with every fact settable: what the stage would be, and what would still be missing. Nothing is stored. */
export function WhatIf() {
  const { t } = useLingui();
  const { workload, classification, names } = useWorkload();
  const [supposed, setSupposed] = useState<Supposition>(AS_IT_IS);
  const [asked] = useDebouncedValue(supposed, SETTLE_MS);
  const before = useQuery(whatIfQuery(workload.key, AS_IT_IS));
  const after = useQuery({ ...whatIfQuery(workload.key, asked), placeholderData: keepPreviousData });
  const suppose = useMemo(() => (fact: string, value: string | null | undefined) => setSupposed(({ [fact]: _before, ...rest }) => (value === undefined ? rest : { ...rest, [fact]: value })), []);
  const count = Object.keys(supposed).length;
  if (!classification) return null;
  const error = before.error ?? after.error;
  return (
    <>
      <div className={classes.lead}>
        <span>{t`Set any fact and see the stage it would lead to. Nothing is stored.`}</span>
        {count > 0 ? <Button variant="default" size="compact-sm" onClick={() => setSupposed(AS_IT_IS)}><Plural value={count} one="Take # supposition back" other="Take # suppositions back" /></Button> : null}
      </div>
      {error ? <ProblemAlert problem={shownProblem(error)} compact onRetry={() => { void before.refetch(); void after.refetch(); }} /> : null}
      {before.data && after.data ? (
        <>
          <div className={classes.stick} aria-busy={after.isPlaceholderData || supposed !== asked}>
            <StageShift before={before.data} after={after.data} missing={{ stage: 'production', before: before.data.missingCount.production, after: after.data.missingCount.production }} />
          </div>
          <Controls supposed={supposed} onSuppose={suppose} />
          <DecisionTree result={after.data} before={before.data} renderSource={(source) => <SourceLink source={source} workloadKey={workload.key} />} onSuppose={(fact, value) => suppose(fact, value ?? undefined)}>
            <div className={classes.missing}>
              {after.data.stage === 'experiment' || after.data.stage === 'pilot' ? <NextStageTasks target="production" count={after.data.missingCount.production} gaps={after.data.missingFor.production} names={names} renderTask={renderTaskButton} /> : null}
              {after.data.stage === 'production' ? <NextStageTasks target="scaled" count={after.data.missingCount.scaled} gaps={after.data.missingFor.scaled} names={names} renderTask={renderTaskButton} /> : null}
            </div>
          </DecisionTree>
        </>
      ) : error ? null : <TextSkeleton lines={8} />}
    </>
  );
}

/** The risk tier as a slider, and the statements that no question of the tree shows. */
function Controls({ supposed, onSuppose }: { supposed: Supposition; onSuppose: (fact: string, value: string | null | undefined) => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const tiers = useWorkloadVocabulary().riskTier;
  const words = useAnswerWords();
  const statement = useStatementWords();
  const real = (workload.riskTier ?? null) as RiskTier | null;
  const tier = 'riskTier' in supposed ? (supposed.riskTier as RiskTier | null) : real;
  const tierWord = (value: RiskTier | null): string => (value === null ? t`Not set` : tiers[value]);
  const realTier = tierWord(real);
  return (
    <div className={classes.controls}>
      <div className={`${classes.control} ${classes.wide}`}>
        <span className={classes.controlLabel}>{t`Risk tier`} {tier === real ? null : <span className={classes.was}><Trans>Supposed; it is {realTier}</Trans></span>}</span>
        <Slider
          min={0} max={TIERS.length - 1} step={1} value={TIERS.indexOf(tier)} label={null} marks={TIERS.map((value, index) => ({ value: index, label: tierWord(value) }))}
          thumbLabel={t`Risk tier`} thumbValueText={(index) => tierWord(TIERS[index] ?? null)} thumbSize={24}
          onChange={(index) => { const next = TIERS[index] ?? null; onSuppose('riskTier', next === real ? undefined : next); }}
        />
      </div>
      {STATEMENTS.map((name) => {
        const is = workload.facts[name].value;
        const value = (supposed[name] ?? is) as TriState;
        const title = statement(name);
        const was = words[is];
        return (
          <div key={name} className={classes.control}>
            <span className={classes.controlLabel}>{title} {value === is ? null : <span className={classes.was}><Trans>Supposed; it is {was}</Trans></span>}</span>
            <Group><SegmentedControl size="xs" aria-label={title} value={value} onChange={(next) => onSuppose(name, next === is ? undefined : next)} data={[{ value: 'yes', label: words.yes }, { value: 'no', label: words.no }, { value: 'unknown', label: words.unknown }]} /></Group>
          </div>
        );
      })}
    </div>
  );
}
