import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessModule } from './access.module.js';
import { AccessGuard } from './authentication/access.guard.js';

/** The HTTP door: the guard of every route, and the routes for signing in, people, keys and settings. */
@Module({ imports: [AccessModule], providers: [{ provide: APP_GUARD, useClass: AccessGuard }] })
export class AccessHttpModule {}
