import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { DataTable, MeaningBadge, ProblemAlert, ProgressLine, useFormat, type ExportColumn, type Meaning, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { problemOf, useOperation } from '../../live/use-operation.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { TableTools } from '../../table-export/table-tools.js';
import { useOwnTableColumns } from '../../table-export/use-table-columns.js';
import { customFieldsQuery } from '../../workload/workload.queries.js';
import { useFieldWords } from '../field-words.js';
import { useWorkloadFieldNames } from '../workload-fields.js';
import classes from './bulk-edit-dialog.module.css';
import { hrefOf, leaveBulkEdit, readBulkEdit, startBulkEdit } from './leave-bulk-edit.js';

type BulkEdit = Schemas['BulkEditDto'];
type BulkRow = Schemas['BulkEditRowDto'];
const rowId = (row: BulkRow): string => row.workloadId;

/**
 * What a bulk edit does or did, row by row; commits it, shows how far it is, and undoes it.
 * @param leaving takes what happens on the way out, whichever way that is
 * @param onBegun told once it is being written
 */
export function ResultStep({ edit: prepared, leaving, onBack, onClose, onBegun, onChanged }: { edit: BulkEdit; leaving: RefObject<() => void>; onBack: () => void; onClose: () => void; onBegun: () => void; onChanged: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const queryKey = ['bulk-edit', prepared.id] as const;
  const edit = useQuery({ queryKey, initialData: prepared, queryFn: ({ signal }) => readBulkEdit(prepared.id, signal) }).data;
  const [failure, setFailure] = useState<ShownProblem | null>(null);
  const [watched, setWatched] = useState<string | null>(null);
  /** The dialog was closed before the service had answered that it begins. */
  const left = useRef(false);
  const operation = useOperation(watched, (ended) => {
    setWatched(null);
    if (ended.status === 'failed') setFailure(shownProblem(problemOf(ended)));
    void queries.invalidateQueries({ queryKey: ['bulk-edit', prepared.id] });
    onChanged();
  });
  const run = useMutation({
    mutationFn: (what: 'commit' | 'undo') => startBulkEdit(prepared.id, what),
    onSuccess: (_answer, what) => {
      if (what === 'commit') onBegun();
      if (left.current) return leaveBulkEdit(edit, true, onChanged);
      setFailure(null);
      setWatched(hrefOf(prepared.id));
    },
    onError: (error) => { if (left.current) toast.failed(error); else setFailure(shownProblem(error)); },
  });
  const working = watched !== null || run.isPending;
  const done = working || edit.state !== 'previewed';
  const leave = () => {
    left.current = true;
    // What has just ended may not have been read yet: whatever was begun here is looked at once more.
    if (!run.isPending) leaveBulkEdit(edit, run.isSuccess && failure === null, onChanged);
    onClose();
  };
  useEffect(() => {
    leaving.current = leave;
    return () => { leaving.current = onClose; };
  });
  const willChange = edit.counts.willChange;
  return (
    <Stack gap="md">
      {failure === null ? null : <ProblemAlert problem={failure} />}
      <Counts edit={edit} />
      {working ? <ProgressLine done={operation?.progress?.done ?? 0} total={operation?.progress?.total ?? edit.total} unit={t`workloads`} label={t`Changing`} /> : null}
      <BulkRows id={prepared.id} state={`${edit.state} ${working}`} counts={edit.counts} />
      <Group justify="space-between" gap="xs">
        {done ? <span /> : <Button variant="default" onClick={onBack}><Trans>Back</Trans></Button>}
        <Group gap="xs">
          {!working && (edit.state === 'committed' || edit.state === 'stopped') ? <ActButton permission="inventory:bulk-edit:run" variant="default" onClick={() => run.mutate('undo')}>{t`Undo all of it`}</ActButton> : null}
          {done ? <Button onClick={leave} data-autofocus>{working ? t`Leave it running` : t`Done`}</Button>
            : <ActButton permission="inventory:bulk-edit:run" unless={willChange === 0 ? t`No selected workload would change.` : null} onClick={() => run.mutate('commit')}>{t`Change ${plural(willChange, { one: '# workload', other: '# workloads' })}`}</ActButton>}
        </Group>
      </Group>
    </Stack>
  );
}

function Counts({ edit: { counts, state } }: { edit: BulkEdit }) {
  const { t } = useLingui();
  const format = useFormat();
  const undone = state === 'undone';
  const shown: readonly (readonly [string, number, Meaning])[] = [
    [t`will change`, state === 'previewed' ? counts.willChange : 0, 'information'], [t`changed`, undone ? 0 : counts.changed, 'met'], [t`restored`, counts.restored, 'met'], [t`kept, because changed since`, counts.keptChangedSince, 'attention'], [t`kept, because frozen since`, counts.keptFrozen, 'attention'],
    [t`are so already`, counts.unchanged, 'neutral'], [t`left alone, because somebody changed them meanwhile`, counts.conflict, 'attention'], [t`cannot be changed`, counts.refused, 'broken'],
  ];
  return (
    <div className={classes.counts} role="status">
      {shown.filter(([, count]) => count > 0).map(([label, count, meaning]) => <span key={label} className={classes.count}><strong>{format.number(count)}</strong> <MeaningBadge meaning={meaning} plain>{label}</MeaningBadge></span>)}
    </div>
  );
}

const OUTCOMES = ['will_change', 'changed', 'unchanged', 'refused', 'conflict'] as const;

function BulkRows({ id, state, counts }: { id: string; state: string; counts: BulkEdit['counts'] }) {
  const { t } = useLingui();
  const [outcome, setOutcome] = useState('all');
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 100) =>
    bodyOf(api.GET('/api/v1/workload-bulk-edits/{id}/rows', { params: { path: { id }, query: { limit, ...(cursor === undefined ? {} : { cursor }), ...(outcome === 'all' ? {} : { 'filter[outcome]': [outcome] }) } }, signal }));
  const list = usePagedList<BulkRow>({ queryKey: ['bulk-edit', id, 'rows', state, outcome], fetchPage });
  const columns = useOwnTableColumns(useBulkColumns());
  const words = useOutcomeWords();
  const present: Readonly<Record<string, number>> = { will_change: counts.willChange, changed: counts.changed, unchanged: counts.unchanged, refused: counts.refused, conflict: counts.conflict };
  const kinds = OUTCOMES.filter((one) => (present[one] ?? 0) > 0);
  return (
    <>
      <Group gap="xs">
        {kinds.length > 1 ? <SegmentedControl size="xs" aria-label={t`Which rows`} value={outcome} onChange={setOutcome} data={[{ value: 'all', label: t`All` }, ...kinds.map((one) => ({ value: one, label: words[one]?.word ?? one }))]} /> : null}
        <TableTools<BulkRow> label={t`Rows of the bulk edit`} file="bulk-edit-rows" api={`/api/v1/workload-bulk-edits/${id}/rows`} columns={columns} rowId={rowId} fetchPage={fetchPage} total={null} />
      </Group>
      <div className={classes.table}>
        <DataTable label={t`Rows of the bulk edit`} height="fill" rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.loading || list.loadingMore} hasMore={list.hasMore} onLoadMore={list.loadMore}
          error={list.error === null ? null : shownProblem(list.error)} onRetry={list.retry} empty={t`No such rows`} />
      </div>
    </>
  );
}

function useOutcomeWords(): Readonly<Record<string, { readonly word: string; readonly meaning: Meaning }>> {
  const { t } = useLingui();
  return useMemo(() => ({
    will_change: { word: t`Will change`, meaning: 'information' }, unchanged: { word: t`Is so already`, meaning: 'neutral' }, refused: { word: t`Cannot be changed`, meaning: 'broken' }, changed: { word: t`Changed`, meaning: 'met' }, conflict: { word: t`Left alone`, meaning: 'attention' },
    restored: { word: t`Restored`, meaning: 'met' }, kept_changed_since: { word: t`Kept`, meaning: 'attention' }, kept_frozen: { word: t`Kept: frozen`, meaning: 'attention' },
  }), [t]);
}

/** A value in a file: text as it is, anything else as the API writes it, nothing where there is none. */
const plain = (value: unknown): string => (value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function useBulkColumns(): readonly ExportColumn<BulkRow>[] {
  const { t } = useLingui();
  const outcomes = useOutcomeWords();
  const names = useWorkloadFieldNames();
  const custom = useQuery(customFieldsQuery).data;
  const words = useFieldWords(custom);
  return useMemo(() => {
    const reasons: Readonly<Record<string, string>> = {
      retired: t`It is retired, which is final.`, fact_overruled: t`A stronger statement about this fact stands.`, frozen: t`Its scope is frozen.`, list_too_long: t`The list would become too long.`, gone: t`It was merged or withdrawn meanwhile.`, changed_since_preview: t`Somebody changed it after the preview.`,
    };
    const labels = new Map(custom?.map(({ key, label }) => [`custom.${key}`, label]));
    const nameOf = (field: string): string => labels.get(field) ?? OWNER_FIELDS[field] ?? names[field.replace(/^facts\./, '')] ?? field;
    const OWNER_FIELDS: Readonly<Record<string, string>> = { 'owners.risk_owner': names['riskOwner'] ?? '', 'owners.on_call': names['onCall'] ?? '', 'owners.engineering_lead': names['engineeringLead'] ?? '', 'owners.accountable_executive': names['accountableExecutive'] ?? '', 'owners.data_steward': names['dataSteward'] ?? '' };
    return [
      { id: 'key', header: t`Key`, width: 150, exported: (row) => row.key, cell: (row) => <code>{row.key}</code> },
      { id: 'name', header: t`Name`, width: 180, exported: (row) => row.name, cell: (row) => row.name },
      { id: 'outcome', header: t`Result`, width: 160, fixed: true, exported: (row) => row.undo ?? row.outcome, cell: (row) => { const { word, meaning } = outcomes[row.undo ?? row.outcome] ?? { word: row.outcome, meaning: 'neutral' as const }; return <MeaningBadge meaning={meaning} plain>{word}</MeaningBadge>; } },
      { id: 'changes', header: t`Difference`, width: 320, exported: (row) => row.reason ?? row.changes.map(({ field, from, to }) => `${field}: ${plain(from)} -> ${plain(to)}`).join('; '), cell: (row) => (row.reason !== null ? reasons[row.reason] ?? row.reason : (
        <span className={classes.changes}>
          {row.changes.map((change) => <span key={change.field}><span className={classes.field}>{nameOf(change.field)}</span> <span className={classes.from}>{words(change.field, change.from)}</span> → {words(change.field, change.to)}</span>)}
        </span>
      )) },
    ];
  }, [t, outcomes, names, custom, words]);
}
