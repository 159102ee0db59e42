import type { GapNames } from '@roster/ui';
import { createContext, useContext } from 'react';
import type { Classification, Workload } from './workload.queries.js';

/** What every tab of a workload page stands on. */
export interface WorkloadOnPage {
  readonly workload: Workload;
  /** null when the workload had not been classified by the instant looked at, and while that is not known. */
  readonly classification: Classification | null;
  /** Why there is no classification to show, where that is not the answer: it is on its way, or could not be read. Null once the answer is here. */
  readonly unread: 'pending' | 'failed' | null;
  /** Names of domains and requirements of the edition it is measured against. */
  readonly names: GapNames;
  /** null for now. */
  readonly asOf: string | null;
  /** Nothing is changed any more: retired. */
  readonly retired: boolean;
}

export const WorkloadContext = createContext<WorkloadOnPage | null>(null);

/** The workload of this page. @throws Error outside the page of a workload */
export function useWorkload(): WorkloadOnPage {
  const found = useContext(WorkloadContext);
  if (!found) throw new Error('useWorkload needs the page of a workload above it');
  return found;
}
