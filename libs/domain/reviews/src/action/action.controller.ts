import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, type Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, readListQuery, requireIfMatch, RequirePermission, sendEntityTag, type ListSpec, type Page } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActionDto, ActionPageDto, ChangeActionDto } from './action.dto.js';
import { toActionDto } from './action.mapper.js';
import { ActionService } from './action.service.js';
import { ChangeAction } from './change-action.usecase.js';

const LIST: ListSpec = { filters: ['status', 'workload', 'review', 'owner', 'overdue', 'dueBefore'], sorts: ['dueAt', 'updatedAt'] };

/** Follow-up work that came out of reviews. */
@ApiTags('Reviews')
@Controller('actions')
export class ActionController {
  constructor(private readonly actions: ActionService, private readonly changes: ChangeAction, private readonly clock: Clock) {}

  @Get()
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'List actions', description: 'Earliest due first. filter[owner]=me gives your own; filter[workload] takes a key or id.' })
  @ApiListQuery(LIST)
  @ApiOkResponse({ type: ActionPageDto })
  async list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<ActionDto>> {
    const page = await this.actions.list(caller, readListQuery(raw, LIST));
    return { ...page, items: page.items.map((action) => toActionDto(action, this.clock.now())) };
  }

  @Get(':id')
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'Read one action' })
  @ApiOkResponse({ type: ActionDto })
  @ApiProblems('REVIEWS_ACTION_NOT_FOUND')
  async find(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ActionDto> {
    const action = await this.actions.find(caller, id);
    sendEntityTag(reply, action.version);
    return toActionDto(action, this.clock.now());
  }

  @Patch(':id')
  @RequirePermission('reviews:action:update')
  @ApiOperation({ summary: 'Change an action', description: 'Needs If-Match with the ETag you read. done and dropped are final; whoever closed it may set it back to open or in_progress for 10 minutes.' })
  @ApiOkResponse({ type: ActionDto })
  @ApiProblems('REVIEWS_ACTION_NOT_FOUND', 'REVIEWS_ACTION_CLOSED', 'PLATFORM_REFERENCE_UNKNOWN', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_PRECONDITION_FAILED')
  async change(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body() body: ChangeActionDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ActionDto> {
    const action = await this.changes.change(caller, id, { ...body, dueAt: body.dueAt === undefined ? undefined : new Date(body.dueAt) }, requireIfMatch(request));
    sendEntityTag(reply, action.version);
    return toActionDto(action, this.clock.now());
  }
}
