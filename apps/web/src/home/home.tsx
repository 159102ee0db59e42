import { Trans, useLingui } from '@lingui/react/macro';
import { CardSkeleton, ProblemAlert } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { shownProblem } from '../api/problem.js';
import { OnboardingChecklist } from '../onboarding/onboarding-checklist.js';
import { useMe } from '../session/me.js';
import { Page } from '../shell/page.js';
import { homeQuery } from './home.queries.js';
import classes from './home.module.css';
import { Needs } from './needs.js';
import { Standing } from './standing.js';

/** What needs me: by what the person may do and what they own, the pressing first; beside it how the organization stands. */
export function Home() {
  const { t } = useLingui();
  const { user } = useMe();
  const { data, error, refetch } = useQuery(homeQuery);
  const name = user.name;
  return (
    <Page title={t`What needs you, ${name}`} name={t`Home`} to="/" description={data === undefined ? undefined : data.whose === 'mine' ? t`About the workloads you answer for.` : t`You answer for no workload: what follows is about everybody's.`}>
      <div className={classes.page}>
        <OnboardingChecklist />
        {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} /> : null}
        {data ? (
          <div className={classes.columns}>
            <div className={classes.needs}><Needs home={data} /></div>
            <aside className={classes.standing} aria-label={t`How the organization stands`}><Standing home={data} /></aside>
          </div>
        ) : error ? null : <div className={classes.columns}><div className={classes.needs}><CardSkeleton lines={4} /><CardSkeleton lines={4} /></div><CardSkeleton lines={8} /></div>}
      </div>
      <span role="status" className="r-visually-hidden">{data ? <Trans>Home is up to date</Trans> : null}</span>
    </Page>
  );
}
