import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ROUTE_ACCESS, type RouteAccess } from '@roster/platform-http';
import type { FastifyRequest } from 'fastify';
import { Access } from '../access.js';
import { readSessionCookie } from '../session/session-cookie.js';
import { AuthenticationService } from './authentication.service.js';
import { isCrossSite } from './cross-site.js';

/**
 * The one guard, in a fixed order: cross-site check, authentication, permission. A route that declares nothing is refused here as well as
 * at start (architecture rule 7: default deny).
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly publicOrigin: string;

  constructor(
    private readonly reflector: Reflector, private readonly authentication: AuthenticationService, private readonly access: Access,
    @Inject(ROSTER_CONFIG) config: RosterConfig,
  ) {
    this.publicOrigin = new URL(config.publicUrl).origin;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (authorization === undefined) this.refuseCrossSite(request);
    const route = this.reflector.get<RouteAccess | undefined>(ROUTE_ACCESS, context.getHandler());
    if (!route) throw problem('ACCESS_PERMISSION_MISSING', 'This route declares no access and is closed.');
    if (route.kind === 'public') return true;
    const caller = await this.authenticate(request, authorization);
    if (!caller) {
      throw problem('ACCESS_NOT_AUTHENTICATED', 'Sign in, or send a valid API key as "Authorization: Bearer roster_…". Sessions end after 30 minutes without a request.', { headers: { 'www-authenticate': 'Bearer realm="roster"' } });
    }
    request.caller = caller;
    if (route.kind === 'permission') this.access.authorise(caller, route.permission);
    return true;
  }

  /** A header that is there decides alone: a wrong key never falls back to a cookie. */
  private authenticate(request: FastifyRequest, authorization: string | undefined): Promise<Caller | null> {
    if (authorization !== undefined) {
      const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      return key === undefined ? Promise.resolve(null) : this.authentication.byKey(key);
    }
    const cookie = readSessionCookie(request);
    return cookie === null ? Promise.resolve(null) : this.authentication.bySession(cookie);
  }

  private refuseCrossSite(request: FastifyRequest): void {
    const header = (name: string): string | undefined => { const value = request.headers[name]; return typeof value === 'string' ? value : undefined; };
    if (isCrossSite({ method: request.method, secFetchSite: header('sec-fetch-site'), origin: header('origin'), host: header('host') }, this.publicOrigin)) {
      throw problem('ACCESS_CROSS_SITE_REQUEST', 'Another site sent this request. Open Roster itself, or use an API key.');
    }
  }
}
