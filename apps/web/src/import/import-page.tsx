import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { MeaningBadge, Instant, PageHeader, Person, TableSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { RosterProblem } from '@roster/api-client';
import { PageProblem } from '../shell/page-problem.js';
import { Page } from '../shell/page.js';
import { ImportDone } from './import-done.js';
import { ImportDraft, ImportGone } from './import-draft.js';
import { ImportStateBadge } from './import-state-badge.js';
import { ImportSteps } from './import-steps.js';
import { ImportWork } from './import-work.js';
import { importQuery, type WorkloadImport } from './import.queries.js';

const route = getRouteApi('/_app/inventory/imports/$id');

/** One import, wherever it stands: being read, ready to be checked, being written, written, taken back. It can be left and found again. */
export function ImportPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(importQuery(id));
  const crumbs = [{ label: t`Inventory`, to: '/inventory' }, { label: t`Imports`, to: '/inventory/imports' }];
  if (error instanceof RosterProblem && error.status === 404) {
    return <Page title={t`There is no such import`} to={`/inventory/imports/${id}`} crumbs={crumbs}><p><Trans>The address is wrong, or the import belongs to another organization.</Trans></p><Button component={Link} to="/inventory/imports" variant="default">{t`All imports`}</Button></Page>;
  }
  if (error) return <PageProblem error={error} reset={() => void refetch()} />;
  if (!data) return <><PageHeader title={t`Import`} /><TableSkeleton rows={10} columns={3} /></>;
  const who = (data.createdBy as { name?: string }).name;
  return (
    <Page
      title={data.fileName} to={`/inventory/imports/${id}`} crumbs={crumbs}
      meta={<><ImportStateBadge state={data.state} /> <Person name={who} /> <Instant at={data.createdAt} /></>}
      actions={<Button component={Link} to="/inventory/import" variant="default">{t`Import another file`}</Button>}
    >
      <ImportSteps at={stepOf(data)} />
      <ImportBody found={data} />
    </Page>
  );
}

const stepOf = ({ state }: WorkloadImport): 1 | 2 | 3 => (['committed', 'rolling_back', 'rolled_back'].includes(state) ? 3 : 2);

function ImportBody({ found }: { found: WorkloadImport }) {
  const { t } = useLingui();
  switch (found.state) {
    case 'pending':
    case 'committing':
    case 'rolling_back': return <ImportWork key={found.state} found={found} />;
    case 'committed':
    case 'rolled_back': return <ImportDone found={found} />;
    case 'previewed':
    case 'failed':
    case 'canceled': return found.removedAt ? <ImportGone found={found} /> : <ImportDraft key={`${found.state} ${JSON.stringify(found.options)}`} found={found} />;
    default: return <MeaningBadge meaning="unknown">{t`Unknown state`}</MeaningBadge>;
  }
}
