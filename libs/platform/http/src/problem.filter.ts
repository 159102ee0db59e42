import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ProblemCode } from '@roster/contracts';
import { currentContext } from '@roster/platform-context';
import { isUniqueViolation, postgresError } from '@roster/platform-database';
import { ProblemError, problem } from '@roster/platform-errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The problem document of an error (RFC 9457). */
export const problemBody = (error: ProblemError, requestId: string): Record<string, unknown> => ({
  type: `urn:roster:problem:${error.code}`, title: error.title, status: error.status, code: error.code, detail: error.detail,
  ...(error.errors.length > 0 ? { errors: error.errors } : {}), ...error.extensions, requestId,
});

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'PLATFORM_ROUTE_NOT_FOUND', 413: 'PLATFORM_BODY_TOO_LARGE', 415: 'PLATFORM_MEDIA_TYPE_UNSUPPORTED', 503: 'PLATFORM_UNAVAILABLE',
};

/** Turns every error into application/problem+json. What is not meant for callers is logged and answered as an opaque 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const known = this.asProblem(error, request);
    if (known.status >= 500) this.logger.error(`${request.method} ${request.routeOptions.url ?? ''} failed`, error instanceof Error ? error : new Error(String(error)));
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    void reply.status(known.status).headers(known.headers).type('application/problem+json').send(problemBody(known, currentContext()?.requestId ?? request.id));
  }

  private asProblem(error: unknown, request: FastifyRequest): ProblemError {
    if (error instanceof ProblemError) return error;
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    if (status === 404) return problem('PLATFORM_ROUTE_NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0] ?? ''}.`);
    if (status !== undefined && status >= 400 && status < 500) return problem(BY_STATUS[status] ?? 'PLATFORM_REQUEST_INVALID', messageOf(error));
    if (isUniqueViolation(error)) return problem('PLATFORM_VERSION_CONFLICT', 'Somebody else wrote the same thing at the same time. Read it again and retry.');
    const code = postgresError(error)?.code ?? '';
    if (code === '55P03' || code === '40001' || code === '40P01') return problem('PLATFORM_UNAVAILABLE', 'The database is busy with a conflicting change. Try again.', { headers: { 'retry-after': '1' } });
    if (code === '22021' || code === '22P05') return problem('PLATFORM_REQUEST_INVALID', 'The request contains a NUL character, which no text here can hold. Nothing was changed.');
    if (['08006', '08001', '57P01', '57P03', '53300'].includes(code)) return problem('PLATFORM_UNAVAILABLE', 'The database is not reachable. Try again.', { headers: { 'retry-after': '5' } });
    return problem('PLATFORM_INTERNAL_ERROR', 'The error was logged. Quote the request id when you report it.');
  }
}

const statusOf = (error: unknown): number | undefined =>
  (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'The request cannot be read.');
