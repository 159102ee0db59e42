import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';

/**
 * A link to a workload for the cells of long tables. The router's own link listens to every change of the address, which is typed in the search box over
 * such a table; this one is drawn with its row.
 * @param workload key of the workload
 * @param asOf the instant the frame looks at; null for now
 */
export function WorkloadLink({ workload, asOf, className }: { workload: string; asOf: string | null; className?: string | undefined }) {
  const router = useRouter();
  const open = (event: MouseEvent) => {
    // With a key held or another button the browser opens it where the person wants it.
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: '/workloads/$key', params: { key: workload }, search: (asOf === null ? {} : { asOf }) as never });
  };
  return <a href={`/workloads/${encodeURIComponent(workload)}${asOf === null ? '' : `?asOf=${encodeURIComponent(asOf)}`}`} className={className} onClick={open}>{workload}</a>;
}
