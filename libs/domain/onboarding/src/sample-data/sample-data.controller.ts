import { Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, ChoiceField, CurrentCaller, IdField, OperationStream, RequirePermission, TextField } from '@roster/platform-http';
import { operationView } from '@roster/platform-queue';
import type { FastifyReply } from 'fastify';
import { SampleDataService } from './sample-data.service.js';
import { CHANGED_CHOICES, type ChangedChoice } from './sample-state.js';

export class SampleDataAcceptedDto {
  @IdField({ description: 'Id of the sample data.' }) id!: string;
  @TextField({ description: 'Where to watch it.' }) href!: string;
}

export class RemoveSampleDataQueryDto {
  @ChoiceField(CHANGED_CHOICES, { description: 'What to do with sample workloads that somebody has changed or worked on: keep them as the organization\'s own, or remove them too. Left out: refused when there are any.', optional: true })
  changed?: ChangedChoice;
}

const ACCEPTED = { type: SampleDataAcceptedDto, description: 'Accepted; watch `href` or `href/events`.' };

/** Sample data: made-up workloads in every stage, as easily removed as added. */
@ApiTags('Onboarding')
@Controller('onboarding/sample-data')
export class SampleDataController {
  constructor(private readonly samples: SampleDataService, private readonly stream: OperationStream) {}

  /** Adds it. */
  @Post()
  @HttpCode(202)
  @RequirePermission('onboarding:sample-data:manage')
  @ApiOperation({ summary: 'Add sample data', description: 'A dozen made-up workloads from Experiment to Production, with owners, evidence and drills, all marked as sample data. They count for no step of the checklist.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('ONBOARDING_SAMPLE_DATA_EXISTS', 'ONBOARDING_SESSION_NEEDED')
  add(@CurrentCaller() caller: Caller): Promise<SampleDataAcceptedDto> {
    return this.samples.add(caller);
  }

  /** Where the work stands. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Watch sample data being added or removed', description: 'The operation that runs or ran last.' })
  @ApiOkResponse({ description: 'The operation.', schema: { type: 'object', additionalProperties: true } })
  @ApiProblems('ONBOARDING_SAMPLE_DATA_NOT_FOUND')
  async read(@CurrentCaller() caller: Caller): Promise<Record<string, unknown>> {
    return operationView((await this.samples.operation(caller)).operation);
  }

  /** Progress as server-sent events. */
  @Get('events')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Follow sample data being added or removed', description: 'Server-sent events: `progress` on every change, `end` once.' })
  @ApiProduces('text/event-stream')
  @ApiProblems('ONBOARDING_SAMPLE_DATA_NOT_FOUND')
  async events(@CurrentCaller() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { scope, operation } = await this.samples.operation(caller);
    await this.stream.send(scope, operation.id, reply);
  }

  /** Removes it. */
  @Delete()
  @HttpCode(202)
  @RequirePermission('onboarding:sample-data:manage')
  @ApiOperation({ summary: 'Remove the sample data', description: 'Takes away every workload, evidence item, drill and review that it brought, and nothing else. What happened stays in the trail.' })
  @ApiAcceptedResponse(ACCEPTED)
  @ApiProblems('ONBOARDING_SAMPLE_DATA_NOT_FOUND', 'ONBOARDING_SAMPLE_DATA_BUSY', 'ONBOARDING_SAMPLE_DATA_CHANGED')
  remove(@CurrentCaller() caller: Caller, @Query() { changed }: RemoveSampleDataQueryDto): Promise<SampleDataAcceptedDto> {
    return this.samples.remove(caller, changed ?? null);
  }
}
