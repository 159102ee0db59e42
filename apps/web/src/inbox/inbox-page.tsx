import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, Instant, ProblemAlert, TableSkeleton, useFormat } from '@roster/ui';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { Page } from '../shell/page.js';
import { linkTo } from '../shell/address.js';
import classes from './inbox.module.css';
import { inboxPage, unreadQuery, useMarkAllRead, useMarkRead, type Notification } from './inbox.queries.js';

/** Everything Roster has told the member, newest first. */
export function InboxPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { show } = useSearch({ strict: false }) as { show?: string };
  const unreadOnly = show !== 'all';
  const list = usePagedList<Notification>(inboxPage(unreadOnly));
  const { data: unread = 0 } = useQuery(unreadQuery);
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  const shown = format.number(list.rows.length);
  const total = list.total === null ? null : format.number(list.total);
  return (
    <Page
      title={t`Inbox`} to="/inbox"
      actions={<>
        <Button component={Link} to="/settings/profile" variant="subtle">{t`When mail goes out`}</Button>
        <Button variant="default" disabled={unread === 0} loading={markAll.isPending} onClick={() => markAll.mutate()}>{t`Mark all as read`}</Button>
      </>}
    >
      <div className={classes.bar}>
        <SegmentedControl
          size="xs" aria-label={t`Which notifications`} value={unreadOnly ? 'unread' : 'all'} data={[{ value: 'unread', label: t`Unread` }, { value: 'all', label: t`All` }]}
          onChange={(value) => void navigate({ to: '/inbox', search: (value === 'all' ? { show: 'all' } : {}) as never, replace: true })}
        />
        {total !== null && list.rows.length > 0 ? <span className={classes.when}><Trans>{shown} of {total}</Trans></span> : null}
      </div>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
      {list.loading ? <TableSkeleton rows={6} columns={3} /> : null}
      {!list.loading && !list.error && list.rows.length === 0 ? <Nothing unreadOnly={unreadOnly} onAll={() => void navigate({ to: '/inbox', search: { show: 'all' } as never })} /> : null}
      {list.rows.length > 0 ? (
        <ul className={classes.list} aria-label={t`Notifications`}>
          {list.rows.map((item) => (
            <li key={item.id} className={`${classes.item} ${item.readAt === null ? classes.unread : ''}`}>
              <span className={classes.dot} aria-hidden />
              <div className={classes.words}>
                <Anchor component={Link} {...linkTo(item.href)} className={classes.title} onClick={() => { if (item.readAt === null) markRead.mutate(item.id); }}>{item.readAt === null ? <span className="r-visually-hidden">{t`Unread:`} </span> : null}{item.title}</Anchor>
                <p className={classes.body}>{item.body}</p>
              </div>
              <span className={classes.when}><Instant at={item.createdAt} /></span>
              {item.readAt === null ? <Button variant="subtle" size="compact-sm" onClick={() => markRead.mutate(item.id)}>{t`Mark as read`}</Button> : <span className={classes.read}>{t`Read`}</span>}
            </li>
          ))}
        </ul>
      ) : null}
      {list.hasMore ? <Button variant="default" mt="sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button> : null}
    </Page>
  );
}

function Nothing({ unreadOnly, onAll }: { unreadOnly: boolean; onAll: () => void }) {
  const { t } = useLingui();
  if (unreadOnly) return <EmptyState title={t`Nothing unread`} icon={<IconInbox size={26} />} action={<Button variant="default" onClick={onAll}>{t`Show all`}</Button>}>{t`New notifications appear here by themselves, while the page is open.`}</EmptyState>;
  return <EmptyState title={t`Nothing yet`} icon={<IconInbox size={26} />}>{t`Reviews that fall due, evidence to decide, stages that will fall and actions of yours are told here, and by mail as you wish it.`}</EmptyState>;
}
