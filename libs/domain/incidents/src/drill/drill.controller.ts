import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { RecordDrillUsecase } from './record-drill.usecase.js';
import { DRILL_LIST, DrillService } from './drill.service.js';
import { DrillDto, DrillPageDto, RecordDrillDto } from './drill.dto.js';

/** Drills of a workload (domain.md section 9). */
@ApiTags('Drills')
@Controller('workloads/:key/drills')
export class DrillController {
  constructor(private readonly drills: DrillService, private readonly recording: RecordDrillUsecase) {}

  /** Records a rehearsal with its start and stop instants. It becomes evidence by itself, and the workload is evaluated again. */
  @Post()
  @RequirePermission('incidents:drill:record')
  @ApiOperation({ summary: 'Record a drill', description: 'Records a timed rehearsal. It becomes evidence by itself, and the workload is evaluated again. A kill-switch drill counts when it passed within the limit (preset 300 s).' })
  @ApiCreatedResponse({ type: DrillDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INCIDENTS_DRILL_INVALID', 'INCIDENTS_WORKLOAD_RETIRED', 'PLATFORM_REFERENCE_UNKNOWN')
  record(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: RecordDrillDto): Promise<DrillDto> {
    return this.recording.record(caller, key, body);
  }

  /** Lists the drills of a workload. */
  @Get()
  @RequirePermission('incidents:drill:read')
  @ApiOperation({ summary: 'List drills', description: 'Drills of a workload, newest first.' })
  @ApiListQuery(DRILL_LIST)
  @ApiOkResponse({ type: DrillPageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query() query: Record<string, string | string[]>): Promise<Page<DrillDto>> {
    return this.drills.list(caller, key, query);
  }

  /** One drill. */
  @Get(':id')
  @RequirePermission('incidents:drill:read')
  @ApiOperation({ summary: 'Read a drill', description: 'One drill of a workload.' })
  @ApiOkResponse({ type: DrillDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INCIDENTS_DRILL_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('id') id: string): Promise<DrillDto> {
    return this.drills.read(caller, key, id);
  }
}
