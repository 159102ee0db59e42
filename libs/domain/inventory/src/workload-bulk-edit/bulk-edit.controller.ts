import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, OperationStream, RequirePermission } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { BulkEditAcceptedDto, BulkEditDto, BulkEditPageDto, BulkEditRowDto, BulkEditRowPageDto, PrepareBulkEditDto } from './bulk-edit.dto.js';
import { BULK_EDIT_LIST, BULK_EDIT_ROW_LIST, BulkEditService } from './bulk-edit.service.js';
import { PrepareBulkEditUsecase } from './prepare-bulk-edit.usecase.js';

const ACCEPTED = { type: BulkEditAcceptedDto, description: 'Accepted; watch `href` or `href/events`.' };

/** Changing many workloads at once: preview, commit, undo. */
@ApiTags('Bulk edits')
@Controller('workload-bulk-edits')
export class BulkEditController {
  constructor(private readonly edits: BulkEditService, private readonly preparing: PrepareBulkEditUsecase, private readonly stream: OperationStream) {}

  /** Shows what a change would do. */
  @Post()
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'Preview a bulk edit', description: 'Selects workloads by keys or by everything a query finds, and shows row by row what would change. Nothing is changed until it is committed. Needs inventory:workload:update too, and inventory:owner:assign to propose owners.' })
  @ApiCreatedResponse({ type: BulkEditDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'INVENTORY_BULK_EDIT_EMPTY', 'INVENTORY_BULK_EDIT_TOO_LARGE', 'ACCESS_PERMISSION_MISSING')
  prepare(@CurrentCaller() caller: Caller, @Body() body: PrepareBulkEditDto): Promise<BulkEditDto> {
    return this.preparing.prepare(caller, body);
  }

  /** Lists bulk edits. */
  @Get()
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'List bulk edits', description: 'Newest first.' })
  @ApiListQuery(BULK_EDIT_LIST)
  @ApiOkResponse({ type: BulkEditPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<BulkEditDto>> {
    return this.edits.list(caller, query);
  }

  /** One bulk edit. */
  @Get(':id')
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'Read a bulk edit', description: 'Where it stands, how far the work is, and how many rows have which outcome.' })
  @ApiOkResponse({ type: BulkEditDto })
  @ApiProblems('INVENTORY_BULK_EDIT_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<BulkEditDto> {
    return this.edits.read(caller, id);
  }

  /** Progress as server-sent events. */
  @Get(':id/events')
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'Watch a bulk edit', description: 'Server-sent events of the work that is running: `progress` on every change, `end` once.' })
  @ApiProduces('text/event-stream')
  @ApiProblems('INVENTORY_BULK_EDIT_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { scope, operationId } = await this.edits.watch(caller, id);
    await this.stream.send(scope, operationId, reply);
  }

  /** Row by row. */
  @Get(':id/rows')
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'List the rows of a bulk edit', description: 'What would change or was changed, field by field, why a row was refused or left alone, and what the undo did.' })
  @ApiListQuery(BULK_EDIT_ROW_LIST)
  @ApiOkResponse({ type: BulkEditRowPageDto })
  @ApiProblems('INVENTORY_BULK_EDIT_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  rows(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: Record<string, string | string[]>): Promise<Page<BulkEditRowDto>> {
    return this.edits.rows(caller, id, query);
  }

  /** Writes what the preview showed. */
  @Post(':id/commit')
  @HttpCode(202)
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'Commit a bulk edit', description: 'Each workload as if it were changed alone, with its trail entry and re-evaluation. One that somebody changed after the preview is left alone and reported.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_BULK_EDIT_NOT_FOUND', 'INVENTORY_BULK_EDIT_STATE_CONFLICT', 'ACCESS_PERMISSION_MISSING')
  commit(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<BulkEditAcceptedDto> {
    return this.edits.commit(caller, id);
  }

  /** Takes it back. */
  @Post(':id/undo')
  @HttpCode(202)
  @RequirePermission('inventory:bulk-edit:run')
  @ApiOperation({ summary: 'Undo a bulk edit', description: 'Restores what was there before wherever nobody changed anything since; the other rows are kept and say so.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('INVENTORY_BULK_EDIT_NOT_FOUND', 'INVENTORY_BULK_EDIT_STATE_CONFLICT', 'ACCESS_PERMISSION_MISSING')
  undo(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<BulkEditAcceptedDto> {
    return this.edits.undo(caller, id);
  }
}
