import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, OperationStream, readListQuery, RequirePermission, sendDownload } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { PackAcceptedDto, PackDto, PackIndexPageDto, PackPageDto, PackPreviewDto, RequestPackDto } from './pack.dto.js';
import { PACK_INDEX, PACK_LIST, PackService } from './pack.service.js';
import { PreviewPackUsecase } from './preview-pack.usecase.js';
import { RequestPackUsecase } from './request-pack.usecase.js';

/** Evidence packs (domain.md section 10). */
@ApiTags('Packs')
@Controller('packs')
export class PackController {
  constructor(private readonly requests: RequestPackUsecase, private readonly previews: PreviewPackUsecase, private readonly packs: PackService, private readonly operations: OperationStream) {}

  /** Asks for a pack. It is built in the background; the answer says where to watch it. */
  @Post()
  @HttpCode(202)
  @RequirePermission('packs:pack:build')
  @ApiOperation({ summary: 'Build an evidence pack', description: 'A signed BagIt archive that anybody can verify offline. The same request over the same data gives the same bytes.' })
  @ApiAcceptedResponse({ type: PackAcceptedDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'PACKS_SCOPE_AMBIGUOUS', 'PACKS_EDITION_NOT_ASSESSABLE', 'FRAMEWORKS_EDITION_NOT_FOUND')
  async request(@CurrentCaller() caller: Caller, @Body() body: RequestPackDto): Promise<PackAcceptedDto> {
    const { id } = await this.requests.request(caller, body);
    return { id, href: `/api/v1/packs/${id}` };
  }

  /** What a pack would hold, before it is built. Nothing is stored. */
  @Post('preview')
  @HttpCode(200)
  @RequirePermission('packs:pack:build')
  @ApiOperation({ summary: 'Preview an evidence pack', description: 'How many workloads, files and bytes a pack would hold and what would be left out, for the same body as POST /packs. Nothing is stored.' })
  @ApiOkResponse({ type: PackPreviewDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'PACKS_SCOPE_AMBIGUOUS', 'PACKS_EDITION_NOT_ASSESSABLE', 'FRAMEWORKS_EDITION_NOT_FOUND')
  preview(@CurrentCaller() caller: Caller, @Body() body: RequestPackDto): Promise<PackPreviewDto> {
    return this.previews.preview(caller, body);
  }

  /** Lists packs, newest first. */
  @Get()
  @RequirePermission('packs:pack:read')
  @ApiOperation({ summary: 'List packs', description: 'Newest first.' })
  @ApiListQuery(PACK_LIST)
  @ApiOkResponse({ type: PackPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>) {
    return this.packs.list(caller, readListQuery(raw, PACK_LIST));
  }

  /** A pack with its progress, and its result or problem when the work has ended. */
  @Get(':id')
  @RequirePermission('packs:pack:read')
  @ApiOperation({ summary: 'Get a pack' })
  @ApiOkResponse({ type: PackDto })
  @ApiProblems('PACKS_PACK_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<PackDto> {
    return this.packs.read(caller, id);
  }

  /** The workloads a pack is about, in the order of keys. */
  @Get(':id/workloads')
  @RequirePermission('packs:pack:read')
  @ApiOperation({ summary: 'List the workloads of a pack', description: 'As they were known at the instant of the pack, in the order of keys.' })
  @ApiListQuery(PACK_INDEX)
  @ApiOkResponse({ type: PackIndexPageDto })
  @ApiProblems('PACKS_PACK_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  workloads(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() raw: Record<string, string | string[]>) {
    return this.packs.index(caller, id, readListQuery(raw, PACK_INDEX));
  }

  /** Server-sent events of its progress: `progress` whenever it changes, `end` once. */
  @Get(':id/events')
  @RequirePermission('packs:pack:read')
  @ApiOperation({ summary: 'Watch a pack being built', description: 'Server-sent events: `progress` whenever it changes, `end` once.' })
  @ApiProduces('text/event-stream')
  @ApiProblems('PACKS_PACK_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.operations.send(await this.packs.watch(caller, id), id, reply);
  }

  /** Streams the finished archive. */
  @Get(':id/content')
  @RequirePermission('packs:pack:read')
  @ApiOperation({ summary: 'Download a pack', description: 'The archive. Verify it with `roster pack verify <file>`, or follow VERIFY.md inside.' })
  @ApiProduces('application/zip')
  @ApiOkResponse({ content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems('PACKS_PACK_NOT_FOUND', 'PACKS_PACK_NOT_READY', 'PACKS_PACK_FAILED')
  async content(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { stream, ...file } = await this.packs.content(caller, id);
    await sendDownload(reply, stream, { ...file, mediaType: 'application/zip' });
  }
}
