import { useLingui } from '@lingui/react/macro';
import { selectedCount, type RowSelection } from '@roster/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconFileImport, IconPencil, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { ActButton } from '../session/act-button.js';
import { toSelection } from './bulk-edit/bulk-change.js';
import { INVENTORY, type WorkloadItem } from './inventory.queries.js';

const BulkEditDialog = lazy(() => import('./bulk-edit/bulk-edit-dialog.js'));

/** What can be done with the inventory as a whole. */
export function InventoryActs() {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <>
      <ActButton permission="inventory:import:run" variant="default" leftSection={<IconFileImport size={14} />} onClick={() => void navigate({ to: '/inventory/import' })}>{t`Import`}</ActButton>
      <ActButton permission="inventory:workload:create" leftSection={<IconPlus size={14} />} onClick={() => void navigate({ to: '/inventory/register' })}>{t`Register a workload`}</ActButton>
    </>
  );
}

/** What can be done with the selected workloads. @param total how many match the query, where it is known */
export function SelectionActs({ query, selection, rows, total }: { query: string; selection: RowSelection; rows: readonly WorkloadItem[]; total: number | null }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const chosen = toSelection(selection, query, rows);
  return (
    <>
      <ActButton permission="inventory:bulk-edit:run" size="compact-sm" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>{t`Change selected`}</ActButton>
      {editing && chosen !== null ? (
        <Suspense fallback={null}>
          <BulkEditDialog selection={chosen} count={selectedCount(selection, total ?? undefined) ?? null} onClose={() => setEditing(false)} onChanged={() => { void queries.invalidateQueries({ queryKey: INVENTORY }); void queries.invalidateQueries({ queryKey: ['workload'] }); }} />
        </Suspense>
      ) : null}
    </>
  );
}
