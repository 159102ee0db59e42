import { Body, Controller, Get, Param, Put, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, readAsOf, readOptionalIfMatch, RequirePermission } from '@roster/platform-http';
import type { FastifyRequest } from 'fastify';
import { ComponentPageDto, DeclaredComponentsDto, ReplaceComponentsDto, type ComponentDto } from '../component/component.dto.js';
import { COMPONENT_LIST, ComponentService } from '../component/component.service.js';
import { RelationsDto, ReplaceRelationsDto } from '../relation/relation.dto.js';
import { RelationService } from '../relation/relation.service.js';
import { ReplaceToolGrantsDto, ToolGrantsDto } from '../tool-grant/tool-grant.dto.js';
import { ToolGrantService } from '../tool-grant/tool-grant.service.js';

const AS_OF = { name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' } as const;

/** What belongs to a workload: components, relations, tool grants. If-Match takes the ETag of the workload and may be left out. */
@ApiTags('Workloads')
@Controller()
export class WorkloadPartController {
  constructor(private readonly components: ComponentService, private readonly relations: RelationService, private readonly grants: ToolGrantService) {}

  @Get('components')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List components', description: 'Every model, dataset, tool … of the organization, with how many workloads share it.' })
  @ApiListQuery(COMPONENT_LIST)
  @ApiOkResponse({ type: ComponentPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  listComponents(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<ComponentDto>> {
    return this.components.list(caller, query);
  }

  @Get('workloads/:key/components')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Components of a workload', description: 'The AI bill of materials.' })
  @ApiQuery(AS_OF)
  @ApiOkResponse({ type: DeclaredComponentsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  componentsOf(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('asOf') asOf?: string): Promise<DeclaredComponentsDto> {
    return this.components.of(caller, key, readAsOf(asOf));
  }

  @Put('workloads/:key/components')
  @RequirePermission('inventory:workload:update')
  @ApiOperation({ summary: 'Declare components', description: 'Makes the components exactly these. The same component of two workloads is one and shared.' })
  @ApiOkResponse({ type: DeclaredComponentsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_VERSION_CONFLICT')
  replaceComponents(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: ReplaceComponentsDto, @Req() request: FastifyRequest): Promise<DeclaredComponentsDto> {
    return this.components.replace(caller, key, body, readOptionalIfMatch(request));
  }

  @Get('workloads/:key/relations')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Relations of a workload', description: 'In both directions.' })
  @ApiQuery(AS_OF)
  @ApiOkResponse({ type: RelationsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  relationsOf(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('asOf') asOf?: string): Promise<RelationsDto> {
    return this.relations.of(caller, key, readAsOf(asOf));
  }

  @Put('workloads/:key/relations')
  @RequirePermission('inventory:workload:update')
  @ApiOperation({ summary: 'Relate workloads', description: 'Makes the relations that start from the workload exactly these.' })
  @ApiOkResponse({ type: RelationsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_VERSION_CONFLICT')
  replaceRelations(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: ReplaceRelationsDto, @Req() request: FastifyRequest): Promise<RelationsDto> {
    return this.relations.replace(caller, key, body, readOptionalIfMatch(request));
  }

  @Get('workloads/:key/tool-grants')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Tool grants of a workload', description: 'Which tools it may use, and how.' })
  @ApiQuery(AS_OF)
  @ApiOkResponse({ type: ToolGrantsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  toolGrantsOf(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('asOf') asOf?: string): Promise<ToolGrantsDto> {
    return this.grants.list(caller, key, readAsOf(asOf));
  }

  @Put('workloads/:key/tool-grants')
  @RequirePermission('inventory:workload:update')
  @ApiOperation({ summary: 'Grant tools', description: 'Makes the tool grants exactly these. During a freeze nothing is added or widened.' })
  @ApiOkResponse({ type: ToolGrantsDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_WORKLOAD_FROZEN', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_VERSION_CONFLICT')
  replaceToolGrants(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: ReplaceToolGrantsDto, @Req() request: FastifyRequest): Promise<ToolGrantsDto> {
    return this.grants.replace(caller, key, body, readOptionalIfMatch(request));
  }
}
