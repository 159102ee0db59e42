import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, OperationStream, RequirePermission } from '@roster/platform-http';
import { operationView } from '@roster/platform-queue';
import type { FastifyReply } from 'fastify';
import { ImpactedWorkloadDto, ImpactedWorkloadPageDto, ImpactPreviewRequestDto } from './impact-preview.dto.js';
import { EvaluationOperationDto, StartedOperationDto } from '../sweep/operation.dto.js';
import { IMPACT_LIST, ImpactPreviewService } from './impact-preview.service.js';

/** What changed settings would do (domain.md section 5). */
@ApiTags('Classification')
@Controller('organization')
export class ImpactPreviewController {
  constructor(private readonly previews: ImpactPreviewService, private readonly stream: OperationStream) {}

  /** Starts a preview. Nothing is adopted. */
  @Post('impact-preview')
  @HttpCode(202)
  @RequirePermission('classification:result:evaluate')
  @ApiOperation({ summary: 'Preview changed settings', description: 'Looks at every workload as if the settings given (edition, time zone, tier policy, review policy, thresholds) were saved: which stages, required criteria, drills, review rhythms, due times, owners and announcements would change. Nothing is adopted. A small organization has its result when this answers; a large one watches the progress. Whether a workload would be Scaled is measured against the portfolio as it is.' })
  @ApiAcceptedResponse({ type: StartedOperationDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'FRAMEWORKS_EDITION_NOT_FOUND', 'FRAMEWORKS_EDITION_NOT_ASSESSABLE', 'CLASSIFICATION_PREVIEW_INVALID')
  start(@CurrentCaller() caller: Caller, @Body() body: ImpactPreviewRequestDto): Promise<StartedOperationDto> {
    return this.previews.request(caller, body);
  }

  /** State and figures of a preview. */
  @Get('impact-previews/:id')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Read a preview', description: 'Progress, and in the end the figures: how many workloads have which effect, and from what stage to what they change.' })
  @ApiOkResponse({ type: EvaluationOperationDto })
  @ApiProblems('CLASSIFICATION_OPERATION_NOT_FOUND')
  async read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<Record<string, unknown>> {
    return operationView((await this.previews.find(caller, id)).operation);
  }

  /** Workloads that would change. */
  @Get('impact-previews/:id/workloads')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'List impacted workloads', description: 'Workloads with one effect: filter[effect], by default `stage` (another stage, hardening or freeze). The rows are kept for a day.' })
  @ApiListQuery(IMPACT_LIST)
  @ApiOkResponse({ type: ImpactedWorkloadPageDto })
  @ApiProblems('CLASSIFICATION_OPERATION_NOT_FOUND', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  workloads(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() query: Record<string, string | string[]>): Promise<Page<ImpactedWorkloadDto>> {
    return this.previews.workloads(caller, id, query);
  }

  /** Progress of a preview as server-sent events. */
  @Get('impact-previews/:id/events')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Watch a preview', description: 'Server-sent events: progress, then end.' })
  @ApiProblems('CLASSIFICATION_OPERATION_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { scope } = await this.previews.find(caller, id);
    await this.stream.send(scope, id, reply);
  }
}
