import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, OperationStream, RequirePermission } from '@roster/platform-http';
import { operationView } from '@roster/platform-queue';
import type { FastifyReply } from 'fastify';
import { EvaluationOperationDto, StartedOperationDto } from './operation.dto.js';
import { ReevaluationService } from './reevaluation.service.js';

/** Full evaluations (domain.md section 5, re-evaluation). They also run every day by themselves. */
@ApiTags('Classification')
@Controller('classification/re-evaluations')
export class ReevaluationController {
  constructor(private readonly reevaluations: ReevaluationService, private readonly stream: OperationStream) {}

  /** Has every workload of the organization evaluated again. */
  @Post()
  @HttpCode(202)
  @RequirePermission('classification:result:evaluate')
  @ApiOperation({ summary: 'Evaluate all workloads', description: 'Evaluates every workload again, in the background and with progress. Results that say the same as before are not stored again.' })
  @ApiAcceptedResponse({ type: StartedOperationDto })
  start(@CurrentCaller() caller: Caller): Promise<StartedOperationDto> {
    return this.reevaluations.request(caller);
  }

  /** State of a run. */
  @Get(':id')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Read a full evaluation', description: 'Progress, and in the end how many workloads were evaluated and how many results were new.' })
  @ApiOkResponse({ type: EvaluationOperationDto })
  @ApiProblems('CLASSIFICATION_OPERATION_NOT_FOUND')
  async read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<Record<string, unknown>> {
    return operationView((await this.reevaluations.find(caller, id)).operation);
  }

  /** Progress of a run as server-sent events. */
  @Get(':id/events')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Watch a full evaluation', description: 'Server-sent events: progress, then end.' })
  @ApiProblems('CLASSIFICATION_OPERATION_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { scope } = await this.reevaluations.find(caller, id);
    await this.stream.send(scope, id, reply);
  }
}
