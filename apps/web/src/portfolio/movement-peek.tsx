import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Instant, ProblemAlert, TextSkeleton } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { fetchMovements } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** Which workloads changed from one stage to another in the last 30 days, newest first. @param from `none` for first classifications */
export function MovementPeek({ from, to }: { from: string; to: string }) {
  const { t } = useLingui();
  const list = usePagedList({ queryKey: ['portfolio', 'movements', from, to], fetchPage: (cursor, signal) => fetchMovements(from, to, cursor, signal) });
  if (list.error) return <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} />;
  if (list.loading) return <TextSkeleton />;
  return (
    <>
      <ul className={classes.list}>
        {list.rows.map(({ id, key, name, at }) => (
          <li key={id} className={classes.entry}>
            <span className={classes.when}><Instant at={at} relative={false} only="day" /></span>
            <span className={classes.what}><Link to="/workloads/$key/classification" params={{ key }}>{name}</Link><span className={classes.reason}>{key}</span></span>
          </li>
        ))}
      </ul>
      {list.rows.length === 0 ? <p className={classes.dim}>{t`Nobody moved this way in the last 30 days.`}</p> : null}
      {list.hasMore ? <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>{t`Show more`}</Button> : null}
    </>
  );
}
