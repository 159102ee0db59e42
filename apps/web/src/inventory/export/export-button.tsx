import { Button, Menu } from '@mantine/core';
import { i18n } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useFormat } from '@roster/ui';
import { IconDownload, IconFileTypeCsv, IconFileTypeXls } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { problemOf, useOperation } from '../../live/use-operation.js';
import { useAsOf } from '../../shell/as-of.js';
import { toast } from '../../shell/toast.js';

type Format = 'csv' | 'xlsx';

/**
 * Exports what the table shows: its rows, order and columns. The service writes the file; the button shows how far it is and downloads it when it is there.
 * @param query filters and q of the list
 * @param columns ids of the shown columns in their order
 */
export function ExportButton({ query, sort, columns, total }: { query: string; sort: string; columns: readonly string[]; total: number | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const asOf = useAsOf();
  const [href, setHref] = useState<string | null>(null);
  const operation = useOperation(href, () => setHref(null));
  const start = useMutation({
    mutationFn: (kind: Format) => bodyOf(api.POST('/api/v1/workload-exports', { body: { format: kind, query, sort, columns: [...columns], ...(asOf === null ? {} : { asOf }) } })),
    onSuccess: (accepted) => {
      setHref(accepted.href);
      handOver(accepted.href).catch(toast.failed);
    },
    onError: toast.failed,
  });
  const working = start.isPending || href !== null;
  const rows = total === null ? null : format.number(total);
  const done = format.number(operation?.progress?.done ?? 0);
  return (
    <Menu position="bottom-end" withinPortal disabled={working}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} aria-busy={working} title={rows === null ? t`As a file: what the table shows` : t`As a file: ${rows} rows, with the columns the table shows`}>{working ? <Trans>{done} rows written</Trans> : <Trans>Export</Trans>}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileTypeCsv size={15} />} onClick={() => start.mutate('csv')}><Trans>CSV for scripts and other systems</Trans></Menu.Item>
        <Menu.Item leftSection={<IconFileTypeXls size={15} />} onClick={() => start.mutate('xlsx')}><Trans>XLSX for Excel</Trans></Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Hands the file over when it is written, also to somebody who has gone on to another page meanwhile. */
async function handOver(href: string): Promise<void> {
  const { untilEnded } = await import('../../live/until-ended.js');
  const ended = await untilEnded(href);
  if (ended.status !== 'succeeded') throw problemOf(ended);
  const { progress } = ended;
  const rows = progress?.done ?? 0;
  download(`${href}/content`);
  toast.done({ message: i18n._(msg`${plural(rows, { one: '# row is in the file', other: '# rows are in the file' })}`) });
}

/** The browser asks for the file by itself and saves it under the name the service gives it. */
function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
