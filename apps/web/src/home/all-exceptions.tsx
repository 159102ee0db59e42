import { Button, Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { Instant, ProblemAlert, TextSkeleton } from '@roster/ui';
import { api } from '../api/client.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { Row } from './block.js';
import classes from './home.module.css';

const PAGE = 50;

/** Every exception that waits for the person's decision, page by page. @param rows the list as the service names it: `/api/v1/exceptions?…` */
export function AllExceptions({ rows, onClose }: { rows: string; onClose: () => void }) {
  const { t } = useLingui();
  const query = rows.split('?')[1] ?? '';
  const list = usePagedList<Schemas['ExceptionDto']>({
    queryKey: ['home', 'exceptions', query],
    fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/exceptions', { querySerializer: () => [query, `limit=${PAGE}`, 'count=true', ...(cursor === undefined ? [] : [`cursor=${encodeURIComponent(cursor)}`])].filter((part) => part !== '').join('&'), signal })),
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={t`Exceptions to decide`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TextSkeleton lines={6} /> : null}
      <ul className={classes.rows} aria-label={t`Exceptions to decide`}>
        {list.rows.map((item) => (
          <Row
            key={item.id} to={`/workloads/${item.workload.key}/evidence`} label={<><span className={classes.key}>{item.workload.key}</span> {item.workload.name}</>}
            of={<>{item.kind === 'exception' ? t`Exception` : t`Not applicable`} · {item.criterion} · {item.requestedBy.name}</>} meta={<Instant at={item.requestedAt} only="relative" />}
          />
        ))}
      </ul>
      {list.hasMore ? <Button variant="default" mt="sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button> : null}
    </Modal>
  );
}
