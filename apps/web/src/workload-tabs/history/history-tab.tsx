import { Button, Group, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, HistoryDiff, Instant, MeaningBadge, Panel, Person, ProblemAlert, TableSkeleton, useFormat } from '@roster/ui';
import { IconClockSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useTravel } from '../../shell/as-of.js';
import { spread, type ExportedColumn } from '../../table-export/exported-list.js';
import { TableExport } from '../../table-export/table-export.js';
import { serviceNow } from '../../clock/now.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { historyPage, type HistoryEntry } from '../tabs.queries.js';
import { instantOfLocal } from '../../clock/calendar.js';
import { useFieldWords, useValueWords } from './field-words.js';
import classes from './history.module.css';

/** One change of one field. */
interface ChangedField { readonly entry: HistoryEntry; readonly change: HistoryEntry['changes'][number] }
const changedFields = (entry: HistoryEntry): readonly ChangedField[] => entry.changes.map((change) => ({ entry, change }));
const rowId = ({ entry: { at, by, workload }, change }: ChangedField): string => JSON.stringify([at, by?.id, workload, change.field, change.from, change.to]);
/** A value in a file: text as it is, anything else as the API writes it, nothing where there was none. */
const plain = (value: unknown): string | null => (value === null || typeof value === 'string' ? value : JSON.stringify(value));

/** What changed, field by field, by whom, and a way to look at the workload as it was known at any moment. */
export function HistoryTab() {
  const { t } = useLingui();
  const format = useFormat();
  const travel = useTravel();
  const { workload, asOf } = useWorkload();
  const pages = historyPage(workload.key, asOf);
  const list = usePagedList<HistoryEntry>(pages);
  const columns: readonly ExportedColumn<ChangedField>[] = [
    { id: 'at', header: t`When`, exported: ({ entry }) => entry.at }, { id: 'by', header: t`Who`, exported: ({ entry }) => entry.by?.name ?? null }, { id: 'workload', header: t`Workload`, exported: ({ entry }) => entry.workload },
    { id: 'field', header: t`Field`, exported: ({ change }) => change.field }, { id: 'from', header: t`Before`, exported: ({ change }) => plain(change.from) }, { id: 'to', header: t`After`, exported: ({ change }) => plain(change.to) },
  ];
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of joined(list.rows)) {
    const day = format.day(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <div className={classes.tab}>
      <TimeMachine />
      <Panel title={t`What changed`} description={t`Field by field, newest first. Nothing here can be edited or removed.`}
        actions={list.rows.length > 0 ? <TableExport<ChangedField> label={t`What changed`} file={`history-${workload.key}`} api={`/api/v1/workloads/${workload.key}/history`} columns={columns} rowId={rowId} fetchPage={spread(pages.fetchPage, changedFields)} total={null} asOf={asOf} size="compact-sm" /> : undefined}>
        {asOf === null ? null : <p className={classes.later}><MeaningBadge meaning="information"><Trans>Any later changes were not known then and are not shown.</Trans></MeaningBadge></p>}
        {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
        {list.loading ? <TableSkeleton rows={6} columns={3} /> : null}
        {!list.loading && !list.error && list.rows.length === 0 && !list.hasMore ? <EmptyState title={t`Nothing had changed by then`} /> : null}
        {[...days].map(([day, ofDay]) => (
          <section key={day} className={classes.day} aria-label={day}>
            <h3 className={classes.dayName}>{day}</h3>
            {ofDay.map((entry, index) => <Entry key={`${entry.at} ${index}`} entry={entry} own={workload.key} onLook={() => travel(entry.at)} />)}
          </section>
        ))}
        {list.hasMore ? <Button variant="default" size="compact-sm" onClick={list.loadMore} loading={list.loadingMore}>{t`Show earlier changes`}</Button> : null}
      </Panel>
    </div>
  );
}

/** Acts of one person at one instant are one entry: registering writes many parts. */
function joined(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const result: HistoryEntry[] = [];
  for (const entry of entries) {
    const last = result.at(-1);
    if (last && last.at === entry.at && last.by?.id === entry.by?.id && last.workload === entry.workload) result[result.length - 1] = { ...last, changes: [...last.changes, ...entry.changes] };
    else result.push(entry);
  }
  return result;
}

function Entry({ entry, own, onLook }: { entry: HistoryEntry; own: string; onLook: () => void }) {
  const { t } = useLingui();
  const nameOf = useFieldWords();
  const textOf = useValueWords();
  const { asOf } = useWorkload();
  const merged = entry.workload === own ? null : entry.workload;
  return (
    <article className={classes.entry}>
      <header className={classes.head}>
        <Instant at={entry.at} />
        {entry.by?.type === 'system' ? <span className={classes.dim}>{t`by Roster itself`}</span> : entry.by ? <Person name={entry.by.name} /> : <span className={classes.dim}>{t`who is in the trail`}</span>}
        {merged ? <MeaningBadge meaning="information" plain><Trans>of {merged}, which was merged into this</Trans></MeaningBadge> : null}
        {asOf === entry.at ? null : <Button variant="subtle" size="compact-xs" className={`${classes.look} r-no-print`} onClick={onLook}>{t`Look at this moment`}</Button>}
      </header>
      <HistoryDiff changes={entry.changes} nameOf={nameOf} textOf={textOf} />
    </article>
  );
}

/** Chooses the moment that the whole frame looks at. */
function TimeMachine() {
  const { t } = useLingui();
  const { timeZone, instant } = useFormat();
  const { asOf } = useWorkload();
  const travel = useTravel();
  const [local, setLocal] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const go = async (): Promise<void> => {
    if (local === '') return setRefusal(t`Choose a date and a time.`);
    const at = await instantOfLocal(local, timeZone);
    if (Date.parse(at) > serviceNow().getTime()) return setRefusal(t`This is in the future. Choose a moment that has passed.`);
    return travel(at);
  };
  const then = asOf === null ? '' : instant(asOf);
  return (
    <Panel title={asOf === null ? t`Look at the past` : t`As known on ${then}`} description={asOf === null ? t`Every tab, the inventory, the reviews and the heatmap show what was known at that moment. Pages without a past say that they show now. Nothing can be changed meanwhile.` : t`You can choose another moment, or return.`}>
      <form className="r-no-print" onSubmit={(event) => { event.preventDefault(); go().catch(toast.failed); }} noValidate>
        <Group align="flex-end" gap="sm">
          <TextInput type="datetime-local" label={t`Moment`} description={<Trans>Time of {timeZone}</Trans>} value={local} error={refusal} onChange={(event) => { setLocal(event.currentTarget.value); setRefusal(null); }} />
          <Button type="submit" size="sm" leftSection={<IconClockSearch size={16} />}>{t`Look at this moment`}</Button>
          {asOf === null ? null : <Button size="sm" variant="default" onClick={() => travel(null)}>{t`Return to now`}</Button>}
        </Group>
      </form>
    </Panel>
  );
}
