import { Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { CurrentCaller, RequirePermission, SelfOnly } from '@roster/platform-http';
import { OnboardingDto } from './onboarding.dto.js';
import { OnboardingService } from './onboarding.service.js';

/** The first run. */
@ApiTags('Onboarding')
@Controller('onboarding')
export class OnboardingController {
  constructor(private readonly onboarding: OnboardingService) {}

  /** The checklist. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read the checklist of the first run', description: 'Five steps, computed from what is in the organization: who did each first, when, and where the next one is done. Sample data counts for none of them.' })
  @ApiOkResponse({ type: OnboardingDto })
  read(@CurrentCaller() caller: Caller): Promise<OnboardingDto> {
    return this.onboarding.read(caller);
  }

  /** Puts it away. */
  @Put('dismissal')
  @HttpCode(204)
  @SelfOnly()
  @ApiOperation({ summary: 'Put the checklist away', description: 'For the caller only; nothing else changes.' })
  @ApiNoContentResponse({ description: 'Put away.' })
  dismiss(@CurrentCaller() caller: Caller): Promise<void> {
    return this.onboarding.dismiss(caller);
  }

  /** Brings it back. */
  @Delete('dismissal')
  @HttpCode(204)
  @SelfOnly()
  @ApiOperation({ summary: 'Bring the checklist back', description: 'For the caller only.' })
  @ApiNoContentResponse({ description: 'Shown again.' })
  bringBack(@CurrentCaller() caller: Caller): Promise<void> {
    return this.onboarding.bringBack(caller);
  }
}
