import { Button, Select, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { DefinitionList, Digest, MeaningBadge, Panel, ProblemAlert, TableSkeleton } from '@roster/ui';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { Page } from '../../shell/page.js';
import { editionQuery, frameworksQuery, organizationQuery } from '../settings.queries.js';
import { CrosswalkPanel } from './crosswalk-panel.js';
import { SwitchEdition } from './switch-edition.js';
import classes from '../settings.module.css';

type Domain = Schemas['DomainDto'];

/** The framework editions: what they ask for word by word, how they map to each other, and which one the organization is measured against. */
export function EditionsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search: { edition?: unknown; crosswalk?: unknown } = useSearch({ strict: false });
  const organization = useQuery(organizationQuery);
  const frameworks = useQuery(frameworksQuery);
  const chosen = typeof search.edition === 'string' ? search.edition : organization.data?.edition;
  const compared = typeof search.crosswalk === 'string' ? search.crosswalk : null;
  const go = (next: { edition?: string; crosswalk?: string | undefined }): void => void navigate({ to: '/settings/editions', search: { ...search, ...next } as never, replace: true });
  const [switching, setSwitching] = useState<string | null>(null);
  const error = organization.error ?? frameworks.error;
  const { data } = frameworks;
  const others = data && chosen ? [...new Map(data.crosswalks.flatMap(({ from, to }) => (from === chosen ? [to] : to === chosen ? [from] : [])).map((id) => [id, [...data.items, ...data.references].find((one) => one.id === id)?.title ?? id] as const)).entries()] : [];
  const summary = data?.items.find(({ id }) => id === chosen);
  const current = organization.data?.edition;
  const title = summary?.title ?? '';
  return (
    <Page
      title={t`Framework editions`} to="/settings/editions" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`Frameworks are versioned data: the same number means something else in another edition, so the name always stands beside it.`}
      actions={summary?.assessable && chosen !== current ? <ActButton permission="access:organization:manage" onClick={() => setSwitching(chosen ?? null)}>{t`Switch to this edition`}</ActButton> : undefined}
    >
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => { void organization.refetch(); void frameworks.refetch(); }} /> : null}
      {!data || !organization.data ? (error ? null : <TableSkeleton rows={6} columns={3} />) : (
        <>
          {switching ? <SwitchEdition key={switching} edition={switching} title={title} organization={organization.data} onClose={() => setSwitching(null)} /> : null}
          <Panel title={t`Edition`} actions={<Select aria-label={t`Edition to look at`} size="xs" w={320} maw="100%" allowDeselect={false} value={chosen ?? null} data={data.items.map(({ id, title: name }) => ({ value: id, label: id === current ? t`${name} (yours)` : name }))} onChange={(edition) => { if (edition) go({ edition, crosswalk: undefined }); }} />}>
            {summary ? (
              <DefinitionList items={[
                { term: t`Standing`, value: <span className={classes.row}>{summary.id === current ? <MeaningBadge meaning="met">{t`Your organization is measured against it`}</MeaningBadge> : null}<Standing status={summary.status} />{summary.assessable ? null : <MeaningBadge meaning="neutral">{t`has no criteria: cannot be chosen`}</MeaningBadge>}</span> },
                { term: t`Id`, value: <code>{summary.id}</code> }, { term: t`Date`, value: summary.date ?? t`not stated` }, { term: t`Licence`, value: summary.licence ?? t`not stated` }, { term: t`Attribution`, value: summary.attribution },
                { term: t`Digest`, value: <Digest value={summary.digest} label={t`Copy digest`} length={20} /> },
              ]} />
            ) : null}
          </Panel>
          {chosen ? <Domains edition={chosen} /> : null}
          {chosen && others.length > 0 ? <CrosswalkPanel from={chosen} to={compared !== null && others.some(([id]) => id === compared) ? compared : null} choices={others.map(([value, label]) => ({ value, label }))} onChoose={(crosswalk) => go({ crosswalk })} /> : null}
        </>
      )}
    </Page>
  );
}

function Standing({ status }: { status: Schemas['EditionSummaryDto']['status'] }) {
  const { t } = useLingui();
  const words = { current: t`current`, companion_reference: t`companion reference`, superseded: t`superseded`, tool_labels: t`labels of a tool` } as const;
  return <MeaningBadge meaning={status === 'superseded' ? 'attention' : 'neutral'}>{words[status]}</MeaningBadge>;
}

function Domains({ edition }: { edition: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(editionQuery(edition));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (error) return <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} />;
  if (!data) return <Panel title={t`Domains and criteria`}><TableSkeleton rows={8} columns={2} /></Panel>;
  const unverified = data.domains.flatMap(({ criteria }) => criteria).filter(({ wordingVerified }) => !wordingVerified).length;
  const every = data.domains.length === open.size;
  const [domains, requirements] = [data.domainCount, data.requirementCount];
  return (
    <Panel
      title={t`Domains and criteria`} flush actions={<Button variant="default" size="compact-sm" onClick={() => setOpen(every ? new Set() : new Set(data.domains.map(({ id }) => id)))}>{every ? t`Close all` : t`Open all`}</Button>}
      description={unverified > 0 ? <>{t`${domains} domains, ${requirements} requirements.`} <Trans>The wording of {unverified} criteria was never seen at its source; they are marked.</Trans></> : t`${domains} domains, ${requirements} requirements.`}
    >
      {data.domains.map((domain) => <DomainPart key={domain.key} domain={domain} open={open.has(domain.id)} onToggle={() => setOpen((before) => { const next = new Set(before); if (!next.delete(domain.id)) next.add(domain.id); return next; })} />)}
    </Panel>
  );
}

function DomainPart({ domain, open, onToggle }: { domain: Domain; open: boolean; onToggle: () => void }) {
  const { t } = useLingui();
  const bases: Readonly<Record<string, string>> = { source: t`words of the source`, source_partial: t`partly words of the source`, inferred: t`inferred`, reconstructed: t`reconstructed`, expert: t`by experts` };
  const count = domain.criteria.length;
  return (
    <section className={classes.domain}>
      <h3 style={{ margin: 0, fontWeight: 'inherit' }}>
        <UnstyledButton className={classes.domainHead} aria-expanded={open} onClick={onToggle}>
          {open ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
          <code className={classes.mono}>{domain.id}</code>
          <span className={classes.domainName}>{domain.name}</span>
          {domain.freeze ? <MeaningBadge meaning="information" plain>{t`freezes scope`}</MeaningBadge> : null}
          {domain.monitoring ? <MeaningBadge meaning="neutral" plain>{t`monitoring`}</MeaningBadge> : null}
          {domain.blocksToolUse ? <MeaningBadge meaning="attention" plain>{t`in full for tools`}</MeaningBadge> : null}
          <span className={classes.dim}>{t`${count} criteria`}</span>
        </UnstyledButton>
      </h3>
      {open ? (
        <div className={classes.domainBody}>
          <p className={classes.dim}>{domain.summary}</p>
          {domain.criteria.map((criterion) => (
            <div key={criterion.key} className={classes.criterion}>
              <span className={classes.row}><code className={classes.mono}>{criterion.id}</code><strong>{criterion.title}</strong>{criterion.wordingVerified ? <MeaningBadge meaning="met" plain>{bases[criterion.basis] ?? criterion.basis}</MeaningBadge> : <MeaningBadge meaning="unknown">{t`wording not verified`}</MeaningBadge>}{criterion.changedInThisEdition ? <MeaningBadge meaning="information" plain>{t`changed in this edition`}</MeaningBadge> : null}</span>
              <span>{criterion.statement}</span>
              {criterion.facets.length > 0 ? <ul className={classes.changes}>{criterion.facets.map(({ id, name }) => <li key={id}>{name}</li>)}</ul> : null}
            </div>
          ))}
          {domain.criteria.length === 0 ? <p className={classes.dim}><Trans>This edition states no criteria for the domain.</Trans></p> : null}
        </div>
      ) : null}
    </section>
  );
}
