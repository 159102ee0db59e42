import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock, TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { ANSWERS_SECRET } from './answers-secret.decorator.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** A first request that has not answered for this long is taken for dead, and a repeat may run. */
const ABANDONED_MILLISECONDS = 120_000;
const KEPT_HEADERS = ['location', 'etag'];

/**
 * Honours Idempotency-Key on every authenticated POST: a repeat gets the first answer, a different request with the same key is refused.
 * Failed requests release the key. Uploads are compared by address, type and
 * length, since their bytes are streamed; those in pieces by what their headers announce.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly repository: IdempotencyRepository, private readonly clock: Clock, private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const { caller } = request;
    if (request.method !== 'POST' || typeof key !== 'string' || !caller) return next.handle();
    if (key.length === 0 || key.length > 255) throw problem('PLATFORM_REQUEST_INVALID', 'Idempotency-Key must have 1 to 255 characters.');
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.once(TenantScope.authorised(caller.tenantId, caller.actor), key, request, reply, next, this.reflector.get<boolean | undefined>(ANSWERS_SECRET, context.getHandler()) === true));
  }

  private async once(scope: TenantScope, key: string, request: FastifyRequest, reply: FastifyReply, next: CallHandler, secret: boolean): Promise<unknown> {
    const now = this.clock.now();
    const digest = digestOf(request);
    if (!(await this.repository.claim(scope, key, digest, now, new Date(now.getTime() - ABANDONED_MILLISECONDS)))) return this.replay(scope, key, digest, reply, secret);
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const headers = Object.fromEntries(KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])));
      await this.repository.store(scope, key, { status: reply.statusCode, headers, body: body === undefined || secret ? '' : JSON.stringify(body) });
      return body;
    } catch (error) {
      await this.repository.release(scope, key);
      throw error;
    }
  }

  private async replay(scope: TenantScope, key: string, digest: string, reply: FastifyReply, secret: boolean): Promise<unknown> {
    const stored = await this.repository.find(scope, key);
    if (stored && stored.requestDigest !== digest) throw problem('PLATFORM_IDEMPOTENCY_MISMATCH', 'Use a new Idempotency-Key for a different request.');
    if (!stored || stored.status === null) throw problem('PLATFORM_IDEMPOTENCY_IN_FLIGHT', 'Wait for the first request, then repeat.', { headers: { 'retry-after': '1' } });
    if (secret) throw problem('PLATFORM_IDEMPOTENCY_SECRET', 'The first request succeeded. Its answer held a secret, which is not kept. Revoke what it made and start again with a new Idempotency-Key.');
    void reply.status(stored.status).headers({ ...stored.headers, 'idempotency-replayed': 'true' });
    return stored.body ? (JSON.parse(stored.body) as unknown) : undefined;
  }
}

/** Headers that say what is asked for, where a body would otherwise. */
const ANNOUNCING = ['upload-length', 'upload-metadata'];

const digestOf = (request: FastifyRequest): string => createHash('sha256')
  .update(`${request.method} ${request.url}\n${request.headers['content-type'] ?? ''}\n${ANNOUNCING.flatMap((name) => (request.headers[name] === undefined ? [] : [`${name}: ${String(request.headers[name])}\n`])).join('')}${request.isMultipart() ? request.headers['content-length'] ?? '' : JSON.stringify(request.body ?? null)}`).digest('hex');
