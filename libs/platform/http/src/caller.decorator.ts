import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; absent on public routes. */
    caller?: Caller;
  }
}

/** The authenticated caller of the request. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!caller) throw problem('ACCESS_NOT_AUTHENTICATED', 'Sign in, or send an API key in the Authorization header.');
  return caller;
});
