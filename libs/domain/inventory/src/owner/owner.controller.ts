import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, readAsOf, RequirePermission } from '@roster/platform-http';
import { AnswerOwnershipDto, OwnerAssignmentDto, OwnersDto, ProposedOwnerDto, ProposeOwnerDto } from './owner.dto.js';
import { DomainOwners } from './domain-owner.js';
import { readPosition, roleSlot } from './owner-slot.js';
import { OwnerService } from './owner.service.js';

/** Who answers for a workload (domain.md section 4). */
@ApiTags('Owners')
@Controller('workloads/:key')
export class OwnerController {
  constructor(private readonly owners: OwnerService, private readonly domains: DomainOwners) {}

  @Get('owners')
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'List owners', description: 'Everybody who answers for the workload, is asked to, or did.' })
  @ApiQuery({ name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' })
  @ApiOkResponse({ type: OwnersDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  list(@CurrentCaller() caller: Caller, @Param('key') key: string, @Query('asOf') asOf?: string): Promise<OwnersDto> {
    return this.owners.list(caller, key, readAsOf(asOf));
  }

  @Put('owners/:role')
  @RequirePermission('inventory:owner:assign')
  @ApiOperation({ summary: 'Propose an owner', description: 'Asks a member, or somebody by e-mail, to answer in a role. Whoever answers now stays until the person accepts.' })
  @ApiOkResponse({ type: ProposedOwnerDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN')
  propose(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('role') role: string, @Body() body: ProposeOwnerDto): Promise<ProposedOwnerDto> {
    return this.owners.propose(caller, key, roleSlot(role, body.position), body);
  }

  @Post('owners/:role/accept')
  @HttpCode(200)
  @RequirePermission('inventory:owner:respond')
  @ApiOperation({ summary: 'Accept ownership', description: 'Only the person concerned. Accepting again re-affirms it.' })
  @ApiOkResponse({ type: OwnerAssignmentDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_YOURS', 'INVENTORY_OWNER_STATE_CONFLICT', 'PLATFORM_REQUEST_INVALID')
  accept(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('role') role: string, @Body() body?: AnswerOwnershipDto): Promise<OwnerAssignmentDto> {
    return this.owners.accept(caller, key, roleSlot(role, body?.position), body?.note ?? null);
  }

  @Post('owners/:role/decline')
  @HttpCode(200)
  @RequirePermission('inventory:owner:respond')
  @ApiOperation({ summary: 'Decline ownership', description: 'Only the person concerned.' })
  @ApiOkResponse({ type: OwnerAssignmentDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_YOURS', 'INVENTORY_OWNER_STATE_CONFLICT', 'PLATFORM_REQUEST_INVALID')
  decline(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('role') role: string, @Body() body?: AnswerOwnershipDto): Promise<OwnerAssignmentDto> {
    return this.owners.decline(caller, key, roleSlot(role, body?.position), body?.note ?? null);
  }

  @Delete('owners/:role')
  @HttpCode(204)
  @RequirePermission('inventory:owner:assign')
  @ApiOperation({ summary: 'End ownership', description: 'Relieves whoever answers or is asked to, without a successor.' })
  @ApiQuery({ name: 'position', required: false, enum: ['owner', 'deputy'] })
  @ApiNoContentResponse()
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  end(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('role') role: string, @Query('position') position?: string): Promise<void> {
    return this.owners.end(caller, key, roleSlot(role, readPosition(position)));
  }

  @Put('domain-owners/:edition/:domain')
  @RequirePermission('inventory:owner:assign')
  @ApiOperation({ summary: 'Propose a domain owner', description: 'Asks somebody to answer for one framework domain of the workload, as owner or deputy.' })
  @ApiOkResponse({ type: ProposedOwnerDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'PLATFORM_REQUEST_INVALID', 'PLATFORM_REFERENCE_UNKNOWN')
  proposeForDomain(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('edition') edition: string, @Param('domain') domain: string, @Body() body: ProposeOwnerDto): Promise<ProposedOwnerDto> {
    return this.owners.propose(caller, key, this.domains.slot(edition, domain, body.position), body);
  }

  @Post('domain-owners/:edition/:domain/accept')
  @HttpCode(200)
  @RequirePermission('inventory:owner:respond')
  @ApiOperation({ summary: 'Accept domain ownership', description: 'Only the person concerned. Accepting again re-affirms it.' })
  @ApiOkResponse({ type: OwnerAssignmentDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_YOURS', 'INVENTORY_OWNER_STATE_CONFLICT', 'PLATFORM_REQUEST_INVALID')
  acceptForDomain(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('edition') edition: string, @Param('domain') domain: string, @Body() body?: AnswerOwnershipDto): Promise<OwnerAssignmentDto> {
    return this.owners.accept(caller, key, this.domains.slot(edition, domain, body?.position), body?.note ?? null);
  }

  @Post('domain-owners/:edition/:domain/decline')
  @HttpCode(200)
  @RequirePermission('inventory:owner:respond')
  @ApiOperation({ summary: 'Decline domain ownership', description: 'Only the person concerned.' })
  @ApiOkResponse({ type: OwnerAssignmentDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_YOURS', 'INVENTORY_OWNER_STATE_CONFLICT', 'PLATFORM_REQUEST_INVALID')
  declineForDomain(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('edition') edition: string, @Param('domain') domain: string, @Body() body?: AnswerOwnershipDto): Promise<OwnerAssignmentDto> {
    return this.owners.decline(caller, key, this.domains.slot(edition, domain, body?.position), body?.note ?? null);
  }

  @Delete('domain-owners/:edition/:domain')
  @HttpCode(204)
  @RequirePermission('inventory:owner:assign')
  @ApiOperation({ summary: 'End domain ownership', description: 'Relieves whoever answers for the domain or is asked to.' })
  @ApiQuery({ name: 'position', required: false, enum: ['owner', 'deputy'] })
  @ApiNoContentResponse()
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'INVENTORY_WORKLOAD_RETIRED', 'INVENTORY_OWNER_NOT_FOUND', 'PLATFORM_REQUEST_INVALID')
  endForDomain(@CurrentCaller() caller: Caller, @Param('key') key: string, @Param('edition') edition: string, @Param('domain') domain: string, @Query('position') position?: string): Promise<void> {
    return this.owners.end(caller, key, this.domains.slot(edition, domain, readPosition(position)));
  }
}
