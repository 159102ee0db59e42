import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, SelfOnly } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendSessionCookie } from '../session/session-cookie.js';
import { ChangePassword } from './change-password.usecase.js';
import { ChangePasswordDto, MeDto } from './me.dto.js';
import { MeService } from './me.service.js';

@ApiTags('Session')
@Controller('me')
export class MeController {
  constructor(private readonly me: MeService, private readonly changePassword: ChangePassword) {}

  @Get()
  @SelfOnly()
  @ApiOperation({ summary: 'Who am I', description: 'The person, what they may do, and the organization of this session or key.' })
  @ApiOkResponse({ type: MeDto })
  get(@CurrentCaller() caller: Caller): Promise<MeDto> {
    return this.me.get(caller);
  }

  @Post('password')
  @HttpCode(204)
  @SelfOnly()
  @ApiOperation({ summary: 'Change my password', description: 'Ends every other session, in all organizations, at once. This one goes on with a new cookie.' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_SESSION_REQUIRED', 'ACCESS_CREDENTIALS_WRONG', 'ACCESS_LOGIN_THROTTLED', 'ACCESS_PASSWORD_REFUSED')
  async password(@CurrentCaller() caller: Caller, @Body() body: ChangePasswordDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    sendSessionCookie(reply, await this.changePassword.run(caller, body, request.ip));
  }
}
