import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ChartWithTable, DecayLine, Instant, Panel, StageBadge, useFormat, useStageName, type DecayWeek } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Loaded } from './loaded.js';
import { decayQuery, fallsQuery, type Decay, type Fall } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** Entries of a list that are shown before somebody chooses a week. */
const FIRST = 6;

/** What stops counting in the next 90 days and which workloads fall because of it, with the way to renew it. */
export function DecayPanel() {
  const { t } = useLingui();
  const format = useFormat();
  const decay = useQuery(decayQuery);
  const falls = useQuery(fallsQuery);
  const [chosen, choose] = useState<DecayWeek | null>(null);
  return (
    <Panel title={t`What expires in the next 90 days, and who falls?`} description={t`If nobody does anything. Choose a week to see it alone.`}>
      <Loaded query={decay}>
        {(data) => (
          <ChartWithTable
            label={t`Expiring evidence and falling workloads by day`}
            note={chosen ? <Trans>Shown: the week from {format.day(chosen.from)}</Trans> : null}
            table={{ columns: [{ id: 'date', header: t`Day` }, { id: 'expiring', header: t`Evidence expiring`, align: 'end' }, { id: 'falls', header: t`Workloads falling`, align: 'end' }], rows: data.days.map(({ date, expiring, falls: count }) => ({ id: date, cells: [format.day(date), format.number(expiring), format.number(count)] })) }}
          >
            <DecayLine label={t`Weeks of the next 90 days`} from={data.from} to={data.to} days={data.days} chosen={chosen} onChoose={choose} />
            <div className={classes.lists}>
              <Loaded query={falls}>{({ items }) => <FallList falls={items} total={data.falls} chosen={chosen} timeZone={format.timeZone} />}</Loaded>
              <ExpiryList decay={data} chosen={chosen} timeZone={format.timeZone} />
            </div>
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}

/** The day of an instant in a time zone, YYYY-MM-DD. */
const dayIn = (at: string, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
const inWeek = (at: string, chosen: DecayWeek | null, timeZone: string): boolean => {
  if (chosen === null) return true;
  const day = dayIn(at, timeZone);
  return day >= chosen.from && day < chosen.until;
};

function FallList({ falls, total, chosen, timeZone }: { falls: readonly Fall[]; total: number; chosen: DecayWeek | null; timeZone: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const inside = falls.filter(({ fallsAt }) => inWeek(fallsAt, chosen, timeZone));
  const shown = chosen ? inside : inside.slice(0, FIRST);
  const [shownText, totalText] = [format.number(shown.length), format.number(total)];
  return (
    <section aria-label={t`Workloads that fall`}>
      <h3>{t`Workloads that fall`}</h3>
      {inside.length === 0 ? <p className={classes.dim}>{t`None.`}</p> : (
        <ul className={classes.list}>
          {shown.map(({ workload, fallsAt, from, to, hardening, because }) => (
            <li key={workload.id} className={classes.entry}>
              <span className={classes.when}><Instant at={fallsAt} relative={false} only="day" /></span>
              <span className={classes.what}>
                <Link to="/workloads/$key" params={{ key: workload.key }}>{workload.name}</Link>
                <span className={classes.reason} title={because.map(({ message }) => message).join(' ')}>{because.slice(0, 2).map(({ message }) => message).join(' ')}{because.length > 2 ? <> <Plural value={because.length - 2} one="And # more reason." other="And # more reasons." /></> : null}</span>
              </span>
              <span title={t`From ${name(from)}`}><StageBadge stage={to} hardening={hardening} /></span>
            </li>
          ))}
        </ul>
      )}
      {!chosen && total > shown.length ? <p className={classes.dim}>{t`${shownText} of ${totalText}.`} <Link to="/inventory" search={{ 'filter[fallsAt]': 'next 90d', sort: 'fallsAt' } as never}>{t`All that fall`}</Link></p> : null}
    </section>
  );
}

function ExpiryList({ decay, chosen, timeZone }: { decay: Decay; chosen: DecayWeek | null; timeZone: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const inside = decay.next.filter(({ expiresAt }) => inWeek(expiresAt, chosen, timeZone));
  const shown = chosen ? inside : inside.slice(0, FIRST);
  const [shownText, totalText] = [format.number(shown.length), format.number(decay.expiring)];
  return (
    <section aria-label={t`Evidence that expires`}>
      <h3>{t`Evidence that expires`}</h3>
      {inside.length === 0 ? <p className={classes.dim}>{t`None.`}</p> : (
        <ul className={classes.list}>
          {shown.map(({ itemId, version, title, expiresAt, workloads, first }) => (
            <li key={`${itemId}/${version}`} className={classes.entry}>
              <span className={classes.when}><Instant at={expiresAt} relative={false} only="day" /></span>
              <span className={classes.what}>
                {title}
                <span className={classes.reason}>
                  {workloads === 0 ? t`Supports no workload` : first.map(({ key }) => key).join(', ')}
                  {workloads > first.length ? <> <Plural value={workloads - first.length} one="and # more" other="and # more" /></> : null}
                </span>
              </span>
              <Link to="/evidence/$id" params={{ id: itemId }} aria-label={t`Renew ${title}`}>{t`Renew`}</Link>
            </li>
          ))}
        </ul>
      )}
      {!chosen && decay.expiring > shown.length ? <p className={classes.dim}>{t`${shownText} of ${totalText}.`} <Link to="/evidence" search={{ 'filter[status]': 'accepted', sort: 'expiresAt' } as never}>{t`All by expiry`}</Link></p> : null}
    </section>
  );
}
