import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { TriState } from '@roster/contracts';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormat } from '../format/format.js';
import { TriStateMark } from '../status/marks.js';
import { ProvenanceMark } from './provenance-mark.js';
import type { TreeFact } from './tree-result.js';
import { useAnswerWords } from './words.js';
import classes from './facts.module.css';

/** Links a source (`evidence:…`, `drill:…`, or free words) to what it names. */
export type RenderSource = (source: string, fact: TreeFact) => ReactNode;

/** A source in words where the page has no link for it: free words as they are, records by their kind. */
export function SourceText({ source }: { source: string }) {
  const { t } = useLingui();
  const kinds: Record<string, string> = { evidence: t`Evidence`, drill: t`Drill`, member: t`Member`, workload: t`Workload`, coverage: t`Coverage`, review: t`Review`, 'what-if': t`Supposed` };
  const [kind = ''] = source.split(':');
  return <span>{kinds[kind] ?? source}</span>;
}

/** How old a fact was when it was read, with the instant behind it. */
function Age({ fact }: { fact: TreeFact }) {
  const format = useFormat();
  const { t } = useLingui();
  if (fact.at === null) return <span className={classes.noAge}>{t`age not known`}</span>;
  const age = format.relative(fact.at);
  return <Tooltip label={<Trans>Since {format.instant(fact.at)}</Trans>}><time dateTime={fact.at} tabIndex={0} className={classes.age}>{age}</time></Tooltip>;
}

/**
 * A fact that a question read: its value, provenance, source and age. While supposing, the value is set here.
 * @param suppose sets a supposed value, or takes it back with null
 * @param before the fact as it is, when it is supposed to be otherwise
 */
export function FactRow({ fact, renderSource, suppose, before }: {
  fact: TreeFact; renderSource?: RenderSource; suppose?: (value: TriState | null) => void; before?: TreeFact | null;
}) {
  const { t } = useLingui();
  const words = useAnswerWords();
  const supposed = before !== null && before !== undefined && before.value !== fact.value;
  const was = before ? words[before.value] : '';
  return (
    <li className={`${classes.fact} ${supposed ? classes.supposed : ''}`} data-fact={fact.id}>
      <span className={classes.value}>
        {suppose ? (
          <SegmentedControl
            size="xs" aria-label={fact.title} value={fact.value} onChange={(value) => suppose(before && value === before.value ? null : value)}
            data={[{ value: 'yes' as const, label: words.yes }, { value: 'no' as const, label: words.no }, { value: 'unknown' as const, label: words.unknown }]}
          />
        ) : <TriStateMark value={fact.value} good="yes" />}
      </span>
      <span className={classes.title}>{fact.title}</span>
      <span className={classes.origin}>
        {supposed ? (
          <>
            <span className={classes.was}><Trans>Supposed; it is {was}</Trans></span>
            {suppose ? <Tooltip label={t`Take back`}><ActionIcon size={24} aria-label={t`Take back: ${fact.title}`} onClick={() => suppose(null)}><IconArrowBackUp size={14} /></ActionIcon></Tooltip> : null}
          </>
        ) : (
          <>
            <ProvenanceMark provenance={fact.provenance} />
            {fact.source === null ? <span className={classes.noAge}>{t`no source recorded`}</span> : <span className={classes.source}>{renderSource ? renderSource(fact.source, fact) : <SourceText source={fact.source} />}</span>}
            <Age fact={fact} />
          </>
        )}
      </span>
    </li>
  );
}
