import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiFilters, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { WORKLOAD_LIST } from '../workload/workload-list.js';
import { MAX_VALUES, USUAL_FACETS, USUAL_VALUES } from './workload-facet.js';
import { WorkloadFacetsDto } from './workload-facet.dto.js';
import { WorkloadFacetService } from './workload-facet.service.js';

/** Counts per value of the filtered inventory. */
@ApiTags('Workloads')
@Controller('workloads/facets')
export class WorkloadFacetController {
  constructor(private readonly facets: WorkloadFacetService) {}

  /** Counts per value, under the filters of the list. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Count workloads per value', description: 'For each field how many of the filtered workloads have which value. A field leaves out its own filter. At most 100,000 workloads are counted; `capped` says when there are more.' })
  @ApiQuery({ name: 'fields', required: false, type: String, description: `Names separated by commas; default ${USUAL_FACETS.join(',')}.` })
  @ApiQuery({ name: 'values', required: false, schema: { type: 'integer', minimum: 1, maximum: MAX_VALUES, default: USUAL_VALUES } })
  @ApiFilters(WORKLOAD_LIST)
  @ApiOkResponse({ type: WorkloadFacetsDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  count(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<WorkloadFacetsDto> {
    return this.facets.count(caller, query);
  }
}
