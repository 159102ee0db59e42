import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SchedulerDatabase } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Public, TextField } from '@roster/platform-http';

class HealthDto {
  @TextField({ description: 'Always "ok"; anything else is a problem document.' }) status!: string;
}

/** For load balancers and the launcher. Tells nothing about tenants. */
@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly database: SchedulerDatabase) {}

  @Get('live')
  @Public('tells only that the process runs')
  @ApiOperation({ summary: 'The process runs' })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public('tells only whether the service can answer')
  @ApiOperation({ summary: 'The service can answer', description: '503 while the database is not reachable.' })
  @ApiOkResponse({ type: HealthDto })
  async ready(): Promise<HealthDto> {
    try {
      await this.database.ping();
    } catch (error) {
      throw problem('PLATFORM_UNAVAILABLE', `The database does not answer: ${(error as Error).message}`, { headers: { 'retry-after': '5' } });
    }
    return { status: 'ok' };
  }
}
