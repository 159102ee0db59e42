import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LoggerService } from '@nestjs/common';
import { newId, runWithContext } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { Metrics } from '@roster/platform-telemetry';
import { RouteTable } from './route-table.js';
import { STREAMED_TYPE } from './streamed-body.decorator.js';

export interface HttpAppOptions {
  readonly trustedProxyHops: number;
  readonly logger: LoggerService | false;
  /** Largest JSON body, in bytes. Files are streamed and have their own cap. */
  readonly bodyLimit?: number;
}

/**
 * Creates the HTTP application of a root module: security headers, cookies, uploads, request ids. Refuses a module with an undeclared route.
 * @param module the root Nest module
 */
export async function createHttpApp(module: Parameters<typeof NestFactory.create>[0], options: HttpAppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? 1_048_576, trustProxy: (_address: string, hop: number) => hop < options.trustedProxyHops,
    genReqId: () => newId(), requestTimeout: 120_000, forceCloseConnections: 'idle', routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: options.logger, bufferLogs: false, abortOnError: false });
  app.setGlobalPrefix('api/v1');
  await app.register(fastifyHelmet as never, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"], upgradeInsecureRequests: null } },
    crossOriginEmbedderPolicy: false, referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(fastifyCookie as never);
  await app.register(fastifyMultipart as never, { throwFileSizeLimit: false });
  const fastify = adapter.getInstance();
  // Only where a handler reads the stream itself: validation of a body would walk the whole connection behind it.
  fastify.addContentTypeParser(STREAMED_TYPE, (request, payload, done) => {
    if (request.routeOptions.config.streamedBody) done(null, payload);
    else done(problem('PLATFORM_MEDIA_TYPE_UNSUPPORTED', `${STREAMED_TYPE} is taken for pieces of an upload only.`), undefined);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    void reply.header('cache-control', 'no-store');
    runWithContext({ requestId: request.id, origin: 'http' }, done);
  });
  const metrics = app.get(Metrics);
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
  try {
    app.get(RouteTable).assertDeclared();
  } catch (error) {
    await app.close();
    throw error;
  }
  app.enableShutdownHooks();
  return app;
}
