import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDuplicateWords } from '../duplicate-words.js';
import { likelyDuplicatesQuery } from '../inventory.queries.js';
import classes from './register-page.module.css';

const TYPING_MS = 400;

/** While somebody types: workloads that may be the same, with a score and why. A warning, never a refusal. */
export function LikelyDuplicates({ name, team }: { name: string; team: string }) {
  // Strings, not an object of them: what is waited for has to be equal to itself.
  const [askedName] = useDebouncedValue(name.trim(), TYPING_MS);
  const [askedTeam] = useDebouncedValue(team.trim(), TYPING_MS);
  const found = useQuery(likelyDuplicatesQuery(askedName, askedTeam)).data ?? [];
  return (
    <div aria-live="polite">
      {found.length === 0 || name.trim() === '' ? null : (
        <div className={classes.duplicates}>
          <strong><Trans>It may already be on the inventory</Trans></strong>
          <DuplicateList duplicates={found} newTab />
        </div>
      )}
    </div>
  );
}

/** After registration: what it may be the same as, by every way of being alike. */
export function RegisteredWithDuplicates({ workload }: { workload: Schemas['RegisteredWorkloadDto'] }) {
  const { key, name } = workload;
  return (
    <div className={classes.form}>
      <div className={classes.duplicates} role="status">
        <strong><Trans>{name} is registered as {key}, and may be the same as:</Trans></strong>
        <DuplicateList duplicates={workload.duplicates} />
        <span className={classes.note}><Trans>If one of them is the same thing, open the workload and merge: both histories are kept.</Trans></span>
      </div>
      <Group gap="xs">
        <Button component={Link} to={`/workloads/${key}`}><Trans>Open {key}</Trans></Button>
        <Button component={Link} to="/inventory" variant="default"><Trans>Back to the inventory</Trans></Button>
      </Group>
    </div>
  );
}

function DuplicateList({ duplicates, newTab = false }: { duplicates: readonly Schemas['DuplicateDto'][]; newTab?: boolean }) {
  const format = useFormat();
  const words = useDuplicateWords();
  return (
    <ul>
      {duplicates.map((duplicate) => {
        const score = format.percent(duplicate.score);
        return (
          <li key={duplicate.key} className={classes.duplicate}>
            <Link to="/workloads/$key" params={{ key: duplicate.key }} target={newTab ? '_blank' : undefined}>{duplicate.name}</Link>
            <code>{duplicate.key}</code>
            {duplicate.team === null ? null : <span>{duplicate.team}</span>}
            <span className={classes.score}><Trans>{score} alike</Trans></span>
            <span className={classes.note}>{words(duplicate.reasons)}</span>
          </li>
        );
      })}
    </ul>
  );
}
