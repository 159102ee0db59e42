import { Select } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { MeaningBadge, Panel, ProblemAlert, TableSkeleton, type Meaning } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { shownProblem } from '../../api/problem.js';
import { crosswalkQuery } from '../settings.queries.js';
import classes from '../settings.module.css';

/** How an edition maps to another, or to a standard or law: through rows with their reasons, never through the number. */
export function CrosswalkPanel({ from, to, choices, onChoose }: { from: string; to: string | null; choices: readonly { readonly value: string; readonly label: string }[]; onChoose: (to: string) => void }) {
  const { t } = useLingui();
  return (
    <Panel title={t`Crosswalk`} description={t`How this edition maps to others, to standards and to laws. A mapping is an aid and no proof of conformity.`} flush={to !== null} actions={<Select aria-label={t`Compare with`} placeholder={t`Compare with …`} size="xs" w={320} maw="100%" value={to} data={[...choices]} onChange={(value) => { if (value) onChoose(value); }} />}>
      {to === null ? <p className={classes.dim}>{t`Choose what to compare with.`}</p> : <Rows from={from} to={to} />}
    </Panel>
  );
}

function Rows({ from, to }: { from: string; to: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(crosswalkQuery(from, to));
  if (error) return <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} />;
  if (!data) return <TableSkeleton rows={6} columns={4} />;
  const relations: Readonly<Record<string, { meaning: Meaning; words: string }>> = { equivalent: { meaning: 'met', words: t`same subject` }, partial: { meaning: 'attention', words: t`overlaps` }, weak: { meaning: 'neutral', words: t`touches` }, related: { meaning: 'neutral', words: t`named together` } };
  const bases: Readonly<Record<string, string>> = { source: t`the source says so`, inferred: t`inferred`, expert: t`by experts` };
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Crosswalk`}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{t`This edition`}</th><th scope="col">{t`Relation`}</th><th scope="col">{t`The other`}</th><th scope="col">{t`Why`}</th></tr></thead>
          <tbody>{data.rows.map((row) => {
            const relation = relations[row.relation];
            return (
              <tr key={`${row.from.id} ${row.to.id} ${row.relation}`}>
                <th scope="row"><code className={classes.mono}>{row.from.id}</code> {row.from.name}</th><td>{relation ? <MeaningBadge meaning={relation.meaning} plain>{relation.words}</MeaningBadge> : row.relation}</td>
                <td><code className={classes.mono}>{row.to.id}</code> {row.to.name}</td><td>{row.why} <span className={classes.dim}>({bases[row.basis] ?? row.basis})</span></td>
              </tr>
            );
          })}</tbody>
        </table>
      </div>
      {data.gaps.length > 0 ? (
        <div className={classes.domainBody} style={{ paddingBlockStart: 12 }}>
          <strong>{t`What one side has and the other lacks`}</strong>
          <ul className={classes.changes}>{data.gaps.map((gap) => <li key={`${gap.side} ${gap.of.id}`}><code className={classes.mono}>{gap.of.id}</code> {gap.of.name}: {gap.why}</li>)}</ul>
        </div>
      ) : null}
      <p className={classes.more}><span className={classes.dim}>{[data.note, ...data.attributions].filter((text) => text !== null && text !== '').join(' ')}</span></p>
    </>
  );
}
