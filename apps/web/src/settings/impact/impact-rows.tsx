import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import type { ImpactEffect } from '@roster/contracts';
import { Instant, MeaningBadge, ProblemAlert, StageBadge, TableSkeleton, useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { usePolicyWords } from '../policies/policy-words.js';
import { editionQuery } from '../settings.queries.js';
import classes from '../settings.module.css';
import panel from './impact-panel.module.css';

type Impacted = Schemas['ImpactedWorkloadDto'];

/**
 * The workloads on which changed settings have one effect, page by page, with what it is.
 * @param id the preview they belong to
 * @param total how many there are in all
 */
export function ImpactRows({ id, effect, total, edition }: { id: string; effect: ImpactEffect; total: number; edition: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const list = usePagedList<Impacted>({
    queryKey: ['settings', 'impacted', id, effect],
    fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/organization/impact-previews/{id}/workloads', { params: { path: { id }, query: { 'filter[effect]': [effect], limit: 50, ...(cursor === undefined ? {} : { cursor }) } }, signal })),
  });
  if (list.error) return <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact />;
  if (list.loading) return <TableSkeleton rows={4} columns={3} />;
  const [shown, all] = [format.number(list.rows.length), format.number(total)];
  return (
    <>
      <div className={`${classes.scroll} ${panel.rows}`} tabIndex={0} role="region" aria-label={t`Workloads that would change`}>
        <table className={`${classes.table} ${classes.middle}`}>
          <thead><tr><th scope="col">{t`Workload`}</th><EffectHead effect={effect} /></tr></thead>
          <tbody>{list.rows.map((row) => <tr key={row.id}><th scope="row"><Link to="/workloads/$key" params={{ key: row.key }}><code className={classes.mono}>{row.key}</code></Link> {row.name}</th><EffectCells row={row} edition={edition} /></tr>)}</tbody>
        </table>
      </div>
      {list.hasMore ? <p className={`${classes.more} ${classes.row}`}><span className={classes.dim}><Trans>{shown} of {all}</Trans></span><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
    </>
  );
}

function EffectHead({ effect }: { effect: ImpactEffect }) {
  const { t } = useLingui();
  const heads: Readonly<Record<ImpactEffect, readonly string[]>> = {
    stage: [t`Now`, t`Then`, t`Gaps`], coverage: [t`Newly missing`, t`In the domains`], drill: [t`Drill`, t`Why it no longer counts`], rhythm: [t`Now`, t`Then`],
    review_sooner: [t`Next review now`, t`Then`], review_later: [t`Next review now`, t`Then`], review_starts: [t`First review`, t`How often`], review_ends: [t`Next review now`, t`Then`],
    ownership: [t`Owners asked`], fall: [t`Its stage falls`],
  };
  return heads[effect].map((head) => <th key={head} scope="col">{head}</th>);
}

function EffectCells({ row, edition }: { row: Impacted; edition: string }) {
  const { t } = useLingui();
  const words = usePolicyWords();
  const format = useFormat();
  const domains = useQuery({ ...editionQuery(edition), enabled: row.coverage !== null });
  const { from, to, coverage, drill, review } = row;
  if (from && to) return <><td><StageBadge stage={from.stage} hardening={from.hardening} frozen={from.frozen} /></td><td><StageBadge stage={to.stage} hardening={to.hardening} frozen={to.frozen} /></td><td>{row.gapCount === 0 ? <MeaningBadge meaning="met" plain>{t`none`}</MeaningBadge> : row.gapCount}</td></>;
  if (coverage) {
    const named = (id: string): string => { const name = domains.data?.domains.find((domain) => domain.id === id)?.name; return name ? `${id} ${name}` : id; };
    const missing = coverage.missing;
    return <><td><Plural value={missing} one="# criterion" other="# criteria" /></td><td><ul className={panel.domains} role="list">{coverage.domains.map(({ domain, missing: more }) => <li key={domain}>{named(domain)} <strong>{more}</strong></li>)}</ul></td></>;
  }
  if (drill) {
    const seconds = format.duration(drill.durationSeconds);
    return <><td><Instant at={drill.endedAt} /></td><td>{drill.because === 'too_old' ? t`It lies too far back.` : <Trans>It took {seconds}.</Trans>}</td></>;
  }
  if (review) {
    const rhythm = (is: string | null): string => (is === null ? t`no reviews` : words.cadence(is === 'monthly' || is === 'quarterly' || is === 'half_yearly' || is === 'yearly' ? is : { rrule: is }));
    if (row.effect === 'rhythm') return <><td>{rhythm(review.rhythm.from)}</td><td>{rhythm(review.rhythm.to)}</td></>;
    if (row.effect === 'review_starts') return <><td><Instant at={review.dueAt.to} /></td><td>{rhythm(review.rhythm.to)}</td></>;
    return <><td><Instant at={review.dueAt.from} relative={false} /></td><td>{review.dueAt.to === null ? t`no reviews` : <Instant at={review.dueAt.to} />}</td></>;
  }
  if (row.fallsAt) return <td><Instant at={row.fallsAt} /></td>;
  return <td>{row.owners === null ? '—' : format.number(row.owners)}</td>;
}
