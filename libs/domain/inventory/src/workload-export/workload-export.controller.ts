import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, OperationStream, RequirePermission, sendDownload } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { ExportAcceptedDto, RequestExportDto, WorkloadExportDto, WorkloadExportPageDto } from './workload-export.dto.js';
import { EXPORT_LIST, WorkloadExportService } from './workload-export.service.js';

/** Exports of exactly the rows and columns that a list shows. */
@ApiTags('Exports')
@Controller('workload-exports')
export class WorkloadExportController {
  constructor(private readonly exports: WorkloadExportService, private readonly stream: OperationStream) {}

  /** Asks for an export. */
  @Post()
  @HttpCode(202)
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Export workloads', description: 'Exactly the rows, order and columns of a list, as a file that is kept for a day. It stands in the trail. Cells that a spreadsheet would compute are made texts.' })
  @ApiAcceptedResponse({ type: ExportAcceptedDto, description: 'Accepted; watch `href` or `href/events`.' })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  request(@CurrentCaller() caller: Caller, @Body() body: RequestExportDto): Promise<ExportAcceptedDto> {
    return this.exports.request(caller, body);
  }

  /** Lists one's own exports. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List your exports', description: 'Newest first.' })
  @ApiListQuery(EXPORT_LIST)
  @ApiOkResponse({ type: WorkloadExportPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<WorkloadExportDto>> {
    return this.exports.list(caller, query);
  }

  /** One export. */
  @Get(':id')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read an export', description: 'How far it is, and where to download it.' })
  @ApiOkResponse({ type: WorkloadExportDto })
  @ApiProblems('INVENTORY_EXPORT_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<WorkloadExportDto> {
    return this.exports.read(caller, id);
  }

  /** Progress as server-sent events. */
  @Get(':id/events')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Watch an export', description: 'Server-sent events: `progress` on every change, `end` once.' })
  @ApiProduces('text/event-stream')
  @ApiProblems('INVENTORY_EXPORT_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { scope, operationId } = await this.exports.watch(caller, id);
    await this.stream.send(scope, operationId, reply);
  }

  /** The file. */
  @Get(':id/content')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Download an export' })
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @ApiProblems('INVENTORY_EXPORT_NOT_FOUND', 'INVENTORY_EXPORT_NOT_READY')
  async content(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { content, ...file } = await this.exports.content(caller, id);
    sendDownload(reply, content, file);
  }
}
