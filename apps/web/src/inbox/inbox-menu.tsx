import { Anchor, Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Instant, ProblemAlert, TextSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { shownProblem } from '../api/problem.js';
import { linkTo } from '../shell/address.js';
import classes from './inbox.module.css';
import { newestQuery, unreadQuery, useMarkAllRead, useMarkRead } from './inbox.queries.js';

/** The newest notifications, in the bar. @param onLeave called when the menu has done its part */
export default function InboxMenu({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui();
  const { data: items, error, refetch } = useQuery(newestQuery);
  const { data: unread = 0 } = useQuery(unreadQuery);
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  return (
    <div className={classes.menu}>
      <div className={classes.menuHead}>
        <strong>{t`Inbox`}</strong>
        <Button variant="subtle" size="compact-sm" disabled={unread === 0} onClick={() => markAll.mutate()}>{t`Mark all as read`}</Button>
      </div>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : null}
      {!items && !error ? <div className={classes.waiting}><TextSkeleton lines={4} /></div> : null}
      {items?.length === 0 ? <p className={classes.nothing}>{t`Nothing yet. Reviews that fall due, evidence to decide and actions of yours are told here.`}</p> : null}
      <ul className={classes.menuList}>
        {items?.map((item) => (
          <li key={item.id}>
            <Link {...linkTo(item.href)} className={`${classes.menuItem} ${item.readAt === null ? classes.unread : ''}`} onClick={() => { markRead.mutate(item.id); onLeave(); }}>
              <span className={classes.dot} aria-hidden />
              <span className={classes.menuTitle}>{item.readAt === null ? <span className="r-visually-hidden">{t`Unread:`} </span> : null}{item.title}</span>
              <span className={classes.when}><Instant at={item.createdAt} only="relative" /></span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={classes.menuFoot}><Anchor component={Link} to="/inbox" size="sm" onClick={onLeave}>{t`Open the inbox`}</Anchor></div>
    </div>
  );
}
