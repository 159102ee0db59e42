import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, readListQuery, RequirePermission } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TrailCheckpointDto, TrailConsistencyDto, TrailPageDto, TrailProofDto } from './trail.dto.js';
import { TRAIL_LIST, TrailService } from './trail.service.js';

/** Whether the client asks for text rather than JSON. */
const wantsText = (request: FastifyRequest): boolean => /^text\/plain\b/i.test(request.headers.accept?.trim() ?? '');

/** Routes of the trail. */
@ApiTags('Trail')
@Controller('trail')
export class TrailController {
  constructor(private readonly trail: TrailService) {}

  /** Lists what happened, newest first. Filters: workload (key or id), actor, action (exact, or `area.*`), object, objectType, since, until. */
  @Get()
  @RequirePermission('trail:entry:read')
  @ApiOperation({ summary: 'List trail entries', description: 'Newest first. `filter[action]` takes an exact action or a prefix such as `inventory.*`; `filter[since]` is inclusive, `filter[until]` exclusive.' })
  @ApiListQuery(TRAIL_LIST)
  @ApiOkResponse({ type: TrailPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>) {
    return this.trail.list(caller, readListQuery(raw, TRAIL_LIST));
  }

  /** The newest signed head of the tree, as JSON or, with `Accept: text/plain`, as the signed note itself. */
  @Get('checkpoint')
  @RequirePermission('trail:entry:read')
  @ApiOperation({ summary: 'Get the signed checkpoint', description: 'Keep it: a later consistency proof shows that nothing it covers was changed or removed.' })
  @ApiProduces('application/json', 'text/plain')
  @ApiOkResponse({ type: TrailCheckpointDto })
  @ApiProblems('TRAIL_CHECKPOINT_NOT_FOUND')
  async checkpoint(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<TrailCheckpointDto | string> {
    const checkpoint = await this.trail.checkpoint(caller);
    if (!wantsText(request)) return checkpoint;
    reply.type('text/plain; charset=utf-8');
    return checkpoint.note;
  }

  /** Proves that an entry is in the tree of the newest checkpoint; with `Accept: text/plain` as a `.tlog-proof` file. */
  @Get('entries/:id/proof')
  @RequirePermission('trail:entry:read')
  @ApiOperation({ summary: 'Prove that an entry is in the trail' })
  @ApiProduces('application/json', 'text/plain')
  @ApiOkResponse({ type: TrailProofDto })
  @ApiProblems('TRAIL_ENTRY_NOT_FOUND', 'TRAIL_ENTRY_PENDING')
  async proof(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<TrailProofDto | string> {
    const proof = await this.trail.proof(caller, id);
    if (!wantsText(request)) return proof;
    reply.type('text/plain; charset=utf-8');
    return proof.tlogProof;
  }

  /** Proves that the tree of one size is the beginning of the tree of another. */
  @Get('consistency')
  @RequirePermission('trail:entry:read')
  @ApiOperation({ summary: 'Prove that the trail only grew' })
  @ApiQuery({ name: 'from', required: true, description: 'Number of entries of the older tree.', schema: { type: 'integer', minimum: 0 } })
  @ApiQuery({ name: 'to', required: false, description: 'Number of entries of the newer tree. Default: the newest.', schema: { type: 'integer', minimum: 0 } })
  @ApiOkResponse({ type: TrailConsistencyDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'TRAIL_CHECKPOINT_NOT_FOUND')
  consistency(@CurrentCaller() caller: Caller, @Query('from') from?: string, @Query('to') to?: string): Promise<TrailConsistencyDto> {
    return this.trail.consistency(caller, from, to);
  }
}
