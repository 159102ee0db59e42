import { ActionIcon, Anchor, Button, Checkbox, useDirection } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { MeaningIcon, ProblemAlert, ReviewStateMark, RiskTierMark, TableSkeleton, useFormat, type Meaning, type ReviewStanding } from '@roster/ui';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { shownProblem } from '../../api/problem.js';
import { dayIn, endOfDay, startOfDay } from '../../clock/calendar.js';
import { useAsOf } from '../../shell/as-of.js';
import { Page } from '../../shell/page.js';
import { TableExport } from '../../table-export/table-export.js';
import { useReviewColumns } from '../review-columns.js';
import { ReviewRooms } from '../review-rooms.js';
import { standingOf } from '../review-standing.js';
import { calendarQuery, reviewPage, type Review } from '../reviews.queries.js';
import shared from '../reviews.module.css';
import classes from './review-calendar.module.css';
import { addMonths, firstWeekday, isMonth, monthOf, moveInCalendar, weeksOf, type PlainDay, type PlainMonth } from './month.js';

/** Reviews of a day that its cell names; the rest is counted and stands in the agenda. */
const IN_CELL = 3;
const rowId = ({ id }: Review): string => id;

/** When reviews fall due: a month as a grid, and the chosen day (or the month) as an agenda. Days are those of the organization's time zone. */
export function ReviewCalendar() {
  const { t } = useLingui();
  const { timeZone, locale, now } = useFormat();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const today = dayIn(asOf === null ? now : new Date(asOf), timeZone);
  const day = typeof search['day'] === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search['day']) ? search['day'] : null;
  const month: PlainMonth = isMonth(search['month']) ? search['month'] : monthOf(day ?? today);
  const mine = search['owner'] === 'me';
  const go = (next: Record<string, unknown>): void => void navigate({ to: '/reviews/calendar', search: { ...search, ...next } as never, replace: true });
  const firstDay = firstWeekday(locale);
  const weeks = useMemo(() => weeksOf(month, firstDay), [month, firstDay]);
  const [first = '', last = ''] = [weeks[0]?.[0], weeks.at(-1)?.[6]];
  const query = useQuery({
    ...calendarQuery(`${month}:${timeZone}:${firstDay}`, async () => ({ from: await startOfDay(first, timeZone) ?? '', before: await endOfDay(last, timeZone) ?? '' }), mine ? { owner: 'me' } : {}, asOf),
    placeholderData: keepPreviousData,
  });
  const at = asOf === null ? now.getTime() : Date.parse(asOf);
  const columns = useReviewColumns().filter(({ hiddenAtFirst }) => hiddenAtFirst !== true);
  const byDay = useMemo(() => {
    const days = new Map<PlainDay, Review[]>();
    for (const review of query.data?.rows ?? []) {
      const due = dayIn(new Date(review.dueAt), timeZone);
      days.set(due, [...(days.get(due) ?? []), review]);
    }
    return days;
  }, [query.data, timeZone]);
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`));
  const total = query.data?.total ?? 0;
  const drawn = query.data?.rows.length ?? 0;
  return (
    <Page title={t`Review calendar`} to="/reviews/calendar" crumbs={[{ label: t`Reviews`, to: '/reviews' }]} description={<Trans>Days of {timeZone}.</Trans>}>
      <ReviewRooms />
      <div className={classes.bar}>
        <ActionIcon variant="default" aria-label={t`Previous month`} onClick={() => go({ month: addMonths(month, -1), day: undefined })}><IconChevronLeft size={16} className={classes.turned} /></ActionIcon>
        <h2 className={classes.month} aria-live="polite">{monthName}</h2>
        <ActionIcon variant="default" aria-label={t`Next month`} onClick={() => go({ month: addMonths(month, 1), day: undefined })}><IconChevronRight size={16} className={classes.turned} /></ActionIcon>
        <Button variant="default" size="compact-sm" onClick={() => go({ month: undefined, day: today })}>{t`Today`}</Button>
        <Checkbox label={t`Only where I am risk owner`} checked={mine} onChange={(event) => go({ owner: event.currentTarget.checked ? 'me' : undefined })} />
        {query.data && !query.isPlaceholderData ? (
          <span className={classes.export}><TableExport<Review> label={t`Review calendar, ${monthName}`} file={`reviews-due-${month}`} api="/api/v1/reviews" columns={columns} rowId={rowId} total={total} asOf={asOf}
            fetchPage={reviewPage({ ...(mine ? { owner: 'me' } : {}), dueFrom: query.data.from, dueBefore: query.data.before }, 'dueAt', asOf).fetchPage} /></span>
        ) : null}
      </div>
      {query.error ? <ProblemAlert problem={shownProblem(query.error)} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <TableSkeleton rows={6} columns={7} /> : null}
      {query.data ? (
        <div className={`${classes.both} ${query.isPlaceholderData ? shared.stale : ''}`}>
          <MonthGrid label={monthName} weeks={weeks} month={month} today={today} chosen={day} byDay={byDay} at={at} firstDay={firstDay} onChoose={(next) => go({ day: next, month: monthOf(next) === month ? search['month'] : monthOf(next) })} />
          <Agenda days={day === null ? weeks.flat().filter((one) => monthOf(one) === month) : [day]} byDay={byDay} at={at} today={today} single={day !== null} onWhole={() => go({ day: undefined, month })} />
        </div>
      ) : null}
      {total > drawn ? <p className={shared.dim}><Trans>The first {drawn} of {total} reviews are drawn.</Trans> <Anchor component={Link} to="/reviews" search={{ 'filter[dueFrom]': query.data?.from, 'filter[dueBefore]': query.data?.before } as never}>{t`The list has all of them`}</Anchor></p> : null}
    </Page>
  );
}

const MEANINGS: Readonly<Record<ReviewStanding, Meaning>> = { not_set: 'unknown', scheduled: 'neutral', due_soon: 'information', due: 'attention', in_progress: 'information', awaiting_sign_off: 'attention', completed: 'met', overdue: 'broken', skipped: 'neutral' };

interface Days { readonly byDay: ReadonlyMap<PlainDay, readonly Review[]>; readonly at: number; readonly today: PlainDay }

function MonthGrid({ label, weeks, month, today, chosen, byDay, at, firstDay, onChoose }: Days & { label: string; weeks: readonly PlainDay[][]; month: PlainMonth; chosen: PlainDay | null; firstDay: number; onChoose: (day: PlainDay) => void }) {
  const { t } = useLingui();
  const { locale, day: dayWords } = useFormat();
  const rightToLeft = useDirection().dir === 'rtl';
  const grid = useRef<HTMLTableElement>(null);
  const entry = chosen ?? (monthOf(today) === month ? today : `${month}-01`);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const onKeyDown = (event: KeyboardEvent, day: PlainDay): void => {
    const next = moveInCalendar(day, event.key, firstDay, rightToLeft);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
    // The month may have to be drawn first.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  };
  return (
    <table ref={grid} role="grid" aria-label={label} className={classes.grid}>
      <thead><tr>{weeks[0]?.map((day) => <th key={day} scope="col" className={classes.weekday}>{weekday.format(new Date(`${day}T00:00:00Z`))}</th>)}</tr></thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const reviews = byDay.get(day) ?? [];
              const more = reviews.length - IN_CELL;
              const name = dayWords(day);
              const count = reviews.length;
              return (
                <td key={day} className={`${classes.cell} ${monthOf(day) === month ? '' : classes.outside} ${day === today ? classes.today : ''} ${day === chosen ? classes.chosen : ''}`} aria-selected={day === chosen}>
                  <button type="button" data-day={day} tabIndex={day === entry ? 0 : -1} className={classes.day} aria-current={day === today ? 'date' : undefined} onClick={() => onChoose(day)} onKeyDown={(event) => onKeyDown(event, day)}>
                    <span className="r-visually-hidden">{count === 0 ? t`${name}, nothing due` : t`${name}, ${count} due`}</span>
                    <span className={classes.number} aria-hidden>{Number(day.slice(8))}</span>
                    {reviews.slice(0, IN_CELL).map((review) => <span key={review.id} className={classes.entry} title={review.workload.name}><MeaningIcon meaning={MEANINGS[standingOf(review, at)]} size={12} /><span className={classes.entryKey}>{review.workload.key}</span></span>)}
                    {more > 0 ? <span className={classes.more}><Trans>{more} more</Trans></span> : null}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agenda({ days, byDay, at, today, single, onWhole }: Days & { days: readonly PlainDay[]; single: boolean; onWhole: () => void }) {
  const { t } = useLingui();
  const asOf = useAsOf();
  const format = useFormat();
  const filled = days.filter((day) => (byDay.get(day)?.length ?? 0) > 0);
  return (
    <section className={classes.agenda} aria-label={single ? t`Agenda of the day` : t`Agenda of the month`}>
      {single ? <Button variant="subtle" size="compact-sm" onClick={onWhole}>{t`Show the whole month`}</Button> : null}
      {filled.length === 0 ? <p className={shared.dim}>{single ? t`Nothing falls due on this day.` : t`Nothing falls due in this month.`}</p> : null}
      {filled.map((day) => {
        const reviews = byDay.get(day) ?? [];
        const count = reviews.length;
        return (
          <div key={day} className={classes.agendaDay}>
            <h3 className={classes.agendaHead}>{format.day(day)}{day === today ? <span className={classes.todayWord}>{t`today`}</span> : null}<span className={classes.count}><Plural value={count} one="# review" other="# reviews" /></span></h3>
            <ul className={classes.agendaList}>
              {reviews.map((review) => (
                <li key={review.id} className={classes.agendaItem}>
                  <Anchor component={Link} to={`/reviews/${review.id}`} search={(asOf === null ? {} : { asOf }) as never} size="sm"><span className={shared.key}>{review.workload.key}</span> {review.workload.name}</Anchor>
                  <span className={classes.marks}><ReviewStateMark state={standingOf(review, at)} plain /><RiskTierMark tier={review.riskTier} /><span className={shared.dim}>{review.owner?.name ?? t`nobody`}</span></span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
