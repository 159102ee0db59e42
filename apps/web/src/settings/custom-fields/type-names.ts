import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { CustomField } from '../settings.queries.js';

/** What a custom field accepts, in words. */
export function useTypeNames(): Readonly<Record<CustomField['type'], string>> {
  const { t } = useLingui();
  return useMemo(() => ({ text: t`Text`, number: t`Number`, boolean: t`Yes or no`, tri_state: t`Yes, no or unknown`, date: t`Date`, url: t`Web address`, choice: t`One of a list`, choices: t`Several of a list` }), [t]);
}
