import { Button, Group, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { CoverageGrid, CoverageGridKeys, CoverageLegend, Instant, MeaningBadge, Panel, ProblemAlert, RiskTierMark, TableSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { useMay } from '../../session/may.js';
import { ActButton } from '../../session/act-button.js';
import { useWorkload } from '../../workload/workload-context.js';
import { coverageQuery, editionQuery } from '../../workload/workload.queries.js';
import { assessableEditionsQuery, type Criterion } from '../tabs.queries.js';
import { CriterionPanel } from './criterion-panel.js';
import { ExceptionsPanel } from './exceptions-panel.js';
import { MissingPanel } from './missing-panel.js';
import classes from './evidence.module.css';

const AttachDialog = lazy(() => import('./attach-dialog.js'));
const LinkDialog = lazy(() => import('./link-dialog.js'));
const ExceptionDialog = lazy(() => import('./exception-dialog.js'));

/** What is being done about which criteria. */
export type EvidenceAct =
  | { readonly act: 'attach'; readonly criteria: readonly Criterion[]; readonly files: readonly File[] }
  | { readonly act: 'link'; readonly criteria: readonly Criterion[] }
  | { readonly act: 'except'; readonly criterion: Criterion; readonly kind: 'exception' | 'not_applicable' };

/** Evidence of a workload by domain and criterion (ui.md, signature piece 2), what its tier still needs, and its exceptions. */
export function EvidenceTab() {
  const { t } = useLingui();
  const { workload, asOf, retired } = useWorkload();
  const search = useSearch({ strict: false }) as { edition?: string; criterion?: string };
  const navigate = useNavigate();
  const edition = search.edition ?? null;
  const coverage = useQuery(coverageQuery(workload.key, asOf, edition));
  const { data: editions = [] } = useQuery(assessableEditionsQuery);
  const { data: detail } = useQuery({ ...editionQuery(coverage.data?.edition ?? ''), enabled: coverage.data !== undefined });
  const [selected, setSelected] = useState<string[]>([]);
  const [act, setAct] = useState<EvidenceAct | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const target = useRef<readonly Criterion[]>([]);
  const { allowed } = useMay('evidence:item:submit');
  const set = (change: Record<string, string | undefined>): void => void navigate({ to: '.', search: ((previous: Record<string, unknown>) => ({ ...previous, ...change })) as never, replace: true, resetScroll: false });
  if (coverage.error) return <ProblemAlert problem={shownProblem(coverage.error)} onRetry={() => void coverage.refetch()} />;
  if (!coverage.data) return <TableSkeleton rows={8} columns={6} />;
  const { domains, required, tier, tierIsSet, attribution, nextChangeAt } = coverage.data;
  const criteria = domains.flatMap((domain) => domain.criteria);
  const byKey = new Map(criteria.map((criterion) => [criterion.key, criterion]));
  const chosen = selected.flatMap((key) => byKey.get(key) ?? []);
  const open = search.criterion === undefined ? undefined : byKey.get(search.criterion);
  const choose = (wanted: readonly Criterion[]): void => {
    target.current = wanted;
    chooser.current?.click();
  };
  const attach = (key: string, files: File[] | null): void => {
    const criterion = byKey.get(key);
    if (!criterion) return;
    // What is selected belongs together: one file for all of it.
    const wanted = selected.includes(key) ? chosen : [criterion];
    if (files) setAct({ act: 'attach', criteria: wanted, files });
    else choose(wanted);
  };
  const mayAttach = allowed && !retired;
  const title = editions.find(({ id }) => id === coverage.data.edition)?.title ?? coverage.data.edition;
  const count = chosen.length;
  const { met, total } = required;
  const still = total - met;
  return (
    <div className={classes.tab}>
      <Panel
        title={<Trans>Coverage of {title}</Trans>}
        description={(
          <span className={classes.sum}>
            {tierIsSet ? <RiskTierMark tier={tier} /> : <MeaningBadge meaning="unknown" title={t`Set a risk tier to know what is really required`}>{t`Tier not set: held to critical`}</MeaningBadge>}
            {still === 0 ? <MeaningBadge meaning="met"><Trans>All {total} required criteria are met</Trans></MeaningBadge> : <span><Trans><strong>{met} of {total}</strong> required criteria are met</Trans></span>}
            {nextChangeAt ? <span>{t`next change by itself:`} <Instant at={nextChangeAt} only="day" /></span> : null}
          </span>
        )}
        actions={(
          <Select
            aria-label={t`Edition`} size="xs" w={280} allowDeselect={false} value={coverage.data.edition} data={editions.map(({ id, title: name }) => ({ value: id, label: name }))}
            onChange={(value) => { setSelected([]); set({ edition: value ?? undefined, criterion: undefined }); }}
          />
        )}
      >
        <div className={classes.head}><CoverageLegend domains={domains} /><div className="r-no-print"><CoverageGridKeys canAttach={mayAttach} /></div></div>
        {count > 0 ? (
          <div role="region" aria-label={t`Selected criteria`} className={`${classes.selection} r-no-print`}>
            <span><Trans>{count} selected</Trans></span>
            <Group gap={6}>
              <ActButton permission="evidence:item:submit" size="compact-sm" onClick={() => setAct({ act: 'link', criteria: chosen })}>{t`Link existing evidence to all`}</ActButton>
              <ActButton permission="evidence:item:submit" size="compact-sm" variant="default" onClick={() => choose(chosen)}>{t`Attach a file to all`}</ActButton>
              <Button size="compact-sm" variant="subtle" onClick={() => setSelected([])}>{t`Select none`}</Button>
            </Group>
          </div>
        ) : null}
        <CoverageGrid
          label={t`Criteria by domain`} domains={domains} missing={required.missing} open={open?.key ?? null} onOpen={(key) => set({ criterion: key === open?.key ? undefined : key })}
          selected={selected} onSelectedChange={setSelected} onAttach={mayAttach ? attach : undefined}
        />
        <p className={classes.attribution}>{attribution}</p>
      </Panel>
      {open ? (
        <CriterionPanel
          criterion={open} edition={detail} needed={required.missing.includes(open.key)} onClose={() => set({ criterion: undefined })}
          onAttach={() => choose([open])} onLink={() => setAct({ act: 'link', criteria: [open] })} onExcept={(kind) => setAct({ act: 'except', criterion: open, kind })}
        />
      ) : null}
      <MissingPanel coverage={coverage.data} onOpen={(key) => set({ criterion: key })} />
      <ExceptionsPanel names={new Map(criteria.map(({ key, id, title: name }) => [key, `${id} ${name}`]))} />
      <input
        ref={chooser} type="file" hidden aria-hidden tabIndex={-1} data-testid="evidence-file"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) setAct({ act: 'attach', criteria: target.current, files });
        }}
      />
      <Suspense fallback={null}>
        {act?.act === 'attach' ? <AttachDialog criteria={act.criteria} edition={coverage.data.edition} files={act.files} onClose={() => setAct(null)} onDone={() => setSelected([])} /> : null}
        {act?.act === 'link' ? <LinkDialog criteria={act.criteria} onClose={() => setAct(null)} onDone={() => setSelected([])} /> : null}
        {act?.act === 'except' ? <ExceptionDialog criterion={act.criterion} kind={act.kind} onClose={() => setAct(null)} /> : null}
      </Suspense>
    </div>
  );
}
