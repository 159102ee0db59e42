import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import classes from './reviews.module.css';

/** The three ways to look at reviews. */
export function ReviewRooms() {
  const { t } = useLingui();
  const rooms = [{ to: '/reviews', label: t`List` }, { to: '/reviews/calendar', label: t`Calendar` }, { to: '/reviews/punctuality', label: t`Punctuality` }];
  return (
    <nav aria-label={t`Views of reviews`} className={`${classes.rooms} r-no-print`}>
      {rooms.map(({ to, label }) => <Link key={to} to={to} className={classes.room} activeProps={{ className: classes.here ?? '', 'aria-current': 'page' }} activeOptions={{ exact: true, includeSearch: false }}>{label}</Link>)}
    </nav>
  );
}
