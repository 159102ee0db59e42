import { Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { CopyButton, Digest, MeaningBadge, ProblemAlert, TextSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import type { TrailEntry } from '../tabs.queries.js';
import { verifyEntry, type ProofCheck } from './verify-entry.js';
import classes from './trail.module.css';

/** The proof of an entry, checked here in the browser. */
export default function EntryProof({ entry }: { entry: TrailEntry }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: ['trail', 'proof', entry.id],
    queryFn: async ({ signal }) => {
      const proof = await bodyOf(api.GET('/api/v1/trail/entries/{id}/proof', { params: { path: { id: entry.id } }, signal }));
      return { proof, checks: await verifyEntry(entry, proof) };
    },
  });
  const words: Record<ProofCheck['id'], string> = {
    content: t`Who, when, what about and why: as it stands in the logged entry`, change: t`What changed, and the name: as they stand in the logged disclosure`, disclosure: t`The disclosure is the one that was logged: its digest stands in the entry`,
    leaf: t`The entry hashes to its leaf of the tree`,
    signature: t`The checkpoint is signed with the key of the log`, inclusion: t`The leaf is in the tree of the checkpoint, at this place`,
  };
  if (error) return <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact />;
  if (!data) return <TextSkeleton lines={3} />;
  const { proof, checks } = data;
  const sound = checks.every(({ passed }) => passed);
  const place = proof.leafIndex;
  const { size } = proof.checkpoint;
  return (
    <section className={classes.proof} aria-label={t`Proof`}>
      <p className={classes.verdict}>
        {sound ? <MeaningBadge meaning="met">{t`Proven in this browser`}</MeaningBadge> : <MeaningBadge meaning="broken">{t`The proof does not hold`}</MeaningBadge>}
        <span className={classes.dim}><Trans>entry {place} of a tree of {size}</Trans></span>
      </p>
      <ul className={classes.checks}>
        {checks.map(({ id, passed }) => <li key={id}><MeaningBadge meaning={passed ? 'met' : 'broken'} plain>{passed ? t`passed` : t`failed`}</MeaningBadge> {words[id]}</li>)}
      </ul>
      {sound ? null : <p className={classes.dim}><Trans>Do not rely on this entry. Copy the proof and give it to whoever runs Roster, and to your auditor.</Trans></p>}
      <Group gap="sm">
        <span className={classes.dim}><Trans>Leaf</Trans></span><Digest value={proof.leafHash} label={t`Copy leaf hash`} length={20} />
        <span className={classes.dim}><Trans>Proof as a file</Trans></span><CopyButton value={proof.tlogProof} label={t`Copy the proof`} />
        <span className={classes.dim}><Trans>Entry as logged</Trans></span><CopyButton value={proof.entry} label={t`Copy the entry`} />
      </Group>
    </section>
  );
}
