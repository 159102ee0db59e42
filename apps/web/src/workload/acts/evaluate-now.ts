import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { toast } from '../../shell/toast.js';
import { classificationQuery, useWorkloadChanged } from '../workload.queries.js';

/** Has the workload evaluated now, and stored even when the answer is the same as before. */
export function useEvaluateNow(key: string) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const changed = useWorkloadChanged(key);
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/workloads/{key}/classification', { params: { path: { key } } })),
    onSuccess: async (result) => {
      const before = queries.getQueryData(classificationQuery(key, null).queryKey);
      queries.setQueryData(classificationQuery(key, null).queryKey, result);
      toast.done({ message: before && before.stage === result.stage && before.hardening === result.hardening ? t`Evaluated: the stage is the same as before` : t`Evaluated: the stage has changed` });
      await changed();
    },
    onError: toast.failed,
  });
}
