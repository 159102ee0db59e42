import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { ProblemAlert, TextSkeleton, type GapNames } from '@roster/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { shownProblem } from '../api/problem.js';
import ActDialog from '../workload/acts/act-dialog.js';
import type { Act } from '../workload/acts/acts.js';
import { toast } from '../shell/toast.js';
import { WorkloadContext } from '../workload/workload-context.js';
import { classificationQuery, GAPS, workloadQuery } from '../workload/workload.queries.js';

/** The dialog of an act on a workload, away from its page: the workload is read for it. @param names of domains and requirements of its edition */
export default function GapAct({ workloadKey, act, names, onClose }: { workloadKey: string; act: Act; names: GapNames; onClose: () => void }) {
  const { t } = useLingui();
  const { data: workload, error, refetch } = useQuery(workloadQuery(workloadKey, null));
  const queries = useQueryClient();
  const close = (): void => {
    onClose();
    // Whoever asks for the stage of a workload has it evaluated again where something changed: what stands in its way is read after that.
    void queries.fetchQuery({ ...classificationQuery(workloadKey, null), staleTime: 0 }).catch(toast.failed).then(() => queries.invalidateQueries({ queryKey: GAPS }));
  };
  const page = useMemo(() => (workload ? { workload, classification: null, unread: 'pending', names, asOf: null, retired: workload.lifecycle === 'retired' } as const : null), [workload, names]);
  if (page) return <WorkloadContext value={page}><ActDialog act={act} onClose={close} /></WorkloadContext>;
  return (
    <Modal opened onClose={onClose} title={workloadKey} closeButtonProps={{ 'aria-label': t`Close` }}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : <TextSkeleton lines={4} />}
    </Modal>
  );
}
