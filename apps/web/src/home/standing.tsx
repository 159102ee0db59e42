import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Instant, MeaningBadge, Panel, useFormat, useStageName } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { RowsLink } from '../shell/rows-link.js';
import type { Home } from './home.queries.js';
import classes from './home.module.css';

/** How the organization stands: the funnel, punctuality against two in five, what much depends on, and packs. */
export function Standing({ home: { summary, packs } }: { home: Home }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <>
      {summary ? <Funnel steps={summary.funnel} /> : null}
      {summary ? <Punctuality {...summary.punctuality} /> : null}
      {summary && summary.concentration.length > 0 ? <Concentration rows={summary.concentration} /> : null}
      {packs ? (
        <Panel title={t`Evidence packs`} actions={<Anchor component={Link} to="/packs" size="sm">{t`All packs`}</Anchor>}>
          {packs.count === 0 ? <p className={classes.text}>{t`None was built yet. A pack proves what is governed, and can be checked offline.`}</p> : (
            <ul className={classes.plain}>{packs.items.slice(0, 3).map((pack) => <li key={pack.id} className={classes.pack}><Anchor component={Link} to={`/packs/${pack.id}`} size="sm" className={classes.file}>{pack.fileName}</Anchor><span className={classes.dim}><Trans>as of</Trans> <Instant at={pack.asOf} only="day" relative={false} /> · {format.bytes(pack.size)}</span></li>)}</ul>
          )}
        </Panel>
      ) : null}
    </>
  );
}

const ORDER = ['experiment', 'pilot', 'production', 'scaled'];

function Funnel({ steps }: { steps: NonNullable<Home['summary']>['funnel'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const stage = useStageName();
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const sorted = [...steps].sort((a, b) => ORDER.indexOf(a.stage ?? '') - ORDER.indexOf(b.stage ?? '') || Number(a.hardening) - Number(b.hardening));
  return (
    <Panel title={t`By stage`} actions={<Anchor component={Link} to="/portfolio" size="sm">{t`Portfolio`}</Anchor>}>
      {sorted.length === 0 ? <p className={classes.text}>{t`No workload is registered yet.`}</p> : (
        <ul className={classes.plain}>
          {sorted.map((step) => {
            const name = step.stage === null ? t`Not classified` : stage(step.stage, step.hardening);
            return (
              <li key={`${step.stage} ${step.hardening}`} className={classes.step}>
                <RowsLink rows={step.rows} className={classes.whole}>{name}</RowsLink>
                <span className={classes.track} aria-hidden><span className={`${classes.bar} ${step.stage === null || step.hardening ? 'r-hatched' : ''}`} data-stage={step.stage ?? 'none'} style={{ inlineSize: `${Math.max(2, (step.count / most) * 100)}%` }} /></span>
                <span className={classes.figure}>{format.number(step.count)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function Punctuality({ due, onTime, late, notDone, missedPeriods, rows, ratio, published }: NonNullable<Home['summary']>['punctuality']) {
  const { t } = useLingui();
  const format = useFormat();
  const [done, all] = [format.number(onTime), format.number(due)];
  const share = ratio === null ? null : format.percent(ratio);
  const otherwise = [{ name: t`late`, count: late, of: rows.late }, { name: t`not done`, count: notDone, of: rows.notDone }, { name: t`missed periods`, count: missedPeriods, of: rows.missedPeriods }].filter(({ count }) => count > 0);
  return (
    <Panel title={t`Reviews on time`} actions={<Anchor component={Link} to="/reviews/punctuality" size="sm">{t`Trend`}</Anchor>}>
      {ratio === null ? <MeaningBadge meaning="unknown">{t`Nothing was due yet`}</MeaningBadge> : (
        <>
          <p className={classes.share}>{share}</p>
          <span className={classes.scale} aria-hidden><span className={classes.scaleBar} data-good={ratio >= published} style={{ inlineSize: `${ratio * 100}%` }} /><span className={classes.scaleMark} style={{ insetInlineStart: `${published * 100}%` }} /></span>
          <p className={classes.text}><Trans><RowsLink inText rows={onTime > 0 ? rows.onTime : null}>{done}</RowsLink> of <RowsLink inText rows={rows.due}>{all}</RowsLink> in the last year.</Trans> <MeaningBadge meaning={ratio >= published ? 'met' : 'broken'} plain>{ratio >= published ? t`At or above two in five` : t`Below two in five`}</MeaningBadge></p>
          {otherwise.length > 0 ? <ul className={classes.otherwise}>{otherwise.map(({ name, count, of }) => <li key={name}><RowsLink rows={of}>{format.number(count)} {name}</RowsLink></li>)}</ul> : null}
        </>
      )}
    </Panel>
  );
}

function Concentration({ rows }: { rows: NonNullable<Home['summary']>['concentration'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words: Readonly<Record<string, string>> = { component: t`Component`, provider: t`Provider`, risk_owner: t`Risk owner`, model: t`Model`, region: t`Region`, owner: t`Owner` };
  return (
    <Panel title={t`What much depends on`} description={t`Workloads in production that lean on it.`}>
      <ul className={classes.plain}>
        {rows.map((row) => <li key={`${row.dimension} ${row.id}`} className={classes.lean}><span className={classes.dim}>{words[row.dimension] ?? row.dimension}</span><span className={classes.leanName} title={row.name}><RowsLink rows={row.rows} className={classes.whole}>{row.name}</RowsLink></span><span className={classes.figure}>{format.number(row.workloads)}</span></li>)}
      </ul>
    </Panel>
  );
}
