import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, RequirePermission, readAsOf } from '@roster/platform-http';
import { CoverageDto } from './coverage.dto.js';
import { toCoverage } from './coverage.mapper.js';
import { CoverageService } from './coverage.service.js';

/** What is proven about a workload, criterion by criterion (domain.md sections 2, 5 and 7). */
@ApiTags('Coverage')
@Controller('workloads/:key/coverage')
export class CoverageController {
  constructor(private readonly coverage: CoverageService) {}

  /** Coverage of one workload. */
  @Get()
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'Read the coverage of a workload', description: 'Only accepted and unexpired evidence counts. An unset risk tier is treated as critical.' })
  @ApiQuery({ name: 'edition', required: false, type: String, description: 'Edition; the organization\'s when left out.' })
  @ApiQuery({ name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' })
  @ApiOkResponse({ type: CoverageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'FRAMEWORKS_EDITION_NOT_FOUND', 'FRAMEWORKS_EDITION_NOT_ASSESSABLE', 'PLATFORM_REQUEST_INVALID')
  async read(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('edition') edition?: string, @Query('asOf') asOf?: string): Promise<CoverageDto> {
    return toCoverage(await this.coverage.read(caller, key, edition ?? null, readAsOf(asOf)));
  }
}
