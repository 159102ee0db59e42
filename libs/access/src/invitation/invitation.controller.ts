import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { AnswersSecret, ApiListQuery, ApiProblems, CurrentCaller, Public, RequirePermission } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeDto } from '../me/me.dto.js';
import { MeService } from '../me/me.service.js';
import { sendSessionCookie } from '../session/session-cookie.js';
import { AcceptInvitation } from './accept-invitation.usecase.js';
import { AcceptInvitationDto, CreatedInvitationDto, InvitationPageDto, InvitationPreviewDto, InviteDto } from './invitation.dto.js';
import { INVITATION_LIST, InvitationService } from './invitation.service.js';

@ApiTags('Members')
@Controller('invitations')
export class InvitationController {
  constructor(private readonly invitations: InvitationService, private readonly acceptInvitation: AcceptInvitation, private readonly me: MeService) {}

  @Post()
  @RequirePermission('access:member:manage')
  @AnswersSecret()
  @ApiOperation({ summary: 'Invite somebody', description: 'The link is mailed and also returned, this once. An earlier open invitation to the same address is revoked.' })
  @ApiCreatedResponse({ type: CreatedInvitationDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'ACCESS_ROLE_TOO_WIDE', 'ACCESS_MEMBER_EXISTS')
  invite(@CurrentCaller() caller: Caller, @Body() body: InviteDto): Promise<CreatedInvitationDto> {
    return this.invitations.invite(caller, body);
  }

  @Get()
  @RequirePermission('access:member:manage')
  @ApiOperation({ summary: 'List invitations' })
  @ApiListQuery(INVITATION_LIST)
  @ApiOkResponse({ type: InvitationPageDto })
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<object> {
    return this.invitations.list(caller, raw);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('access:member:manage')
  @ApiOperation({ summary: 'Revoke an open invitation' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_INVITATION_NOT_FOUND')
  revoke(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.invitations.revoke(caller, id);
  }

  @Get(':token')
  @Public('the token is the credential: 256 random bits, one use, seven days; it shows nothing but what its mail said')
  @ApiOperation({ summary: 'Read an invitation', description: 'For whoever holds its token: which organization invites whom. Whether the address has an account is not told; accepting asks for its password then.' })
  @ApiOkResponse({ type: InvitationPreviewDto })
  @ApiProblems('ACCESS_INVITATION_INVALID')
  preview(@Param('token') token: string): Promise<InvitationPreviewDto> {
    return this.acceptInvitation.preview(token);
  }

  @Post(':token/accept')
  @Public('the token is the credential: 256 random bits, one use, seven days')
  @ApiOperation({ summary: 'Accept an invitation', description: 'Creates your account with this password, or adds the organization to the account you have, which the password has to be of, and signs you in.' })
  @ApiCreatedResponse({ type: MeDto })
  @ApiProblems('ACCESS_INVITATION_INVALID', 'ACCESS_PASSWORD_REFUSED', 'ACCESS_CREDENTIALS_WRONG', 'ACCESS_LOGIN_THROTTLED', 'ACCESS_MEMBER_EXISTS')
  async accept(@Param('token') token: string, @Body() body: AcceptInvitationDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<MeDto> {
    const signedIn = await this.acceptInvitation.run(token, body, request.ip);
    sendSessionCookie(reply, signedIn.token);
    return this.me.describe(signedIn.scope, signedIn.memberId);
  }
}
