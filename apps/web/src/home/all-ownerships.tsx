import { Button, Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { ProblemAlert, TextSkeleton } from '@roster/ui';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { ownershipPage, type Ownership } from './home.queries.js';
import classes from './home.module.css';
import { OwnershipRow } from './ownership-row.js';

/** Every ownership that waits, page by page. */
export function AllOwnerships({ title, status, onClose }: { title: string; status: 'proposed' | 'accepted'; onClose: () => void }) {
  const { t } = useLingui();
  const list = usePagedList<Ownership>(ownershipPage(status));
  return (
    <Modal opened onClose={onClose} size="xl" title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TextSkeleton lines={6} /> : null}
      <ul className={classes.rows}>{list.rows.map((ownership) => <OwnershipRow key={ownership.id} ownership={ownership} status={status} />)}</ul>
      {list.hasMore ? <Button variant="default" mt="sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button> : null}
    </Modal>
  );
}
