import { Button, Modal } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, TextSkeleton, useFormat } from '@roster/ui';
import type { ReactNode } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import classes from './home.module.css';

/** A list without a page of its own: where its pages come from, and how a row of it looks. */
export interface AllOf<Row> {
  readonly pages: Parameters<typeof usePagedList<Row>>[0];
  readonly row: (row: Row) => ReactNode;
}

/** All of what a block of home shows the first of, page by page. */
export default function AllRows<Row>({ title, of: { pages, row }, onClose }: { title: string; of: AllOf<Row>; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const list = usePagedList<Row>(pages);
  const [shown, total] = [format.number(list.rows.length), format.number(list.total ?? list.rows.length)];
  return (
    <Modal opened onClose={onClose} size="xl" title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TextSkeleton lines={6} /> : null}
      <ul className={classes.rows} aria-label={title}>{list.rows.map(row)}</ul>
      {list.hasMore ? <p className={classes.rest}><Trans>{shown} of {total}</Trans> <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
    </Modal>
  );
}
