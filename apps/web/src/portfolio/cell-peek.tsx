import { Plural, useLingui } from '@lingui/react/macro';
import { CoverageMark, Instant, type HeatmapDomain } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAsOf } from '../shell/as-of.js';
import { coverageQuery } from '../workload/workload.queries.js';
import { Loaded } from './loaded.js';
import classes from './portfolio-page.module.css';

/** The criteria of one domain of one workload, with the evidence behind each. */
export function CellPeek({ workload, domain }: { workload: string; domain: HeatmapDomain }) {
  const { t } = useLingui();
  const asOf = useAsOf();
  const coverage = useQuery(coverageQuery(workload, asOf));
  return (
    <Loaded query={coverage}>
      {({ domains }) => {
        const found = domains.find(({ id }) => id === domain.id);
        if (!found) return <p className={classes.dim}>{t`This domain is not part of the edition any more.`}</p>;
        const { met, total } = found.required;
        return (
          <>
            <p className={classes.dim}>{total > 0 ? t`${met} of ${total} required criteria are met.` : t`Nothing is required here.`} {found.freeze ? t`An open gap here freezes scope expansion.` : null}</p>
            <ul className={classes.criteria}>
              {found.criteria.map(({ id, title, status, evidence, expiresAt }) => (
                <li key={id} className={classes.criterion}>
                  <p><span className={classes.code}>{id}</span> {title}</p>
                  <CoverageMark status={status} /> {expiresAt ? <span className={classes.dim}>{t`until`} <Instant at={expiresAt} relative={false} only="day" /></span> : null}
                  {evidence.length > 0 ? <ul className={classes.proof}>{evidence.slice(0, 5).map((item) => <li key={`${item.itemId}/${item.version}`}><Link to="/evidence/$id" params={{ id: item.itemId }}>{item.title}</Link></li>)}{evidence.length > 5 ? <li><Plural value={evidence.length - 5} one="and # more" other="and # more" /></li> : null}</ul> : null}
                </li>
              ))}
            </ul>
            <p><Link to="/workloads/$key/evidence" params={{ key: workload }}>{t`Attach or decide evidence`}</Link></p>
          </>
        );
      }}
    </Loaded>
  );
}
