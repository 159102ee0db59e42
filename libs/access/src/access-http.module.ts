import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessModule } from './access.module.js';
import { ApiKeyController } from './api-key/api-key.controller.js';
import { AccessGuard } from './authentication/access.guard.js';
import { InvitationController } from './invitation/invitation.controller.js';
import { MeController } from './me/me.controller.js';
import { MemberController } from './member/member.controller.js';
import { OrganizationController } from './organization/organization.controller.js';
import { RoleController } from './role/role.controller.js';
import { SessionController } from './session/session.controller.js';
import { SignUpController } from './sign-up/sign-up.controller.js';

/** The HTTP door: the guard of every route, and the routes for signing in, people, keys and settings. */
@Module({
  imports: [AccessModule],
  controllers: [RoleController, ApiKeyController, InvitationController, MeController, MemberController, OrganizationController, SessionController, SignUpController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
})
export class AccessHttpModule {}
