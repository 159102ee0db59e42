import { ActionIcon, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Provenance } from '@roster/contracts';
import { Instant, Panel, ProvenanceMark, TriStateMark, useStatementWords } from '@roster/ui';
import { IconPencil } from '@tabler/icons-react';
import { useMay } from '../../session/may.js';
import { useActs } from '../acts/acts.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';
import type { Workload } from '../workload.queries.js';
import classes from './overview.module.css';

const FACTS = ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained'] as const satisfies readonly (keyof Workload['facts'])[];

/** The facts that the tree and the rules read, each with where it comes from, and who says otherwise. */
export function FactsPanel() {
  const { t } = useLingui();
  const { workload, retired } = useWorkload();
  const { allowed, why } = useMay('inventory:workload:update');
  const open = useActs();
  const words = useStatementWords();
  const reason = retired ? t`A retired workload is changed no more.` : why;
  return (
    <Panel title={t`Facts`} description={t`What the stage and the freeze rest on. Unknown never passes.`} flush>
      <ul className={classes.factRows} role="list">
        {FACTS.map((name) => {
          const fact = workload.facts[name];
          const title = words(name);
          return (
            <li key={name} className={classes.factRow} data-fact={name}>
              <span><TriStateMark value={fact.value} /></span>
              <span className={classes.factTitle}>{title}</span>
              <span className={classes.origin}>
                {fact.value === 'unknown' && fact.by === null && fact.source === null ? <span>{t`nobody has stated it`}</span> : (
                  <>
                    <ProvenanceMark provenance={fact.provenance as Provenance} />
                    {fact.by ? <span>{fact.by}</span> : null}
                    {fact.source ? <SourceLink source={fact.source} workloadKey={workload.key} /> : null}
                    <Instant at={fact.at} only="relative" />
                  </>
                )}
              </span>
              <Tooltip label={reason ?? t`State fact`} multiline maw={300}>
                <ActionIcon size={24} className="r-no-print" aria-label={t`State: ${title}`} aria-disabled={reason !== null || undefined} data-disabled={reason !== null || undefined} onClick={() => { if (allowed && !retired) open({ act: 'state-fact', fact: name }); }}><IconPencil size={14} /></ActionIcon>
              </Tooltip>
              {(fact.contradictedBy ?? []).map((other) => (
                <p key={`${other.provenance} ${other.at}`} className={classes.contradiction}>
                  <strong>{t`Others say otherwise:`}</strong> <TriStateMark value={other.value} /> <ProvenanceMark provenance={other.provenance as Provenance} />
                  {other.by ? <span><Trans>by {other.by}</Trans></span> : null} {other.source ? <SourceLink source={other.source} workloadKey={workload.key} /> : null} <Instant at={other.at} only="relative" />
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
