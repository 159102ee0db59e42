import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, readAsOf, RequirePermission } from '@roster/platform-http';
import { WhatIfService } from '../what-if/what-if.service.js';
import { ClassificationDto, ClassificationLineDto, ClassificationPageDto, WhatIfDto, WhatIfRequestDto } from './classification.dto.js';
import { CLASSIFICATION_LIST, ClassificationService } from './classification.service.js';

/** Computed stages of a workload (domain.md section 5). There is no way to set one. */
@ApiTags('Classification')
@Controller('workloads/:key')
export class ClassificationController {
  constructor(private readonly classifications: ClassificationService, private readonly whatIf: WhatIfService) {}

  /** The current classification, evaluated first when something changed; or as it was at an instant. */
  @Get('classification')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Read the classification', description: 'The computed stage with every question, the facts read, the path, the gaps and the freeze. Evaluated first when something changed. With asOf: as it was known at that instant.' })
  @ApiQuery({ name: 'asOf', required: false, schema: { type: 'string', format: 'date-time' }, description: 'An instant in the past.' })
  @ApiOkResponse({ type: ClassificationDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_RESULT_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('asOf') asOf?: string): Promise<ClassificationDto> {
    return this.classifications.read(caller, key, readAsOf(asOf));
  }

  /** Evaluates now and stores the result, even when it says the same as before. */
  @Post('classification')
  @RequirePermission('classification:result:evaluate')
  @ApiOperation({ summary: 'Evaluate now', description: 'Evaluates the workload and stores the result, even when it says the same as before. The stage itself can only be computed.' })
  @ApiCreatedResponse({ type: ClassificationDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_WORKLOAD_RETIRED')
  evaluate(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<ClassificationDto> {
    return this.classifications.request(caller, key);
  }

  /** Every result, newest first. */
  @Get('classifications')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'List classifications', description: 'Every stored result of the workload, newest first.' })
  @ApiListQuery(CLASSIFICATION_LIST)
  @ApiOkResponse({ type: ClassificationPageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_CURSOR_INVALID')
  timeline(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query() query: Record<string, string | string[]>): Promise<Page<ClassificationLineDto>> {
    return this.classifications.timeline(caller, key, query);
  }

  /** Evaluates with supposed facts. Nothing is stored. */
  @Post('classification/what-if')
  @HttpCode(200)
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'What if', description: 'Evaluates with supposed facts and lists the fewest things that are missing for each stage. Nothing is stored.' })
  @ApiOkResponse({ type: WhatIfDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_FACT_UNKNOWN')
  suppose(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: WhatIfRequestDto): Promise<WhatIfDto> {
    return this.whatIf.suppose(caller, key, body.facts);
  }
}
