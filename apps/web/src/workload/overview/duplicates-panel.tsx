import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Panel, useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ActButton } from '../../session/act-button.js';
import { useActs } from '../acts/acts.js';
import { useWorkload } from '../workload-context.js';
import { duplicatesQuery } from '../workload.queries.js';
import classes from './overview.module.css';

/** Workloads that may be the same as this one; nothing where there is none. */
export function DuplicatesPanel() {
  const { t } = useLingui();
  const format = useFormat();
  const open = useActs();
  const { workload } = useWorkload();
  const items = useQuery(duplicatesQuery(workload.key)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t`Likely duplicates`} actions={<ActButton permission="inventory:workload:retire" variant="default" size="compact-sm" onClick={() => open({ act: 'merge' })}>{t`Merge`}</ActButton>}>
      <ul className={classes.duplicates} role="list">
        {items.map((one) => {
          const score = format.percent(one.score);
          return <li key={one.key}><Anchor component={Link} to={`/workloads/${encodeURIComponent(one.key)}`} inherit>{one.key}</Anchor> <span>{one.name}</span> <span className={classes.dim}><Trans>{score} alike</Trans></span></li>;
        })}
      </ul>
    </Panel>
  );
}
