import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, ProgressLine, useFormat, type ShownProblem } from '@roster/ui';
import { useEffect, useRef, useState } from 'react';
import { shownProblem } from '../api/problem.js';
import { toast } from '../shell/toast.js';
import { exportFileName } from './file-name.js';
import { EXPORT_ROWS, readLines, type LineSource } from './read-lines.js';
import { saveFile } from './save-file.js';
import classes from './table-export.module.css';

/** What is exported, as the dialog tells it. */
export interface ExportedAs {
  /** Start of the name of the file, in English. */
  readonly file: string;
  /** The list in the API, for what is more than a file takes: `/api/v1/reviews`. */
  readonly api: string;
  /** Rows that match, where that is known. */
  readonly total: number | null;
  /** The instant looked at, where the list has a past. */
  readonly asOf: string | null;
}

/**
 * Says what will be in the file, reads every page of the list, and saves it. While it reads it can be given up; nothing is saved before every row is here.
 * @param label the list, as its table is called
 */
export function ExportDialog({ label, source, file, api, total, asOf, onClose }: ExportedAs & { label: string; source: LineSource; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const [read, setRead] = useState<{ readonly rows: number; readonly of: number | null } | null>(null);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const giveUp = useRef<AbortController | null>(null);
  useEffect(() => () => giveUp.current?.abort(), []);
  // A button that waits loses the focus: it goes to what can be done meanwhile, and back when that is over.
  const reading = read !== null;
  const [begin, stop] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  useEffect(() => (reading ? stop : begin).current?.focus(), [reading, begin, stop]);

  const write = async (): Promise<void> => {
    const halt = new AbortController();
    giveUp.current = halt;
    setProblem(null);
    setRead({ rows: 0, of: total === null ? null : Math.min(total, EXPORT_ROWS) });
    try {
      const { content, rows, said, more } = await readLines(source, halt.signal, (done, of) => setRead({ rows: done, of: of === null ? null : Math.min(of, EXPORT_ROWS) }));
      saveFile(exportFileName(file, asOf, more ? rows : null), content);
      const before = format.number(said ?? 0);
      toast.done({
        message: more ? t`${plural(rows, { one: 'The first row is in the file: more match', other: 'The first # rows are in the file: more match' })}`
          : said !== null && said !== rows ? t`${plural(rows, { one: `# row is in the file. The list had ${before} when it began: it changed while it was read.`, other: `# rows are in the file. The list had ${before} when it began: it changed while it was read.` })}`
            : t`${plural(rows, { one: '# row is in the file', other: '# rows are in the file' })}`,
      });
      onClose();
    } catch (error) {
      // Who gives up has closed the dialog: there is nobody to tell.
      if (!halt.signal.aborted) setProblem(shownProblem(error));
    } finally {
      setRead(null);
    }
  };
  const most = format.number(EXPORT_ROWS);
  const matching = total === null ? null : format.number(total);
  const tooMany = total !== null && total > EXPORT_ROWS;
  const columns = source.header.join(', ');
  const then = asOf === null ? '' : format.instant(asOf);
  return (
    <Modal opened onClose={onClose} title={t`Export: ${label}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="sm">
        {tooMany ? (
          <Alert color="yellow" title={t`More than a file takes`}><Trans>{matching} rows match. The file takes the first {most} of them, in the order of the list. Filter the list for fewer, or read all of them through the API.</Trans></Alert>
        ) : (
          <p className={classes.text}>{total === null ? <Trans>Every row that matches goes into the file, not only those that are loaded.</Trans> : total === 0 ? <Trans>No row matches: there is nothing to export.</Trans>
            : <Plural value={total} one="# row matches and goes into the file." other="# rows match and go into the file, not only those that are loaded." />}</p>
        )}
        {asOf === null ? null : <p className={classes.text}><Trans>As known on {then}. The name of the file says so.</Trans></p>}
        <p className={classes.text}><Trans>Columns, in their order: {columns}</Trans></p>
        <p className={classes.dim}><Trans>A CSV in UTF-8: values as the API names them, unknown as unknown, instants with their zone. At most {most} rows fit; <code>GET {api}</code> gives more, page by page.</Trans></p>
        {problem === null ? null : <><ProblemAlert problem={problem} compact /><p className={classes.text} role="status"><Trans>A page of the list could not be read. No file was saved.</Trans></p></>}
        {read === null ? null : <ProgressLine done={read.rows} total={read.of} unit={t`rows`} label={t`Reading the list`} />}
        <Group justify="flex-end" gap="xs">
          <Button ref={stop} variant="default" onClick={onClose}>{read === null ? t`Close` : t`Stop, save nothing`}</Button>
          <Button ref={begin} data-autofocus loading={reading} disabled={total === 0} onClick={() => void write()}>{problem === null ? t`Save the CSV` : t`Try again`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
