import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, readAsOf, readOptionalIfMatch, requireIfMatch, RequirePermission, sendEntityTag } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFactName } from '../fact/fact-name.js';
import { HistoryPageDto, type HistoryEntryDto } from '../history/history.dto.js';
import { HISTORY_LIST, HistoryService } from '../history/history.service.js';
import { MergeWorkloadUsecase } from './merge-workload.usecase.js';
import { RegisterWorkloadUsecase } from './register-workload.usecase.js';
import { RetireWorkloadDto } from './retire.dto.js';
import { RetireWorkloadUsecase } from './retire-workload.usecase.js';
import { UpdateWorkloadUsecase } from './update-workload.usecase.js';
import { DuplicatesDto, MergeWorkloadDto, RegisteredWorkloadDto, RegisterWorkloadDto, StateFactDto, UpdateWorkloadDto, WorkloadDto, WorkloadPageDto } from './workload.dto.js';
import { WORKLOAD_LIST } from './workload-list.js';
import { WorkloadService } from './workload.service.js';

const AS_OF = { name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' } as const;

/** The production-AI inventory (domain.md section 3). A workload is addressed by its key or its id. */
@ApiTags('Workloads')
@Controller('workloads')
export class WorkloadController {
  constructor(
    private readonly workloads: WorkloadService, private readonly registration: RegisterWorkloadUsecase, private readonly updates: UpdateWorkloadUsecase, private readonly retirement: RetireWorkloadUsecase,
    private readonly merging: MergeWorkloadUsecase, private readonly history: HistoryService,
  ) {}

  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List workloads', description: 'Typed filters: filter[field]=value, filter[field][op]=value with ne, lt, lte, gt, gte and empty=yes|no; unknown names what is not set, me yourself, now+30d and now-7d instants from now. Filters may be repeated (alternatives), negated with not:, or be "is empty" or "is not empty". Times take "next 30d", "last 7d", ">=2026-05-01", a day in UTC. Text search: every word must be part of name, key, team or business unit, or begin a word of purpose or description.' })
  @ApiListQuery(WORKLOAD_LIST)
  @ApiOkResponse({ type: WorkloadPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  async list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const page = await this.workloads.list(caller, query);
    void reply.type('application/json; charset=utf-8');
    return page;
  }

  @Post()
  @RequirePermission('inventory:workload:create')
  @ApiOperation({ summary: 'Register a workload', description: 'Six fields are required: name, kind, purpose, team, riskOwner, processesRealData. Likely duplicates are shown in the answer.' })
  @ApiCreatedResponse({ type: RegisteredWorkloadDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'INVENTORY_KEY_TAKEN')
  async register(@CurrentCaller() caller: Caller, @Body() body: RegisterWorkloadDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<RegisteredWorkloadDto> {
    const workload = await this.registration.register(caller, body);
    sendEntityTag(reply, workload.version);
    void reply.header('location', `/api/v1/workloads/${workload.key}`);
    return workload;
  }

  @Get(':key')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read a workload', description: 'With the provenance of its facts. The key of a merged workload leads to the one it was merged into.' })
  @ApiQuery(AS_OF)
  @ApiOkResponse({ type: WorkloadDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  async get(@CurrentCaller() caller: Caller, @Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply, @Query('asOf') asOf?: string): Promise<WorkloadDto> {
    const workload = await this.workloads.get(caller, key, readAsOf(asOf));
    if (asOf === undefined) sendEntityTag(reply, workload.version);
    return workload;
  }

  @Patch(':key')
  @RequirePermission('inventory:workload:update')
  @ApiOperation({ summary: 'Change a workload', description: 'Only the fields that are sent change; null clears one that may be empty. Facts are recorded as declared by you. Naming a risk owner proposes them.' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag the change is based on, or * for whatever is there.' })
  @ApiOkResponse({ type: WorkloadDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_WORKLOAD_FROZEN', 'INVENTORY_FACT_OVERRULED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_VERSION_CONFLICT')
  async update(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: UpdateWorkloadDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<WorkloadDto> {
    const workload = await this.updates.update(caller, key, body, requireIfMatch(request));
    sendEntityTag(reply, workload.version);
    return workload;
  }

  @Put(':key/facts/:fact')
  @RequirePermission('inventory:workload:update')
  @ApiOperation({ summary: 'State a fact', description: 'Declares a fact, or attests it as an accepted owner. An attested fact outweighs what anybody declares.' })
  @ApiOkResponse({ type: WorkloadDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_FACT_OVERRULED', 'INVENTORY_OWNER_NOT_YOURS', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_VERSION_CONFLICT')
  async stateFact(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('fact') fact: string, @Body() body: StateFactDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<WorkloadDto> {
    const workload = await this.updates.stateFact(caller, key, readFactName(fact), body);
    sendEntityTag(reply, workload.version);
    return workload;
  }

  @Post(':key/retire')
  @HttpCode(200)
  @RequirePermission('inventory:workload:retire')
  @ApiOperation({ summary: 'Retire a workload', description: 'Final: it keeps its history and is changed no more. Needs a reason and a decommission record.' })
  @ApiOkResponse({ type: WorkloadDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_VERSION_CONFLICT')
  async retire(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: RetireWorkloadDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<WorkloadDto> {
    const workload = await this.retirement.retire(caller, key, body, readOptionalIfMatch(request));
    sendEntityTag(reply, workload.version);
    return workload;
  }

  @Post(':key/merge')
  @HttpCode(200)
  @RequirePermission('inventory:workload:retire')
  @ApiOperation({ summary: 'Merge a duplicate', description: 'This workload disappears behind the other: its key leads there, what it alone says comes along, and both histories stay.' })
  @ApiOkResponse({ type: WorkloadDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_MERGE_CONFLICT', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_VERSION_CONFLICT')
  async merge(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: MergeWorkloadDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<WorkloadDto> {
    const workload = await this.merging.merge(caller, key, body, readOptionalIfMatch(request));
    sendEntityTag(reply, workload.version);
    return workload;
  }

  @Get(':key/duplicates')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Likely duplicates', description: 'Similar name in the team, same repository or endpoint, same model for the same purpose; with a score from 0 to 1.' })
  @ApiOkResponse({ type: DuplicatesDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND')
  duplicates(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<DuplicatesDto> {
    return this.workloads.duplicatesOf(caller, key);
  }

  @Get(':key/history')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'What changed', description: 'Field by field, newest first, owners, facts, components, relations and tool grants included.' })
  @ApiListQuery(HISTORY_LIST)
  @ApiOkResponse({ type: HistoryPageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  historyOf(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query() query: Record<string, string | string[]>): Promise<Page<HistoryEntryDto>> {
    return this.history.page(caller, key, query);
  }
}
