import { ChoiceField, IdField, InstantField, IntegerField, JsonField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { MAX_QUERY } from '../saved-view/view-query.js';
import { EXPORT_FORMATS, USUAL_EXPORT_COLUMNS, type ExportFormat } from './export-column.js';

const BYTES = { min: 0, max: 9_007_199_254_740_991 };
const ROWS = { min: 0, max: 2_147_483_647 };

export class RequestExportDto {
  @ChoiceField(EXPORT_FORMATS, { description: 'csv: RFC 4180, UTF-8 with a byte order mark. xlsx: one sheet, texts as texts.' }) format!: ExportFormat;
  @TextField({ description: 'Query string of GET /workloads: filters and q. Empty = all.', min: 0, max: MAX_QUERY, optional: true }) query?: string;
  @TextField({ description: 'Order, as in GET /workloads.', max: 60, optional: true }) sort?: string;
  @TextsField({ description: `Columns in order: fields, owners.<role>, custom.<key>. Left out: ${USUAL_EXPORT_COLUMNS.join(', ')}.`, min: 1, max: 200, maxLength: 80, optional: true }) columns?: string[];
  @InstantField({ description: 'As it was known then.', optional: true, nullable: true }) asOf?: string | null;
}

export class ExportProgressDto {
  @IntegerField({ description: 'Rows written.', ...ROWS }) done!: number;
  @IntegerField({ description: 'Rows in all, once counted.', ...ROWS, nullable: true }) total!: number | null;
  @TextField({ description: 'What is counted.', max: 60 }) unit!: string;
}

export class WorkloadExportDto {
  @IdField({ description: 'Id.' }) id!: string;
  @ChoiceField(['queued', 'running', 'succeeded', 'failed', 'canceled'], { description: 'Of the work.' }) status!: string;
  @ObjectField(() => ExportProgressDto, { description: 'How far it is.' }) progress!: ExportProgressDto;
  @JsonField({ description: 'Why the work failed, as a problem document.', optional: true }) problem?: Record<string, unknown>;
  @ChoiceField(EXPORT_FORMATS, { description: 'Format.' }) format!: string;
  @TextField({ description: 'What was exported.', min: 0, max: MAX_QUERY }) query!: string;
  @TextField({ description: 'In which order.', max: 60 }) sort!: string;
  @TextsField({ description: 'Which columns.', max: 200 }) columns!: string[];
  @InstantField({ description: 'As it was known then; null = when it was written.', nullable: true }) asOf!: Date | null;
  @IntegerField({ description: 'Rows of the file, without the heading.', ...ROWS, nullable: true }) rows!: number | null;
  @IntegerField({ description: 'Size in bytes.', ...BYTES, nullable: true }) bytes!: number | null;
  @TextField({ description: 'SHA-256 of the file, hexadecimal.', nullable: true, max: 64 }) sha256!: string | null;
  @TextField({ description: 'Where to download it; null while there is no file, or not any more.', nullable: true, max: 300 }) content!: string | null;
  @InstantField({ description: 'When it was asked for.' }) createdAt!: Date;
  @InstantField({ description: 'When the file goes.' }) expiresAt!: Date;
}

export class WorkloadExportPageDto {
  @ObjectsField(() => WorkloadExportDto, { description: 'Your exports, newest first.' }) items!: WorkloadExportDto[];
  @TextField({ description: 'For the next page.', nullable: true, max: 2_000 }) nextCursor!: string | null;
}

export class ExportAcceptedDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Where to watch.', max: 300 }) href!: string;
}
