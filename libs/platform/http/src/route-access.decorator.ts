import { SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import type { Permission } from '@roster/contracts';

/** What a route demands. Exactly one per route, or the process refuses to start (architecture rule 7: default deny). */
export type RouteAccess =
  | { readonly kind: 'public'; readonly reason: string }
  | { readonly kind: 'permission'; readonly permission: Permission }
  | { readonly kind: 'self' };

export const ROUTE_ACCESS = 'roster:route-access';

/** A second declaration would silently win over the first: it is an error when the class is loaded. */
const once: MethodDecorator = (target, property, descriptor) => {
  if (typeof descriptor.value === 'function' && Reflect.hasMetadata(ROUTE_ACCESS, descriptor.value)) {
    throw new Error(`${target.constructor.name}.${String(property)} declares its access twice: exactly one of @Public, @RequirePermission, @SelfOnly`);
  }
};

const declare = (access: RouteAccess): MethodDecorator => applyDecorators(once, SetMetadata(ROUTE_ACCESS, access),
  ...(access.kind === 'public' ? [] : [ApiCookieAuth(), ApiBearerAuth()]),
  ApiExtension('x-roster-access', access)) as MethodDecorator;

/** Anybody may call it. @param reason why that is safe; shown in the route table */
export const Public = (reason: string): MethodDecorator => declare({ kind: 'public', reason });

/** The caller needs this permission. The service still calls `Access.authorise` for the scope. */
export const RequirePermission = (permission: Permission): MethodDecorator => declare({ kind: 'permission', permission });

/** Any signed-in member, for what is their own (session, profile, notifications). */
export const SelfOnly = (): MethodDecorator => declare({ kind: 'self' });
