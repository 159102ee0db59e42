import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { type Caller, isId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListQuery, type ListSpec, type Page, readListQuery, toPage } from '@roster/platform-http';
import { stringify } from 'csv-stringify';
import { filterValues } from '../workload/filter-values.js';
import { errorText } from './outcome-message.js';
import { ImportDuplicateRepository } from './import-duplicate.repository.js';
import type { ImportCausesDto, ImportDuplicateDto, ImportIssueDto, ImportRowDto, ImportTargetsDto, WorkloadImportDto, WorkloadImportSummaryDto } from './workload-import.dto.js';
import { IMPORT_FIELDS } from './import-field.js';
import { MAX_REPLACEMENTS } from './import-options.js';
import { IMPORT_OUTCOMES, IMPORT_REASONS, IMPORT_ROLLBACKS, IMPORT_STATES } from './import-state.js';
import { toCause, toDuplicate, toImport, toImportRow, toImportSummary, toIssue, toTarget } from './workload-import.mapper.js';
import { type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';

export const IMPORT_LIST: ListSpec = { filters: ['state'], sorts: ['-createdAt'] };
export const IMPORT_ISSUE_LIST: ListSpec = { filters: ['severity', 'code'], sorts: ['ordinal'], oneWay: true, uncounted: true };
export const IMPORT_DUPLICATE_LIST: ListSpec = { filters: [], sorts: ['-score'], oneWay: true, uncounted: true };
export const IMPORT_ROW_LIST: ListSpec = { filters: ['outcome', 'reason', 'rollback'], sorts: ['line'], oneWay: true, uncounted: true };

type RawQuery = Record<string, string | string[]>;
const FIRST_ISSUES = 20;
const CAUSE_EXAMPLES = 20;
/** As many decisions as the options of an import take. */
const MAX_DUPLICATE_DECISIONS = 10_000;
const REJECTED_BATCH = 500;
/** Columns that `rejected.csv` adds; a later import of that file leaves them out. */
export const REJECTED_COLUMNS = ['_line', '_error'] as const;

const numberCursor = (query: ListQuery): number | null => cursorOf(query, ['integer'])?.[0] ?? null;

/** Reads imports: where they stand, what is wrong, and what became of each row. */
@Injectable()
export class WorkloadImportService {
  constructor(private readonly access: Access, private readonly imports: WorkloadImportRepository, private readonly found: ImportDuplicateRepository) {}

  async list(caller: Caller, raw: RawQuery): Promise<Page<WorkloadImportSummaryDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, IMPORT_LIST);
    const states = filterValues(query, 'state', IMPORT_STATES);
    const rows = await this.imports.page(scope, { states, after: cursorOf(query, ['instant', 'id']), descending: query.sort.descending, limit: query.limit });
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], toImportSummary, query.count ? await this.imports.count(scope, states) : undefined);
  }

  /** @throws INVENTORY_IMPORT_NOT_FOUND */
  async read(caller: Caller, id: string): Promise<WorkloadImportDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const row = await this.require(scope, id);
    return toImport(row, await this.issuePage(scope, id, readListQuery({ limit: String(FIRST_ISSUES) }, IMPORT_ISSUE_LIST)));
  }

  /** @throws INVENTORY_IMPORT_NOT_FOUND */
  async issues(caller: Caller, id: string, raw: RawQuery): Promise<Page<ImportIssueDto> & { items: ImportIssueDto[] }> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, IMPORT_ISSUE_LIST);
    await this.require(scope, id);
    return this.issuePage(scope, id, query);
  }

  /** @throws INVENTORY_IMPORT_NOT_FOUND */
  async causes(caller: Caller, id: string): Promise<ImportCausesDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const row = await this.require(scope, id);
    // As many as the options still take.
    const causes = await this.imports.causes(scope, id, CAUSE_EXAMPLES, Math.max(0, MAX_REPLACEMENTS - (row.options.replacements?.length ?? 0)));
    const decisions = Math.max(0, MAX_DUPLICATE_DECISIONS - (row.options.duplicates?.length ?? 0));
    const duplicates = causes.some(({ code }) => code === 'likely_duplicate') ? await this.found.page(scope, id, { after: null, limit: decisions }) : [];
    return { items: causes.map((cause) => (cause.code === 'likely_duplicate' ? toCause(cause, row.format, duplicates.slice(0, decisions)) : toCause(cause, row.format))) };
  }

  /** New rows that may be the same as something, most likely first. @throws INVENTORY_IMPORT_NOT_FOUND */
  async duplicates(caller: Caller, id: string, raw: RawQuery): Promise<Page<ImportDuplicateDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, IMPORT_DUPLICATE_LIST);
    await this.require(scope, id);
    const rows = await this.found.page(scope, id, { after: cursorOf(query, ['number', 'integer']), limit: query.limit });
    return toPage(rows, query, (row) => [row.rank, row.line], toDuplicate);
  }

  /** Where a column can go, custom fields of the organization included. */
  async targets(caller: Caller): Promise<ImportTargetsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const custom = (await this.imports.customFields(scope)).filter(({ archived }) => !archived);
    return { items: [...IMPORT_FIELDS.map(toTarget), ...custom.map(({ key, label, choices }) => ({ name: `custom.${key}`, label, kind: 'custom', values: [...choices] }))] };
  }

  /** @throws INVENTORY_IMPORT_NOT_FOUND */
  async rows(caller: Caller, id: string, raw: RawQuery): Promise<Page<ImportRowDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, IMPORT_ROW_LIST);
    await this.require(scope, id);
    const filter = { outcomes: filterValues(query, 'outcome', IMPORT_OUTCOMES), reasons: filterValues(query, 'reason', IMPORT_REASONS), rollbacks: filterValues(query, 'rollback', IMPORT_ROLLBACKS) };
    const rows = await this.imports.outcomes(scope, id, { ...filter, after: numberCursor(query), limit: query.limit });
    return toPage(rows, query, (row) => [row.line], toImportRow);
  }

  /**
   * The rejected rows with the columns of the file, the line and everything wrong with it. Cells that a spreadsheet would compute get an
   * apostrophe, which an import takes off again.
   * @throws INVENTORY_IMPORT_NOT_FOUND
   */
  async rejectedCsv(caller: Caller, id: string): Promise<{ readonly content: Readable; readonly fileName: string }> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const row = await this.require(scope, id);
    const columns = row.columns.map(({ column }) => column);
    const { imports } = this;
    const records = async function* (): AsyncGenerator<string[]> {
      yield [...columns, ...REJECTED_COLUMNS];
      for (let after = 0; ;) {
        const rejected = await imports.rejected(scope, id, after, REJECTED_BATCH);
        for (const { line, raw, ...why } of rejected) yield [...columns.map((_column, index) => raw[index] ?? ''), String(line), errorText(why)];
        const last = rejected.at(-1);
        if (!last || rejected.length < REJECTED_BATCH) return;
        after = last.line;
      }
    };
    const source = Readable.from(records());
    const content = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' });
    source.once('error', (error) => content.destroy(error));
    source.pipe(content);
    return { content, fileName: `${row.fileName.replace(/\.[^.]*$/, '')}-rejected.csv` };
  }

  /** The operation to watch, with the scope to watch it in. @throws INVENTORY_IMPORT_NOT_FOUND */
  async watch(caller: Caller, id: string): Promise<{ readonly scope: TenantScope; readonly operationId: string }> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { scope, operationId: (await this.require(scope, id)).operationId };
  }

  private async issuePage(scope: TenantScope, id: string, query: ListQuery): Promise<{ items: ImportIssueDto[]; nextCursor: string | null }> {
    const rows = await this.imports.issues(scope, id, { severities: filterValues(query, 'severity', ['error', 'warning']), codes: query.filters.get('code') ?? null, after: numberCursor(query), limit: query.limit });
    const page = toPage(rows, query, (row) => [row.ordinal], toIssue);
    return { items: [...page.items], nextCursor: page.nextCursor };
  }

  private async require(scope: TenantScope, id: string): Promise<WatchedImportRow> {
    const row = isId(id) ? await this.imports.find(scope, id) : null;
    if (!row) throw problem('INVENTORY_IMPORT_NOT_FOUND', `There is no import ${id}.`);
    return row;
  }
}
