import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, requireIfMatch, RequirePermission, sendEntityTag } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CreateSavedViewDto, SavedViewDto, SavedViewsDto, UpdateSavedViewDto } from './saved-view.dto.js';
import { SavedViewService } from './saved-view.service.js';

const IF_MATCH = { name: 'If-Match', required: true, description: 'ETag the change is based on, or * for whatever is there.' } as const;

/** Views of the inventory. One string is the address of the page, the query of the list, of an export and of a selection. */
@ApiTags('Saved views')
@Controller('saved-views')
export class SavedViewController {
  constructor(private readonly views: SavedViewService) {}

  /** Lists every view the caller sees. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List views', description: 'Built-in views, your own, then shared ones. There are few enough to list them all.' })
  @ApiOkResponse({ type: SavedViewsDto })
  list(@CurrentCaller() caller: Caller): Promise<SavedViewsDto> {
    return this.views.list(caller);
  }

  /** Saves a view. */
  @Post()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Save a view', description: 'Personal unless `shared`, which needs inventory:view:share. The query is checked as the list checks it.' })
  @ApiCreatedResponse({ type: SavedViewDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'INVENTORY_VIEW_LIMIT_REACHED', 'ACCESS_PERMISSION_MISSING')
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateSavedViewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<SavedViewDto> {
    const view = await this.views.create(caller, body);
    sendEntityTag(reply, view.version ?? 1);
    return view;
  }

  /** One view. */
  @Get(':id')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read a view' })
  @ApiOkResponse({ type: SavedViewDto })
  @ApiProblems('INVENTORY_VIEW_NOT_FOUND')
  async get(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<SavedViewDto> {
    const view = await this.views.get(caller, id);
    if (view.version !== null) sendEntityTag(reply, view.version);
    return view;
  }

  /** Renames or changes a view. */
  @Patch(':id')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Change a view', description: 'Your own, or a shared one with inventory:view:share. Sharing needs that permission; making a shared one personal needs it too and is for whoever made it.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: SavedViewDto })
  @ApiProblems('INVENTORY_VIEW_NOT_FOUND', 'INVENTORY_VIEW_BUILT_IN', 'INVENTORY_VIEW_NOT_YOURS', 'INVENTORY_VIEW_LIMIT_REACHED', 'ACCESS_PERMISSION_MISSING', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_VERSION_CONFLICT')
  async update(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: UpdateSavedViewDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SavedViewDto> {
    const view = await this.views.update(caller, id, body, requireIfMatch(request));
    sendEntityTag(reply, view.version ?? 1);
    return view;
  }

  /** Deletes a view. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Delete a view', description: 'Workloads are not touched.' })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @ApiProblems('INVENTORY_VIEW_NOT_FOUND', 'INVENTORY_VIEW_BUILT_IN', 'ACCESS_PERMISSION_MISSING', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_VERSION_CONFLICT')
  remove(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.views.remove(caller, id, requireIfMatch(request));
  }
}
