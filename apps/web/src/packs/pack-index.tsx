import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { LifecycleMark, Panel, ProblemAlert, RiskTierMark, StageBadge, TableSkeleton, useFormat } from '@roster/ui';
import { IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { toast } from '../shell/toast.js';
import type { ExportedColumn } from '../table-export/exported-list.js';
import { TableExport } from '../table-export/table-export.js';
import { fetchPackIndex, type Pack, type PackIndexRow } from './packs.queries.js';
import classes from './packs.module.css';

const rowId = ({ id }: PackIndexRow): string => id;

/** The workloads a pack is about, as they were known at its instant; made to be printed. */
export function PackIndex({ pack, total }: { pack: Pack; total: number | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const fetchPage = (cursor: string | undefined, signal: AbortSignal) => fetchPackIndex(pack.id, cursor, signal);
  const list = usePagedList<PackIndexRow>({ queryKey: ['packs', pack.id, 'workloads'], fetchPage });
  const columns: readonly ExportedColumn<PackIndexRow>[] = [
    { id: 'name', header: t`Workload`, exported: (row) => row.name }, { id: 'key', header: t`Key`, exported: (row) => row.key }, { id: 'team', header: t`Team`, exported: (row) => row.team }, { id: 'stage', header: t`Stage`, exported: (row) => row.stage ?? 'unknown' },
    { id: 'tier', header: t`Risk tier`, exported: (row) => row.riskTier ?? 'unknown' }, { id: 'lifecycle', header: t`Lifecycle`, exported: (row) => row.lifecycle }, { id: 'evidence', header: t`Evidence`, exported: (row) => row.evidence },
  ];
  const [printing, setPrinting] = useState(false);
  const asked = useRef(false);
  const printAll = (): void => {
    setPrinting(true);
    asked.current = true;
    list.loadAll().catch((error: unknown) => { asked.current = false; toast.failed(error); }).finally(() => setPrinting(false));
    if (!list.hasMore) printAsked();
  };
  const printAsked = (): void => {
    if (!asked.current) return;
    asked.current = false;
    print();
  };
  // The last rows have to stand in the page before it is put on paper.
  const onWhole = useEffectEvent(printAsked);
  useEffect(() => { if (!list.hasMore && list.rows.length > 0) onWhole(); }, [list.hasMore, list.rows.length]);
  const [shown, all] = [format.number(list.rows.length), format.number(total ?? list.rows.length)];
  return (
    <Panel title={t`Workloads in the pack`} flush actions={<><TableExport<PackIndexRow> label={t`Workloads in the pack`} file={`pack-workloads-${pack.id}`} api={`/api/v1/packs/${pack.id}/workloads`} columns={columns} rowId={rowId} fetchPage={fetchPage} total={total} asOf={pack.asOf} size="compact-sm" /><Button className="r-no-print" variant="default" size="compact-sm" leftSection={<IconPrinter size={15} aria-hidden />} loading={printing} disabled={list.loading || list.error !== null} onClick={printAll}>{t`Print the index`}</Button></>}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : list.loading ? <TableSkeleton rows={6} columns={6} /> : (
        <>
          <div className={classes.scroll}>
            <table className={classes.table}>
              <thead><tr><th scope="col">{t`Workload`}</th><th scope="col">{t`Key`}</th><th scope="col">{t`Team`}</th><th scope="col">{t`Stage`}</th><th scope="col">{t`Risk tier`}</th><th scope="col">{t`Lifecycle`}</th><th scope="col" className={classes.end}>{t`Evidence`}</th></tr></thead>
              <tbody>
                {list.rows.map((row) => (
                  <tr key={row.id}>
                    <td><Link to="/workloads/$key" params={{ key: row.key }} search={{ asOf: pack.asOf } as never}>{row.name}</Link></td><td><code>{row.key}</code></td><td>{row.team ?? '—'}</td>
                    <td><StageBadge stage={row.stage} hardening={row.hardening} /></td><td><RiskTierMark tier={row.riskTier} /></td><td><LifecycleMark lifecycle={row.lifecycle} /></td><td className={classes.end}>{format.number(row.evidence)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className={classes.foot}>
            <span>{list.hasMore ? t`${shown} of ${all}. The rest is not here yet: "Print the index" reads it before it prints.` : t`${shown} of ${all}`}</span>
            {list.hasMore ? <Button className="r-no-print" variant="default" onClick={list.loadMore} loading={list.loadingMore}>{t`Show more`}</Button> : null}
          </div>
        </>
      )}
    </Panel>
  );
}
