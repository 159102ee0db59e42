import { Body, Controller, Get, Patch, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, RequirePermission, requireIfMatch, sendEntityTag } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OrganizationDto, UpdateOrganizationDto } from './organization.dto.js';
import { OrganizationService } from './organization.service.js';

@ApiTags('Organization')
@Controller('organization')
export class OrganizationController {
  constructor(private readonly organizations: OrganizationService) {}

  @Get()
  @RequirePermission('access:organization:read')
  @ApiOperation({ summary: 'Read the settings' })
  @ApiOkResponse({ type: OrganizationDto })
  async get(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<OrganizationDto> {
    const organization = await this.organizations.get(caller);
    sendEntityTag(reply, organization.version);
    return organization;
  }

  @Patch()
  @RequirePermission('access:organization:manage')
  @ApiOperation({ summary: 'Change the settings', description: 'Objects are merged by name, lists and single values replaced. Workloads are evaluated again afterwards.' })
  @ApiOkResponse({ type: OrganizationDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'ACCESS_EDITION_UNKNOWN', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_PRECONDITION_FAILED')
  async update(@CurrentCaller() caller: Caller, @Body() body: UpdateOrganizationDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OrganizationDto> {
    const organization = await this.organizations.update(caller, body, requireIfMatch(request));
    sendEntityTag(reply, organization.version);
    return organization;
  }
}
