import { Anchor } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, EmptyState, Instant, MeaningBadge, Panel, ProblemAlert, RelationGraph, TableSkeleton, useRelationWords, type GraphRelation } from '@roster/ui';
import { IconPackage, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { useActInAddress } from '../../shell/act-in-address.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { keepAsOf } from '../../workload/workload-tabs.js';
import { componentsQuery, relationsQuery, sharingQuery, SHARING_LIMIT, type Component, type Relation } from '../tabs.queries.js';
import { useComponentWords } from './component-words.js';
import { toComponentInput, toRelationInput } from './part.js';
import { PERMISSION, RowAct, useRefusal } from './row-act.js';
import { ToolGrantsPanel } from './tool-grants-panel.js';
import { usePartChange } from './use-part-change.js';
import classes from './components.module.css';

const ComponentDialog = lazy(() => import('./component-dialog.js'));
const RelationDialog = lazy(() => import('./relation-dialog.js'));

/** What a workload is made of, what it depends on, and which tools it may use (domain.md section 3). */
export function ComponentsTab() {
  return <div className={classes.tab}><Components /><Relations /><ToolGrantsPanel /></div>;
}

function Components() {
  const { t } = useLingui();
  const { workload, asOf } = useWorkload();
  const { types, lockIn } = useComponentWords();
  const refusal = useRefusal();
  const { data, error, refetch } = useQuery(componentsQuery(workload.key, asOf));
  const [edited, setEdited] = useState<Component | null>(null);
  // A task of another page leads right into declaring one.
  const [declaring, setDeclaring] = useActInAddress('declare');
  const [removed, setRemoved] = useState<Component | null>(null);
  const { change, clash } = usePartChange('components', (data ?? []).map(toComponentInput));
  const remove = (component: Component): void => change.mutate({ before: toComponentInput(component), after: null }, {
    onSuccess: (saved) => { if (saved) toast.done({ message: t`No longer declared. The history keeps it.`, undo: () => change.mutateAsync({ before: null, after: toComponentInput(component) }).then(() => undefined) }); },
    onError: toast.failed, onSettled: () => setRemoved(null),
  });
  const declare = <ActButton permission={PERMISSION} unless={refusal} size="compact-sm" onClick={() => setDeclaring(true)}>{t`Declare a component`}</ActButton>;
  const name = removed?.name ?? '';
  return (
    <Panel title={t`Components`} description={t`The AI bill of materials. A component that several workloads declare is one and the same.`} actions={declare} flush={(data?.length ?? 0) > 0}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} /> : !data ? <TableSkeleton rows={3} columns={6} /> : data.length === 0 ? (
        <EmptyState title={t`No component is declared`} icon={<IconPackage size={26} />}><p><Trans>Models, datasets, indexes, prompts, tools and services belong here, each with its pinned version. Concentration and lock-in cannot be seen without them.</Trans></p></EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Components of this workload`}>
          <table className={classes.table}>
            <thead><tr><th scope="col">{t`Name`}</th><th scope="col">{t`Type`}</th><th scope="col">{t`Provider`}</th><th scope="col">{t`Pinned version`}</th><th scope="col">{t`Hosting`}</th><th scope="col">{t`Lock-in`}</th><th scope="col">{t`Used for`}</th><th scope="col">{t`Shared`}</th><th scope="col">{t`Since`}</th><th scope="col"><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
            <tbody>
              {data.map((component) => {
                const others = component.workloads - 1;
                const { name: called } = component;
                return (
                  <tr key={component.id}>
                    <th scope="row">{component.reference?.startsWith('https://') ? <Anchor href={component.reference} rel="noreferrer noopener" target="_blank" size="sm">{component.name}</Anchor> : component.name}</th>
                    <td>{types[component.type]}</td>
                    <td>{component.provider ?? <Unknown />}</td>
                    <td className="r-mono">{component.version ?? <MeaningBadge meaning="unknown" plain>{t`Not pinned`}</MeaningBadge>}</td>
                    <td>{component.hosting ?? <Unknown />}</td>
                    <td><MeaningBadge meaning={lockIn[component.lockIn].meaning} plain>{lockIn[component.lockIn].word}</MeaningBadge></td>
                    <td className={classes.long}>{component.usage}</td>
                    <td>{others > 0 ? <Anchor component={Link} to="/inventory" search={{ 'filter[component]': component.id } as never} size="sm"><Plural value={others} one="# other workload" other="# other workloads" /></Anchor> : <span className={classes.dim}>{t`only here`}</span>}</td>
                    <td><Instant at={component.addedAt} only="day" relative={false} /></td>
                    <td className={`${classes.acts} r-no-print`}><RowAct label={t`Change ${called}`} onClick={() => setEdited(component)}><IconPencil size={15} /></RowAct><RowAct label={t`Declare ${called} no longer`} onClick={() => setRemoved(component)}><IconTrash size={15} /></RowAct></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Suspense fallback={null}>{data && (edited || (declaring && refusal === null)) ? <ComponentDialog components={data} component={edited} onClose={() => { setEdited(null); if (declaring) setDeclaring(false); }} /> : null}</Suspense>
      {clash}
      <ConfirmDialog opened={removed !== null && clash === null} title={t`Declare ${name} no longer?`} act={t`Declare it no longer`} busy={change.isPending} danger onClose={() => setRemoved(null)} onConfirm={() => { if (removed) remove(removed); }}>
        <Trans>The workload no longer counts as built on it. A change of components may ask for a review.</Trans>
      </ConfirmDialog>
    </Panel>
  );
}

function Unknown() {
  const { t } = useLingui();
  return <MeaningBadge meaning="unknown" plain>{t`Unknown`}</MeaningBadge>;
}

function Relations() {
  const { t } = useLingui();
  const words = useRelationWords();
  const navigate = useNavigate();
  const { workload, asOf } = useWorkload();
  const refusal = useRefusal();
  const { data, error, refetch } = useQuery(relationsQuery(workload.key, asOf));
  const [adding, setAdding] = useState(false);
  const { data: components = [] } = useQuery(componentsQuery(workload.key, asOf));
  const sharing = useQuery(sharingQuery(workload.key, components.filter((component) => component.workloads > 1).map(({ id }) => id))).data ?? [];
  // What both declare says that they share, whether or not somebody drew the relation.
  const derived: readonly GraphRelation[] = asOf === null ? sharing.filter(({ key }) => !(data ?? []).some((one) => one.workload === key && one.type === 'shares_component')).map(({ key, name }) => ({ type: 'shares_component', direction: 'outgoing', workload: key, name })) : [];
  const drawn = [...(data ?? []), ...derived.slice(0, SHARING_LIMIT)];
  const outgoing = (data ?? []).filter(({ direction }) => direction === 'outgoing');
  const { change, clash } = usePartChange('relations', outgoing.map(toRelationInput));
  const remove = (relation: Relation): void => change.mutate({ before: toRelationInput(relation), after: null }, {
    onSuccess: (saved) => { if (saved) toast.done({ message: t`The relation has ended.`, undo: () => change.mutateAsync({ before: null, after: toRelationInput(relation) }).then(() => undefined) }); }, onError: toast.failed,
  });
  const href = (key: string): string => `/workloads/${encodeURIComponent(key)}/components`;
  return (
    <Panel title={t`Relations`} description={t`What calls it, what it calls, feeds, replaces, and shares components with.`} actions={<ActButton permission={PERMISSION} unless={refusal} variant="default" size="compact-sm" onClick={() => setAdding(true)}>{t`Relate a workload`}</ActButton>}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} /> : !data ? <TableSkeleton rows={2} columns={4} /> : drawn.length === 0 ? (
        <EmptyState title={t`It stands alone, as far as anybody has said`}><p><Trans>Relations show what falls with this workload. Scaled asks for one: a workload that is called by, or shares components with, another in production.</Trans></p></EmptyState>
      ) : (
        <>
          <RelationGraph workload={workload} relations={drawn} hrefOf={href} onOpen={(key) => void navigate({ to: href(key), search: keepAsOf as never })} />
          <details className={classes.details} open={drawn.length <= 6}>
            <summary><Trans>As a list</Trans></summary>
            <ul className={classes.relations}>
              {data.map((relation) => {
                const verb = words(relation.type, relation.direction);
                const other = relation.name;
                return (
                  <li key={`${relation.direction} ${relation.type} ${relation.workload}`}>
                    <span className={classes.verb}>{verb}</span>
                    <Anchor component={Link} to={href(relation.workload)} search={keepAsOf as never} size="sm">{relation.name}</Anchor> <code>{relation.workload}</code>
                    {relation.note ? <span className={classes.dim}>{relation.note}</span> : null}
                    <span className={classes.dim}>{t`since`} <Instant at={relation.addedAt} only="day" relative={false} /></span>
                    {relation.direction === 'outgoing'
                      ? <span className={`${classes.end} r-no-print`}><RowAct label={t`End: ${verb} ${other}`} onClick={() => remove(relation)}><IconTrash size={15} /></RowAct></span>
                      : <span className={classes.dim}><Trans>said by the other workload</Trans></span>}
                  </li>
                );
              })}
              {derived.slice(0, SHARING_LIMIT).map(({ workload: key, name }) => (
                <li key={`derived ${key}`}>
                  <span className={classes.verb}>{words('shares_component', 'outgoing')}</span>
                  <Anchor component={Link} to={href(key)} search={keepAsOf as never} size="sm">{name}</Anchor> <code>{key}</code>
                  <span className={classes.dim}><Trans>both declare it</Trans></span>
                </li>
              ))}
            </ul>
            {derived.length > SHARING_LIMIT ? <p className={classes.dim}><Trans>The first {SHARING_LIMIT} that share a component are drawn. The table of components leads to all.</Trans></p> : null}
          </details>
        </>
      )}
      {clash}
      <Suspense fallback={null}>{adding ? <RelationDialog relations={outgoing} onClose={() => setAdding(false)} /> : null}</Suspense>
    </Panel>
  );
}
