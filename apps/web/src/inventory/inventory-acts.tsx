import { useLingui } from '@lingui/react/macro';
import type { DataColumn, RowSelection } from '@roster/ui';
import { useNavigate } from '@tanstack/react-router';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { ActButton } from '../session/act-button.js';
import type { WorkloadItem } from './inventory.queries.js';
import type { ViewState } from './view-state.js';

/** What can be done with the inventory as a whole. */
export function InventoryActs(_props: { query: string; state: ViewState; columns: readonly DataColumn<WorkloadItem>[]; total: number | null }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <>
      <ActButton permission="inventory:import:run" variant="default" leftSection={<IconFileImport size={14} />} onClick={() => void navigate({ to: '/inventory/import' })}>{t`Import`}</ActButton>
      <ActButton permission="inventory:workload:create" leftSection={<IconPlus size={14} />} onClick={() => void navigate({ to: '/inventory/register' })}>{t`Register a workload`}</ActButton>
    </>
  );
}

/** What can be done with the selected workloads. */
export function SelectionActs(_props: { query: string; selection: RowSelection; rows: readonly WorkloadItem[]; total: number | null; onDone: () => void }) {
  return null;
}
