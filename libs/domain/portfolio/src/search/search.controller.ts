import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { HITS, SearchResultDto } from './search.dto.js';
import { SearchService } from './search.service.js';

/** One search for everything. */
@ApiTags('Search')
@Controller('search')
export class SearchController {
  constructor(private readonly searching: SearchService) {}

  /** Workloads, people and evidence that match, a few of each. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Search workloads, people and evidence', description: `At most ${HITS} of each, best first, and whether there are more. People and evidence need their own permissions and are null without; withheld names them.` })
  @ApiQuery({ name: 'q', required: true, type: String, description: '1 to 200 characters.' })
  @ApiOkResponse({ type: SearchResultDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  search(@CurrentCaller() caller: Caller, @Query('q') q?: string): Promise<SearchResultDto> {
    return this.searching.search(caller, q);
  }
}
