import { Trans, useLingui } from '@lingui/react/macro';
import type { Provenance, TriState } from '@roster/contracts';
import { CoverageMark, DecisionTree, GapList, Instant, OwnerStatusMark, TriStateMark, useFormat, useOwnerRoleWords, useProvenanceWords, useStatementWords, whenIdle } from '@roster/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useNow } from '../clock/now.js';
import { useMe } from '../session/me.js';
import { useFields, type FieldValue } from './fields/fields.js';
import { ShownValue } from './fields/field-value.js';
import { useNextStage } from './next-stage.js';
import { useWorkload } from './workload-context.js';
import { coverageQuery } from './workload.queries.js';
import classes from './print-sheet.module.css';

const FACTS = ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained'] as const;

/** When at the latest what only paper needs is read. */
const LATER_MS = 3_000;

/**
 * What a reviewer needs on paper, whichever tab is open: stage and why, what is missing, facts, owners, coverage by domain, fields.
 * It is drawn when somebody prints; what it needs is read while the browser is idle, since printing waits for nothing.
 */
export function PrintSheet() {
  const queries = useQueryClient();
  const { workload: { key }, asOf } = useWorkload();
  const printing = usePrinting();
  useEffect(() => {
    const read = (): void => void queries.prefetchQuery(coverageQuery(key, asOf));
    return whenIdle(read, LATER_MS);
  }, [queries, key, asOf]);
  return printing ? <Sheet /> : null;
}

/** Whether the page is being put on paper. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    // At once: the browser lays the paper out as soon as the listener returns.
    const set = (on: boolean): void => flushSync(() => setPrinting(on));
    const before = (): void => set(true);
    const after = (): void => set(false);
    const change = (): void => set(media.matches);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    media.addEventListener('change', change);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      media.removeEventListener('change', change);
    };
  }, []);
  return printing;
}

function Sheet() {
  const { t } = useLingui();
  const format = useFormat();
  const me = useMe();
  const { workload, classification, names, asOf } = useWorkload();
  const next = useNextStage();
  const fields = useFields();
  const statement = useStatementWords();
  const provenance = useProvenanceWords();
  const roles = useOwnerRoleWords() as Readonly<Record<string, string>>;
  const { data: coverage } = useQuery(coverageQuery(workload.key, asOf));
  const printed = format.instant(useNow());
  const known = asOf === null ? null : format.instant(asOf);
  const organization = me.organization.name;
  return (
    <div className={classes.sheet} data-testid="print-sheet">
      <p className={classes.stamp}>{known === null ? <Trans>{organization}, printed {printed}</Trans> : <Trans>{organization}, as known on {known}, printed {printed}</Trans>}</p>
      {next?.gaps && next.gaps.length > 0 ? <section className={classes.part}><h2>{t`What is missing for the next stage`}</h2><GapList gaps={next.gaps} names={names} foldAbove={Number.POSITIVE_INFINITY} /></section> : null}
      <section className={classes.part}>
        <h2>{t`Facts`}</h2>
        <table className={classes.table}>
          <thead><tr><th>{t`Fact`}</th><th>{t`Value`}</th><th>{t`Provenance`}</th><th>{t`Source`}</th><th>{t`Since`}</th></tr></thead>
          <tbody>
            {FACTS.map((name) => {
              const fact = workload.facts[name];
              return <tr key={name}><td>{statement(name)}</td><td><TriStateMark value={fact.value as TriState} /></td><td>{provenance[fact.provenance as Provenance].word}</td><td>{[fact.by, fact.source].filter(Boolean).join(', ') || t`not recorded`}</td><td><Instant at={fact.at} only="day" relative={false} /></td></tr>;
            })}
          </tbody>
        </table>
      </section>
      <section className={classes.part}>
        <h2>{t`Owners`}</h2>
        <table className={classes.table}>
          <thead><tr><th>{t`Role`}</th><th>{t`Person`}</th><th>{t`Status`}</th><th>{t`Since`}</th></tr></thead>
          <tbody>{workload.owners.map((owner) => <tr key={`${owner.role} ${owner.domain ?? ''} ${owner.position} ${owner.email}`}><td>{owner.domain === null ? roles[owner.role] ?? owner.role : names.domain(owner.domain.slice(owner.domain.indexOf('/') + 1))} {owner.position === 'deputy' ? t`(deputy)` : ''}</td><td>{owner.name ?? owner.email}</td><td><OwnerStatusMark status={owner.status} plain /></td><td><Instant at={owner.since} only="day" relative={false} /></td></tr>)}</tbody>
        </table>
      </section>
      {coverage ? (
        <section className={classes.part}>
          <h2><Trans>Coverage by domain, {coverage.edition}: {coverage.required.met} of {coverage.required.total} required met</Trans></h2>
          <table className={classes.table}>
            <thead><tr><th>{t`Domain`}</th><th>{t`Weakest`}</th><th>{t`Required met`}</th><th>{t`Criteria proven`}</th></tr></thead>
            <tbody>
              {coverage.domains.map((domain) => {
                const proven = domain.criteria.filter(({ status }) => status === 'satisfied' || status === 'waived').length;
                const all = domain.criteria.filter(({ status }) => status !== 'not_applicable').length;
                return <tr key={domain.id}><td>{domain.id} {domain.name}</td><td><CoverageMark status={domain.status} plain /></td><td>{domain.requiredMet ? t`Yes` : t`No`}</td><td><Trans>{proven} of {all}</Trans></td></tr>;
              })}
            </tbody>
          </table>
          <p className={classes.stamp}>{coverage.attribution}</p>
        </section>
      ) : <section className={classes.part}><h2>{t`Coverage by domain`}</h2><p>{t`Not on this sheet: it had not been read when the page was printed. Print it again.`}</p></section>}
      {classification ? <section className={`${classes.part}`}><h2>{t`Why this stage`}</h2><DecisionTree result={classification} /></section> : null}
      <section className={`${classes.part}`}>
        <h2>{t`Recorded fields`}</h2>
        <dl className={classes.fields}>{fields.map((field) => <div key={field.name}><dt>{field.label}</dt><dd><ShownValue field={field} value={workload[field.name] as FieldValue} /></dd></div>)}</dl>
      </section>
    </div>
  );
}
