import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiProblems, CurrentCaller, Public, SelfOnly } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeDto } from '../me/me.dto.js';
import { MeService } from '../me/me.service.js';
import { SignIn } from '../sign-in/sign-in.usecase.js';
import { SignOut } from '../sign-in/sign-out.usecase.js';
import { clearSessionCookie, readSessionCookie, sendSessionCookie } from './session-cookie.js';
import { SignInDto } from './session.dto.js';

@ApiTags('Session')
@Controller('sessions')
export class SessionController {
  constructor(private readonly signIn: SignIn, private readonly signOut: SignOut, private readonly me: MeService) {}

  @Post()
  @Public('this is how one signs in; throttled per account and network')
  @ApiOperation({ summary: 'Sign in', description: 'Sets the session cookie. A session ends after 30 minutes without a request, and after 12 hours in any case.' })
  @ApiCreatedResponse({ type: MeDto })
  @ApiProblems('ACCESS_CREDENTIALS_WRONG', 'ACCESS_LOGIN_THROTTLED', 'ACCESS_NO_MEMBERSHIP', 'ACCESS_ORGANIZATION_REQUIRED')
  async create(@Body() body: SignInDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<MeDto> {
    const signedIn = await this.signIn.run(body.email, body.password, body.organizationId ?? null, request.ip);
    // Whoever signs in again in the same browser leaves no second session behind.
    await this.signOut.abandoned(readSessionCookie(request));
    sendSessionCookie(reply, signedIn.token);
    return this.me.describe(signedIn.scope, signedIn.memberId);
  }

  @Delete()
  @HttpCode(204)
  @SelfOnly()
  @ApiOperation({ summary: 'Sign out everywhere', description: 'Ends every session of the caller in this organization, this one included.' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_SESSION_REQUIRED')
  async endAll(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signOut.everywhere(caller);
    clearSessionCookie(reply);
  }

  @Delete('current')
  @HttpCode(204)
  @SelfOnly()
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_SESSION_REQUIRED')
  async end(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signOut.run(caller);
    clearSessionCookie(reply);
  }
}
