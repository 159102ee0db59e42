import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Public } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { MeDto } from '../me/me.dto.js';
import { MeService } from '../me/me.service.js';
import { sendSessionCookie } from '../session/session-cookie.js';
import { SignUpDto } from './sign-up.dto.js';
import { SignUp } from './sign-up.usecase.js';

@ApiTags('Session')
@Controller('sign-up')
export class SignUpController {
  constructor(private readonly signUp: SignUp, private readonly me: MeService) {}

  @Post()
  @Public('this is how an organization begins; SIGN_UP_OPEN closes it')
  @ApiOperation({ summary: 'Create an organization', description: 'Creates the organization and you as its first administrator, and signs you in.' })
  @ApiCreatedResponse({ type: MeDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'ACCESS_EMAIL_TAKEN', 'ACCESS_PASSWORD_REFUSED', 'ACCESS_SIGN_UP_CLOSED')
  async create(@Body() body: SignUpDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<MeDto> {
    const signedIn = await this.signUp.run(body);
    sendSessionCookie(reply, signedIn.token);
    return this.me.describe(signedIn.scope, signedIn.memberId);
  }
}
