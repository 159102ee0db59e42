import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission, requireIfMatch, sendEntityTag } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeactivateMember } from './deactivate-member.usecase.js';
import { MemberDto, MemberPageDto, UpdateMemberDto } from './member.dto.js';
import { MEMBER_LIST, MemberService } from './member.service.js';

@ApiTags('Members')
@Controller('members')
export class MemberController {
  constructor(private readonly members: MemberService, private readonly deactivateMember: DeactivateMember) {}

  @Get()
  @RequirePermission('access:member:read')
  @ApiOperation({ summary: 'List members' })
  @ApiListQuery(MEMBER_LIST)
  @ApiOkResponse({ type: MemberPageDto })
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<object> {
    return this.members.list(caller, raw);
  }

  @Get(':id')
  @RequirePermission('access:member:read')
  @ApiOperation({ summary: 'Read a member' })
  @ApiOkResponse({ type: MemberDto })
  @ApiProblems('ACCESS_MEMBER_NOT_FOUND')
  async get(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<MemberDto> {
    const member = await this.members.get(caller, id);
    sendEntityTag(reply, member.version);
    return member;
  }

  @Patch(':id')
  @RequirePermission('access:member:manage')
  @ApiOperation({ summary: 'Change a member', description: 'A new role counts from the next request of the member on.' })
  @ApiOkResponse({ type: MemberDto })
  @ApiProblems('ACCESS_MEMBER_NOT_FOUND', 'ACCESS_ROLE_TOO_WIDE', 'ACCESS_LAST_ADMIN', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_PRECONDITION_FAILED')
  async update(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: UpdateMemberDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<MemberDto> {
    const member = await this.members.update(caller, id, body, requireIfMatch(request));
    sendEntityTag(reply, member.version);
    return member;
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('access:member:manage')
  @ApiOperation({ summary: 'Deactivate a member', description: 'Their sessions and keys end at once, and what they own becomes orphaned. Nothing they did is removed.' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_MEMBER_NOT_FOUND', 'ACCESS_ROLE_TOO_WIDE', 'ACCESS_LAST_ADMIN', 'PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_PRECONDITION_FAILED')
  deactivate(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.deactivateMember.run(caller, id, requireIfMatch(request));
  }
}
