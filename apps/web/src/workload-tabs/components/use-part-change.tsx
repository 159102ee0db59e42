import { bodyOf } from '@roster/api-client';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { isStale } from '../../api/problem.js';
import { mergeItem, settleItem, withChange, type ItemChange, type ItemClash } from '../../forms/list-merge.js';
import type { Side } from '../../forms/versions.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import { PartClash } from './part-clash.js';
import { PARTS, type Parts } from './part.js';

type Kept = Side | Readonly<Record<string, Side>> | null;

/**
 * Changes one item of a part of the workload on this page. What somebody else did meanwhile to other items, or to other fields of the same one,
 * stays; where both did something else to the same, the dialog asks.
 * @param items the part as it is on the page
 * @returns the mutation, which resolves to false when one's own change was dropped, and the dialog while there is something to ask
 */
export function usePartChange<Part extends keyof Parts>(part: Part, items: readonly Parts[Part][]): { change: UseMutationResult<boolean, Error, ItemChange<Parts[Part]>>; clash: ReactNode } {
  const { workload: { key, version } } = useWorkload();
  const changed = useWorkloadChanged(key);
  const queries = useQueryClient();
  const [clash, setClash] = useState<ItemClash<Parts[Part]> | null>(null);
  const settle = useRef<((kept: Kept) => void) | null>(null);
  const { keys, read, write } = PARTS[part];
  const ask = (about: ItemClash<Parts[Part]>): Promise<Kept> => new Promise((resolve) => {
    settle.current = resolve;
    setClash(about);
  });
  const change = useMutation({
    mutationFn: async (wanted: ItemChange<Parts[Part]>): Promise<boolean> => {
      try {
        await write(key, version, withChange(items, wanted));
        return true;
      } catch (error) {
        if (!isStale(error)) throw error;
      }
      // The version first: what is changed after it refuses the write once more.
      const now = await bodyOf(api.GET('/api/v1/workloads/{key}', { params: { path: { key } } }));
      const theirs = await read(key);
      const merge = mergeItem(items, theirs, wanted, keys);
      const kept = 'list' in merge ? 'mine' : await ask(merge.clash);
      if (kept === null) return false;
      await write(key, now.version, 'list' in merge ? merge.list : settleItem(theirs, merge.clash, kept));
      return true;
    },
    onSettled: () => Promise.all([changed(), queries.invalidateQueries({ queryKey: ['workload'] })]),
  });
  return {
    change,
    clash: clash === null ? null : <PartClash part={part} clash={clash} onSettle={(kept) => {
      setClash(null);
      settle.current?.(kept);
    }} />,
  };
}
