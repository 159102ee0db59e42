import { Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { DefinitionList, Instant, LifecycleMark, MeaningBadge, Person, ProblemAlert, RiskTierMark, StageBadge, TextSkeleton, TriStateMark, useWorkloadVocabulary } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { shownProblem } from '../api/problem.js';
import { useAsOf } from '../shell/as-of.js';
import { PeekPanel } from '../shell/peek-panel.js';
import { classificationQuery, workloadQuery, type Classification } from '../workload/workload.queries.js';
import classes from './workload-peek.module.css';
import { useWorkloadFieldNames } from './workload-fields.js';

/** A workload at a glance, beside the table: what it is, who answers for it, what its stage rests on. */
export function WorkloadPeek({ workload, onClose }: { workload: string | null; onClose: () => void }) {
  return workload === null ? null : <Peek key={workload} workload={workload} onClose={onClose} />;
}

function Peek({ workload, onClose }: { workload: string; onClose: () => void }) {
  const { t } = useLingui();
  const asOf = useAsOf();
  const detail = useQuery(workloadQuery(workload, asOf));
  const classification = useQuery(classificationQuery(workload, asOf));
  const names = useWorkloadFieldNames();
  const words = useWorkloadVocabulary();
  const item = detail.data;
  return (
    <PeekPanel opened title={item === undefined ? workload : item.name} href={`/workloads/${workload}`} onClose={onClose}>
      {detail.error ? <ProblemAlert problem={shownProblem(detail.error)} onRetry={() => void detail.refetch()} /> : item === undefined ? <TextSkeleton lines={10} /> : (
        <div className={classes.peek}>
          <div className={classes.marks}>
            <code>{item.key}</code>
            <StageBadge stage={item.stage} hardening={item.hardening} undetermined={item.undetermined} frozen={item.frozen} />
            <RiskTierMark tier={item.riskTier} />
          </div>
          {item.purpose === null ? null : <p className={classes.purpose}>{item.purpose}</p>}
          {item.missing.length === 0 ? null : <MeaningBadge meaning="attention">{t`Incomplete: ${item.missing.map((field) => names[field] ?? field).join(', ')}`}</MeaningBadge>}
          <DefinitionList items={[
            { term: names['riskOwner'] ?? '', value: item.riskOwner === null ? <MeaningBadge meaning="attention" plain>{t`Unowned`}</MeaningBadge> : <Person name={item.riskOwner.name ?? item.riskOwner.email} /> },
            { term: names['team'] ?? '', value: item.team ?? t`Unknown` },
            { term: names['kind'] ?? '', value: item.kind === null ? t`Unknown` : words.kind[item.kind] },
            { term: names['lifecycle'] ?? '', value: <LifecycleMark lifecycle={item.lifecycle} /> },
            { term: names['processesRealData'] ?? '', value: <TriStateMark value={item.processesRealData} /> },
            { term: names['handlesPii'] ?? '', value: <TriStateMark value={item.handlesPii ?? 'unknown'} /> },
            { term: names['executesTools'] ?? '', value: <TriStateMark value={item.executesTools ?? 'unknown'} /> },
            { term: t`Next review`, value: <Instant at={item.nextReviewDueAt} /> },
            { term: t`Stage falls`, value: <Instant at={item.fallsAt} /> },
            { term: t`Last change`, value: <Instant at={item.updatedAt} /> },
          ]} />
          {classification.error && !(classification.error instanceof RosterProblem && classification.error.code === 'CLASSIFICATION_RESULT_NOT_FOUND')
            ? <ProblemAlert problem={shownProblem(classification.error)} onRetry={() => void classification.refetch()} compact /> : <StageReasons classification={classification.data} waiting={classification.isPending} />}
        </div>
      )}
    </PeekPanel>
  );
}

/** What the stage rests on: each question of the path with its answer. */
function StageReasons({ classification, waiting }: { classification: Classification | undefined; waiting: boolean }) {
  if (classification === undefined) return waiting ? <TextSkeleton lines={3} /> : <p className={classes.note}><Trans>Not classified yet.</Trans></p>;
  return (
    <section>
      <h3 className={classes.heading}><Trans>Why this stage</Trans></h3>
      <ol className={classes.path}>
        {classification.questions.filter((question) => question.onPath).map((question) => (
          <li key={question.id}><span>{question.text}</span> <TriStateMark value={question.answer} /></li>
        ))}
      </ol>
    </section>
  );
}
