import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { ExportedAs } from './export-dialog.js';
import { linesOf, type ExportedList } from './exported-list.js';

/** Most lists are never exported: the writer is fetched with the first click. */
const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.js')).ExportDialog }));

/** What a list needs to be exported. */
export interface TableExportProps<Row> extends ExportedList<Row>, Omit<ExportedAs, 'asOf'> {
  /** The list, as its table is called. */
  readonly label: string;
  readonly asOf?: string | null;
  readonly size?: 'xs' | 'compact-sm' | 'compact-xs';
}

/** Exports what is seen: every row that matches, with the columns that are shown. What one may read one may export. */
export function TableExport<Row>({ label, file, api, total, asOf = null, size = 'xs', ...list }: TableExportProps<Row>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} variant="default" className="r-no-print" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => setOpen(true)}><Trans>Export</Trans></Button>
      {open ? <Suspense><ExportDialog label={label} file={file} api={api} total={total} asOf={asOf} source={linesOf(list)} onClose={() => setOpen(false)} /></Suspense> : null}
    </>
  );
}
