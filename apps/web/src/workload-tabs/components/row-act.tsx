import { ActionIcon, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useMay } from '../../session/may.js';
import { useWorkload } from '../../workload/workload-context.js';

/** What changing a part of a workload takes. */
export const PERMISSION = 'inventory:workload:update';

/** Why nothing about the workload is changed any more; null while it may be. */
export const useRefusal = (): string | null => {
  const { t } = useLingui();
  return useWorkload().retired ? t`The workload is retired; nothing is changed any more.` : null;
};

/** An icon that does something to one row; who may not reads why. */
export function RowAct({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  const { allowed, why } = useMay(PERMISSION);
  const refusal = useRefusal() ?? (allowed ? null : why);
  return <Tooltip label={refusal ?? label} multiline maw={300}><ActionIcon size={24} aria-label={label} aria-disabled={refusal ? true : undefined} data-disabled={refusal ? true : undefined} onClick={refusal ? undefined : onClick}>{children}</ActionIcon></Tooltip>;
}
