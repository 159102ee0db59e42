import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { DecayDto } from './decay.dto.js';
import { HeatmapDto } from './heatmap.dto.js';
import { HEATMAP_LIST, HeatmapService } from './heatmap.service.js';
import { StageChangePageDto, TrendDto } from './movement.dto.js';
import { PortfolioDto } from './portfolio.dto.js';
import { PortfolioService } from './portfolio.service.js';
import { MOVEMENT_LIST, TrendService } from './trend.service.js';

@ApiTags('Portfolio')
@Controller('portfolio')
export class PortfolioController {
  constructor(private readonly portfolio: PortfolioService, private readonly heatmaps: HeatmapService, private readonly trends: TrendService) {}

  /** Funnel, concentration, punctuality, forecast and what is missing, each with the list behind it. */
  @Get()
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'Figures over the whole inventory', description: 'One snapshot; every figure names the rows behind it (domain.md section 13).' })
  @ApiOkResponse({ type: PortfolioDto })
  summary(@CurrentCaller() caller: Caller): Promise<PortfolioDto> {
    return this.portfolio.summary(caller);
  }

  /** Coverage by workload and domain, those with most missing first. */
  @Get('heatmap')
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'Coverage by workload and domain', description: 'A page of the inventory with the status of each domain of the organization\'s edition. Filters, search and orders are those of GET /workloads; most missing first.' })
  @ApiListQuery(HEATMAP_LIST)
  @ApiOkResponse({ type: HeatmapDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  heatmap(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<HeatmapDto> {
    return this.heatmaps.page(caller, raw);
  }

  /** Changes of stage one by one, newest first. */
  @Get('movements')
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'List changes of stage', description: 'Newest first, of the last 30 days unless filter[withinDays] says otherwise. filter[from]=none are first classifications.' })
  @ApiListQuery(MOVEMENT_LIST)
  @ApiOkResponse({ type: StageChangePageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  movements(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>) {
    return this.trends.movements(caller, raw);
  }

  /** Stages and overdue reviews over time. */
  @Get('trend')
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'Stages and overdue reviews week by week', description: 'Up to now. A workload that was retired counts until then.' })
  @ApiQuery({ name: 'weeks', required: false, description: 'How many weeks to go back, 1-104; default 26.' })
  @ApiOkResponse({ type: TrendDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  trend(@CurrentCaller() caller: Caller, @Query('weeks') weeks?: string): Promise<TrendDto> {
    return this.trends.trend(caller, weeks);
  }

  /** What stops counting and which workloads fall, day by day. */
  @Get('decay')
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'What expires and falls in the next days', description: 'Days in the time zone of the organization with how much evidence expires and how many workloads fall, and the evidence that expires first.' })
  @ApiQuery({ name: 'days', required: false, description: 'How many days to look ahead, 1-365; default 90.' })
  @ApiQuery({ name: 'from', required: false, description: 'With `until`, only a part of these days: from this instant on, included.' })
  @ApiQuery({ name: 'until', required: false, description: 'End of the part, not included.' })
  @ApiOkResponse({ type: DecayDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  decay(@CurrentCaller() caller: Caller, @Query('days') days?: string, @Query('from') from?: string, @Query('until') until?: string): Promise<DecayDto> {
    return this.trends.decay(caller, days, { from, until });
  }
}
