import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, requireIfMatch, RequirePermission, sendEntityTag } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CreateCustomFieldDto, CustomFieldDto, CustomFieldPageDto, UpdateCustomFieldDto } from './custom-field.dto.js';
import { CUSTOM_FIELD_LIST, CustomFieldService } from './custom-field.service.js';

/** Fields an organization defines for its workloads. */
@ApiTags('Custom fields')
@Controller('custom-fields')
export class CustomFieldController {
  constructor(private readonly fields: CustomFieldService) {}

  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List custom fields' })
  @ApiListQuery(CUSTOM_FIELD_LIST)
  @ApiOkResponse({ type: CustomFieldPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<CustomFieldDto>> {
    return this.fields.list(caller, query);
  }

  @Post()
  @RequirePermission('inventory:custom-field:manage')
  @ApiOperation({ summary: 'Define a custom field', description: 'Key and type never change. A filterable field is indexed at once.' })
  @ApiCreatedResponse({ type: CustomFieldDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'INVENTORY_CUSTOM_FIELD_TAKEN')
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateCustomFieldDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<CustomFieldDto> {
    const field = await this.fields.create(caller, body);
    sendEntityTag(reply, field.version);
    return field;
  }

  @Get(':field')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read a custom field' })
  @ApiOkResponse({ type: CustomFieldDto })
  @ApiProblems('INVENTORY_CUSTOM_FIELD_NOT_FOUND')
  async get(@CurrentCaller() caller: Caller, @Param('field') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<CustomFieldDto> {
    const field = await this.fields.get(caller, key);
    sendEntityTag(reply, field.version);
    return field;
  }

  @Patch(':field')
  @RequirePermission('inventory:custom-field:manage')
  @ApiOperation({ summary: 'Change or archive a custom field', description: 'Needs If-Match. An archived field takes no new values; what workloads have stays.' })
  @ApiOkResponse({ type: CustomFieldDto })
  @ApiProblems('INVENTORY_CUSTOM_FIELD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_VERSION_CONFLICT')
  async update(@CurrentCaller() caller: Caller, @Param('field') key: string, @Body() body: UpdateCustomFieldDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<CustomFieldDto> {
    const field = await this.fields.update(caller, key, body, requireIfMatch(request));
    sendEntityTag(reply, field.version);
    return field;
  }
}
