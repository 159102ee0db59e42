import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';

/** Why two entries may mean the same workload, in words. */
export function useDuplicateWords(): (reasons: readonly string[]) => string {
  const { t } = useLingui();
  return useMemo(() => {
    const words: Readonly<Record<string, string>> = {
      similar_name_in_team: t`similar name in the same team`, similar_name: t`similar name`, same_repository: t`same repository`, same_interface: t`same interface`, same_model_and_purpose: t`same model and purpose`,
    };
    return (reasons) => reasons.map((reason) => words[reason] ?? reason).join(', ');
  }, [t]);
}
