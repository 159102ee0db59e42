import { writeFile } from 'node:fs/promises';
import { bodyOf, follow, type RosterClient, type Schemas } from '@roster/api-client';
import { Complaint, EXIT } from './complaint.js';
import { requireFile } from './local-file.js';
import { pairs, table, type Output } from './output.js';
import { fileForm } from './upload.js';

export interface ImportOptions {
  readonly dryRun?: boolean;
  /** `column=field`; an empty field leaves the column out. */
  readonly map: string[];
  /** `field=value` for rows that have none. */
  readonly default: string[];
  readonly upsertBy: string[];
  readonly unmapped?: 'custom' | 'ignore';
  readonly formulas?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  /** Where to keep the rejected rows. */
  readonly rejected?: string;
}
type Import = Schemas['WorkloadImportDto'];
const SOURCES: Record<string, string> = { stated: 'by you', fallback: 'no field fits' };

/** Splits at the last `=`, because headings may contain one and fields never do. */
export function parsePairs(option: string, texts: readonly string[], separator: 'first' | 'last'): Record<string, string> {
  return Object.fromEntries(texts.map((text) => {
    const at = separator === 'first' ? text.indexOf('=') : text.lastIndexOf('=');
    if (at < 1) throw new Complaint(`${option} ${text} has no name and value.`, `Write it as ${option} name=value.`, EXIT.usage);
    return [text.slice(0, at), text.slice(at + 1)];
  }));
}

function describe(view: Import, rejectedFile: string | undefined): string {
  const { result } = view;
  const lines: string[] = [];
  if (result) {
    lines.push(view.dryRun && view.state !== 'committed' ? `${result.total} rows read. Nothing has been written; this is what would happen:` : `${result.total} rows accounted for:`, pairs([
      ['  created', result.created], ['  updated', result.updated], ['  unchanged', result.unchanged], ['  merged', result.merged], ['  rejected', result.rejected],
    ]));
  }
  lines.push('', table(['Column', 'Field', 'Decided', 'Filled'], view.columns.map((column) => [column.column, column.field ?? '(not imported)', SOURCES[column.source] ?? `guessed, ${Math.round(column.confidence * 100)} % sure`, `${column.filled} of ${column.filled + column.blank}`])));
  for (const warning of view.warnings) lines.push('', `Note: ${warning.message} ${warning.remedy}`);
  if (view.issues.items.length > 0) {
    lines.push('', table(['Rows', 'Lines', 'Column', 'What', 'Remedy'], view.issues.items.map((issue) => [issue.rows, issue.lines.join(', '), issue.column, issue.message, issue.remedy])));
    if (view.issues.nextCursor) lines.push(`More issues: GET /api/v1/workload-imports/${view.id}/issues`);
  }
  if (rejectedFile) lines.push('', `The rejected rows are in ${rejectedFile}: repair them and import that file.`);
  if (view.dryRun && view.state !== 'committed') lines.push('', 'Run again without --dry-run to write.');
  else lines.push('', `Take it back with: roster import-rollback ${view.id}`);
  return lines.join('\n');
}

async function watch(client: RosterClient, id: string, what: string, output: Output): Promise<Import> {
  const bar = output.progress(what);
  try {
    return await follow(() => bodyOf(client.GET('/api/v1/workload-imports/{id}', { params: { path: { id } } })), ({ progress }) => bar.update(progress.done, progress.total, progress.unit));
  } finally {
    bar.stop();
  }
}
function requireSuccess(view: Import): void {
  if (view.status === 'succeeded') return;
  throw new Complaint(`The import ended as ${view.status}: ${String(view.problem?.['detail'] ?? 'no reason given')}`, 'Nothing has been written. Correct the file or the options and import it again.');
}

/** `roster import`: uploads, follows, and says what became of every row. @returns 1 when rows were rejected */
export async function importFile(client: RosterClient, file: string, options: ImportOptions, output: Output): Promise<number> {
  await requireFile(file);
  const mapping = Object.fromEntries(Object.entries(parsePairs('--map', options.map, 'last')).map(([column, field]) => [column, field === '' ? null : field]));
  const settings = {
    dryRun: options.dryRun ?? false, ...(options.map.length > 0 ? { mapping } : {}), ...(options.default.length > 0 ? { defaults: parsePairs('--default', options.default, 'first') } : {}),
    ...(options.upsertBy.length > 0 ? { upsertBy: options.upsertBy } : {}), unmapped: options.unmapped, formulas: options.formulas, encoding: options.encoding, delimiter: options.delimiter, sheet: options.sheet,
  };
  const uploading = output.progress('Uploading');
  const form = await fileForm(file, { options: JSON.stringify(settings) }, (done, total) => uploading.update(done, total, 'bytes'));
  const { id } = await bodyOf(client.POST('/api/v1/workload-imports', { body: { file }, bodySerializer: () => form.body, headers: form.headers, duplex: form.duplex })).finally(() => uploading.stop());
  const view = await watch(client, id, options.dryRun ? 'Reading' : 'Importing', output);
  requireSuccess(view);
  const rejected = view.result?.rejected ?? 0;
  if (options.rejected && rejected > 0) {
    await writeFile(options.rejected, await bodyOf(client.GET('/api/v1/workload-imports/{id}/rejected.csv', { params: { path: { id } }, parseAs: 'text' })));
  }
  output.result(view, () => describe(view, rejected > 0 ? options.rejected : undefined));
  return rejected > 0 ? EXIT.failed : EXIT.ok;
}

/** `roster import-rollback`: takes a whole import back. */
export async function rollBackImport(client: RosterClient, id: string, output: Output): Promise<number> {
  await bodyOf(client.POST('/api/v1/workload-imports/{id}/rollback', { params: { path: { id } } }));
  const view = await watch(client, id, 'Rolling back', output);
  requireSuccess(view);
  output.result(view, () => `Taken back: ${view.rollback?.withdrawn ?? 0} workloads withdrawn, ${view.rollback?.restored ?? 0} restored, ${view.rollback?.keptChangedSince ?? 0} left because somebody changed them since.`);
  return EXIT.ok;
}
