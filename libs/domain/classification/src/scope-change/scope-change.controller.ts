import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import type { Page } from '@roster/platform-http';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { BreakGlassUsecase } from '../freeze/break-glass.usecase.js';
import { BreakGlassDto, BreakGlassListDto, BreakGlassRequestDto } from '../freeze/break-glass.dto.js';
import { ScopeChangeDto, ScopeChangePageDto, ScopeChangeRequestDto } from './scope-change.dto.js';
import { SCOPE_CHANGE_LIST, ScopeChangeService } from './scope-change.service.js';

/** Scope changes and the freeze that refuses them (domain.md section 6). */
@ApiTags('Freeze')
@Controller('workloads/:key')
export class ScopeChangeController {
  constructor(private readonly changes: ScopeChangeService, private readonly glasses: BreakGlassUsecase) {}

  /** Records a scope change, or refuses it with the gaps while a freeze is in force. */
  @Post('scope-changes')
  @RequirePermission('classification:scope-change:request')
  @ApiOperation({ summary: 'Ask for a scope change', description: 'Recorded when no freeze is in force; refused with 409 and the gaps while one is, or while one cannot be excluded because something is unknown.' })
  @ApiCreatedResponse({ type: ScopeChangeDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_SCOPE_FROZEN', 'CLASSIFICATION_FREEZE_UNDETERMINED', 'CLASSIFICATION_WORKLOAD_RETIRED')
  request(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: ScopeChangeRequestDto): Promise<ScopeChangeDto> {
    return this.changes.request(caller, key, body);
  }

  /** Recorded scope changes, newest first. */
  @Get('scope-changes')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'List scope changes', description: 'Recorded scope changes of the workload, newest first.' })
  @ApiListQuery(SCOPE_CHANGE_LIST)
  @ApiOkResponse({ type: ScopeChangePageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_CURSOR_INVALID')
  list(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query() query: Record<string, string | string[]>): Promise<Page<ScopeChangeDto>> {
    return this.changes.list(caller, key, query);
  }

  /** Lifts the freeze for a limited time. It ends by itself. */
  @Post('freeze/break-glass')
  @RequirePermission('classification:freeze:break-glass')
  @ApiOperation({ summary: 'Break the glass', description: 'Lifts the freeze for at most 14 days with a reason. It ends by itself; the trail and the workload show it. A new one replaces one that is in force.' })
  @ApiCreatedResponse({ type: BreakGlassDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_FREEZE_INACTIVE', 'CLASSIFICATION_BREAK_GLASS_INVALID')
  breakGlass(@CurrentCaller() caller: Caller, @Param('key') key: string, @Body() body: BreakGlassRequestDto): Promise<BreakGlassDto> {
    return this.glasses.grant(caller, key, body);
  }

  /** Every break-glass of the workload. */
  @Get('freeze/break-glass')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'List break-glasses', description: 'When the freeze was lifted, by whom, why and until when; the last 200, newest first.' })
  @ApiOkResponse({ type: BreakGlassListDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND')
  breakGlasses(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<BreakGlassListDto> {
    return this.glasses.list(caller, key);
  }
}
