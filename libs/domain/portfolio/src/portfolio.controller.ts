import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { CurrentCaller, RequirePermission } from '@roster/platform-http';
import { PortfolioDto } from './portfolio.dto.js';
import { PortfolioService } from './portfolio.service.js';

@ApiTags('Portfolio')
@Controller('portfolio')
export class PortfolioController {
  constructor(private readonly portfolio: PortfolioService) {}

  /** Funnel, concentration, punctuality, forecast and what is missing, each with the list behind it. */
  @Get()
  @RequirePermission('portfolio:summary:read')
  @ApiOperation({ summary: 'Figures over the whole inventory', description: 'One snapshot; every figure names the rows behind it (domain.md section 13).' })
  @ApiOkResponse({ type: PortfolioDto })
  summary(@CurrentCaller() caller: Caller): Promise<PortfolioDto> {
    return this.portfolio.summary(caller);
  }
}
