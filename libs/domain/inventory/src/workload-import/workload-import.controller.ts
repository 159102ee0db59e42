import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, OperationStream, receiveUpload, RequirePermission, sendDownload } from '@roster/platform-http';
import { FileStorage } from '@roster/platform-storage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeImportUsecase } from './change-import.usecase.js';
import { RereadImportUsecase } from './reread-import.usecase.js';
import { StartImportUsecase } from './start-import.usecase.js';
import { ImportAcceptedDto, ImportCausesDto, ImportDuplicateDto, ImportDuplicatePageDto, ImportIssueDto, ImportIssuePageDto, ImportOptionsDto, ImportRowDto, ImportRowPageDto, ImportTargetsDto, WorkloadImportDto, WorkloadImportPageDto, WorkloadImportSummaryDto } from './workload-import.dto.js';
import { IMPORT_DUPLICATE_LIST, IMPORT_ISSUE_LIST, IMPORT_LIST, IMPORT_ROW_LIST, WorkloadImportService } from './workload-import.service.js';

const ACCEPTED = { type: ImportAcceptedDto, description: 'Accepted; watch `href` or `href/events`.' };

/** Imports of workloads (domain.md section 3). */
@ApiTags('Imports')
@ApiExtraModels(ImportOptionsDto)
@Controller('workload-imports')
export class WorkloadImportController {
  constructor(
    private readonly imports: WorkloadImportService, private readonly starting: StartImportUsecase, private readonly changing: ChangeImportUsecase, private readonly rereading: RereadImportUsecase,
    private readonly storage: FileStorage, private readonly stream: OperationStream,
  ) {}

  /** Takes a file in and starts reading it. */
  @Post()
  @HttpCode(202)
  @RequirePermission('inventory:import:run')
  @ApiOperation({ summary: 'Import workloads', description: 'A CSV, XLSX, JSON (array of objects) or NDJSON file. Encoding, delimiter and columns are found out and can be stated in `options` (JSON text, see ImportOptionsDto). With `dryRun` nothing is changed; commit it afterwards.' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' }, options: { type: 'string', description: 'JSON text of the schema ImportOptionsDto.' } } } })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_BODY_TOO_LARGE', 'PLATFORM_MEDIA_TYPE_UNSUPPORTED', 'INVENTORY_IMPORT_FILE_EMPTY')
  async start(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<ImportAcceptedDto> {
    return this.starting.start(caller, await receiveUpload(request, this.storage, this.starting.maxBytes));
  }

  /** Lists imports. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List imports', description: 'Imports of the organization, newest first.' })
  @ApiListQuery(IMPORT_LIST)
  @ApiOkResponse({ type: WorkloadImportPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<WorkloadImportSummaryDto>> {
    return this.imports.list(caller, query);
  }

  /** What columns can fill. */
  @Get('fields')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List the fields an import can fill', description: 'Every field of a workload, with what its cells may say, and the custom fields of the organization.' })
  @ApiOkResponse({ type: ImportTargetsDto })
  fields(@CurrentCaller() caller: Caller): Promise<ImportTargetsDto> {
    return this.imports.targets(caller);
  }

  /** One import. */
  @Get(':id')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read an import', description: 'Where it stands, counts, where each column goes with confidence, warnings and the first groups of issues.' })
  @ApiOkResponse({ type: WorkloadImportDto })
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WorkloadImportDto> {
    return this.imports.read(caller, id);
  }

  /** Progress as server-sent events. */
  @Get(':id/events')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Watch an import', description: 'Server-sent events of the work that is running: `progress` on every change, `end` once.' })
  @ApiProduces('text/event-stream')
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { scope, operationId } = await this.imports.watch(caller, id);
    await this.stream.send(scope, operationId, reply);
  }

  /** Grouped issues. */
  @Get(':id/issues')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List the issues of an import', description: 'Equal issues once, with how many rows have them and the first lines; errors first.' })
  @ApiListQuery(IMPORT_ISSUE_LIST)
  @ApiOkResponse({ type: ImportIssuePageDto })
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  issues(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: Record<string, string | string[]>): Promise<Page<ImportIssueDto>> {
    return this.imports.issues(caller, id, query);
  }

  /** Issues by cause, with remedies. */
  @Get(':id/causes')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List the causes of the issues of an import', description: 'The same thing wrong in the same column once, with how many rows and values have it, and remedies that mend all of them at once.' })
  @ApiOkResponse({ type: ImportCausesDto })
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND')
  causes(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportCausesDto> {
    return this.imports.causes(caller, id);
  }

  /** What new rows may be the same as. */
  @Get(':id/duplicates')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List the likely duplicates of an import', description: 'New rows that may mean a workload of the inventory or the same as an earlier row, by the score that registering one is shown: similar name in the team, same repository or interface. Decide in `options.duplicates` when the file is read again.' })
  @ApiListQuery(IMPORT_DUPLICATE_LIST)
  @ApiOkResponse({ type: ImportDuplicatePageDto })
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  duplicates(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: Record<string, string | string[]>): Promise<Page<ImportDuplicateDto>> {
    return this.imports.duplicates(caller, id, query);
  }

  /** Reads the file again with other options. */
  @Post(':id/reread')
  @HttpCode(202)
  @RequirePermission('inventory:import:run')
  @ApiOperation({ summary: 'Read the file of an import again', description: 'With other options: another encoding, other columns, the remedies of its errors. Always a dry run, of an import of which nothing was written.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'INVENTORY_IMPORT_STATE_CONFLICT', 'INVENTORY_IMPORT_EXPIRED', 'PLATFORM_REQUEST_INVALID')
  reread(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: ImportOptionsDto): Promise<ImportAcceptedDto> {
    return this.rereading.reread(caller, id, body);
  }

  /** What became of each row. */
  @Get(':id/rows')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List the rows of an import', description: 'Every row of the file in its order, with what became of it and why.' })
  @ApiListQuery(IMPORT_ROW_LIST)
  @ApiOkResponse({ type: ImportRowPageDto })
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  rows(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: Record<string, string | string[]>): Promise<Page<ImportRowDto>> {
    return this.imports.rows(caller, id, query);
  }

  /** The rejected rows as a file to repair. */
  @Get(':id/rejected.csv')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Download the rejected rows', description: 'The columns of the file with `_line` and `_error` added. Repair it and import it again.' })
  @ApiProduces('text/csv')
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND')
  async rejected(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { content, fileName } = await this.imports.rejectedCsv(caller, id);
    sendDownload(reply, content, { fileName, mediaType: 'text/csv; charset=utf-8' });
  }

  /** Writes what a dry run showed. */
  @Post(':id/commit')
  @HttpCode(202)
  @RequirePermission('inventory:import:run')
  @ApiOperation({ summary: 'Commit an import', description: 'Writes what the dry run showed, planned anew because the inventory may have changed since.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'INVENTORY_IMPORT_STATE_CONFLICT', 'INVENTORY_IMPORT_EXPIRED')
  commit(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportAcceptedDto> {
    return this.changing.commit(caller, id);
  }

  /** Takes a whole import back. */
  @Post(':id/rollback')
  @HttpCode(202)
  @RequirePermission('inventory:import:run')
  @ApiOperation({ summary: 'Roll back an import', description: 'Workloads it created are withdrawn, those it changed are restored; whatever somebody changed since is left as it is and reported. Possible until `keptUntil`.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'INVENTORY_IMPORT_STATE_CONFLICT', 'INVENTORY_IMPORT_EXPIRED')
  rollBack(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportAcceptedDto> {
    return this.changing.rollBack(caller, id);
  }

  /** Stops an import that is being read. */
  @Post(':id/cancel')
  @HttpCode(202)
  @RequirePermission('inventory:import:run')
  @ApiOperation({ summary: 'Cancel an import', description: 'Stops an import that is still being read; nothing of it is written.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_IMPORT_NOT_FOUND', 'INVENTORY_IMPORT_STATE_CONFLICT')
  cancel(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportAcceptedDto> {
    return this.changing.cancel(caller, id);
  }
}
