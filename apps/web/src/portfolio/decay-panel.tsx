import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ChartWithTable, DecayLine, Instant, Panel, StageBadge, useFormat, useStageName, type DecayWeek } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Loaded } from './loaded.js';
import { decayOfQuery, decayQuery, fallsQuery, type Decay, type Fall } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

/** Entries of a list that are shown before somebody chooses a week. */
const FIRST = 6;

/** What stops counting in the next 90 days and which workloads fall because of it, with the way to renew it. */
export function DecayPanel() {
  const { t } = useLingui();
  const format = useFormat();
  const decay = useQuery(decayQuery);
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
            {chosen ? <OfWeek key={chosen.from} week={chosen} /> : <OfAll decay={data} />}
          </ChartWithTable>
        )}
      </Loaded>
    </Panel>
  );
}

/** The first of the whole period. */
function OfAll({ decay }: { decay: Decay }) {
  const { timeZone } = useFormat();
  const falls = useQuery(fallsQuery(null, timeZone));
  return (
    <div className={classes.lists}>
      <Loaded query={falls}>{({ items }) => <FallList falls={items.slice(0, FIRST)} total={decay.falls} />}</Loaded>
      <ExpiryList expiries={decay.next.slice(0, FIRST)} total={decay.expiring} />
    </div>
  );
}

/** Everything of one week, asked for by its days. */
function OfWeek({ week }: { week: DecayWeek }) {
  const { timeZone } = useFormat();
  const decay = useQuery(decayOfQuery(week, timeZone));
  const falls = useQuery(fallsQuery(week, timeZone));
  return (
    <div className={classes.lists}>
      <Loaded query={decay}>{(data) => <Loaded query={falls}>{({ items }) => <FallList falls={items} total={data.falls} />}</Loaded>}</Loaded>
      <Loaded query={decay}>{(data) => <ExpiryList expiries={data.next} total={data.expiring} />}</Loaded>
    </div>
  );
}

/** @param total how many there are; fewer are listed where there are too many for a list */
function FallList({ falls, total }: { falls: readonly Fall[]; total: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const [shownText, totalText] = [format.number(falls.length), format.number(total)];
  return (
    <section aria-label={t`Workloads that fall`}>
      <h3>{t`Workloads that fall`}</h3>
      {total === 0 ? <p className={classes.dim}>{t`None.`}</p> : (
        <ul className={classes.list}>
          {falls.map(({ workload, fallsAt, from, to, hardening, because }) => (
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
      {total > falls.length ? <p className={classes.dim}>{t`${shownText} of ${totalText}.`} <Link to="/inventory" search={{ 'filter[fallsAt]': 'next 90d', sort: 'fallsAt' } as never}>{t`All that fall`}</Link></p> : null}
    </section>
  );
}

/** @param total how many there are; fewer are listed where there are too many for a list */
function ExpiryList({ expiries, total }: { expiries: Decay['next']; total: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const [shownText, totalText] = [format.number(expiries.length), format.number(total)];
  return (
    <section aria-label={t`Evidence that expires`}>
      <h3>{t`Evidence that expires`}</h3>
      {total === 0 ? <p className={classes.dim}>{t`None.`}</p> : (
        <ul className={classes.list}>
          {expiries.map(({ itemId, version, title, expiresAt, workloads, first }) => (
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
      {total > expiries.length ? <p className={classes.dim}>{t`${shownText} of ${totalText}.`} <Link to="/evidence" search={{ 'filter[status]': 'accepted', sort: 'expiresAt' } as never}>{t`All by expiry`}</Link></p> : null}
    </section>
  );
}
