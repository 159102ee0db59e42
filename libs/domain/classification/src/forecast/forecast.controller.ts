import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { ForecastDto, ForecastPageDto } from './forecast.dto.js';
import { FORECAST_LIST, ForecastService } from './forecast.service.js';

/** Decay forecast (domain.md section 5). */
@ApiTags('Classification')
@Controller('forecast')
export class ForecastController {
  constructor(private readonly forecasts: ForecastService) {}

  /** Which workload falls on which date because of what, soonest first. */
  @Get()
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Read the decay forecast', description: 'Which workload falls to a lower stage on which date because of what, if nobody does anything; soonest first. filter[withinDays] looks only so far, filter[fallsAt][gte] and [lt] only at a part of the time.' })
  @ApiListQuery(FORECAST_LIST)
  @ApiOkResponse({ type: ForecastPageDto })
  @ApiProblems('PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<Page<ForecastDto>> {
    return this.forecasts.list(caller, query);
  }
}
