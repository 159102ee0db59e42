import { Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, TextSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { shownProblem } from '../api/problem.js';
import { useAreaNames } from './role-words.js';
import { rolesQuery, type Role } from './settings.queries.js';
import classes from './settings.module.css';

/**
 * What a role may do, area by area, as the service says.
 * @param before the role somebody has now: what it loses stands there too, struck through
 */
export function PermissionList({ role, before }: { role: Role; before?: Role }) {
  const { t } = useLingui();
  const areaName = useAreaNames();
  const { data, error, refetch } = useQuery(rolesQuery);
  if (error) return <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact />;
  if (!data) return <TextSkeleton lines={6} />;
  const of = (id: Role | undefined): ReadonlySet<string> => new Set(data.roles.find((one) => one.id === id)?.permissions);
  const [has, had] = [of(role), of(before ?? role)];
  const shown = data.permissions.filter(({ id }) => has.has(id) || had.has(id));
  const areas = [...new Set(shown.map(({ id }) => id.split(':')[0] ?? ''))];
  const [gained, lost] = [shown.filter(({ id }) => !had.has(id)).length, shown.filter(({ id }) => !has.has(id)).length];
  return (
    <div className={classes.permissions}>
      {before && before !== role ? <p className={classes.text}><Trans>{gained} permissions are added, {lost} are taken away.</Trans></p> : null}
      {areas.map((area) => (
        <fieldset key={area} className={classes.area}>
          <legend>{areaName(area)}</legend>
          <ul className={classes.list}>{shown.filter(({ id }) => id.startsWith(`${area}:`)).map(({ id, description }) => {
            const state = !has.has(id) ? 'lost' : had.has(id) ? 'same' : 'gained';
            return <li key={id}><span aria-hidden>{state === 'gained' ? '+' : state === 'lost' ? '−' : '·'}</span><span className={state === 'lost' ? classes.gone : undefined}>{description}{state === 'same' ? null : <span className="r-visually-hidden"> {state === 'gained' ? t`(added)` : t`(taken away)`}</span>}</span></li>;
          })}</ul>
        </fieldset>
      ))}
    </div>
  );
}
