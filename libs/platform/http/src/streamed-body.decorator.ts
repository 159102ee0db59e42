import { RouteConfig } from '@nestjs/platform-fastify';

/** Content type of bodies that a handler reads as a stream: pieces of resumable uploads (tus 1.0). */
export const STREAMED_TYPE = 'application/offset+octet-stream';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly streamedBody?: true;
  }
}

/** The route takes {@link STREAMED_TYPE}: its handler gets the request's stream as the body and caps it. Every other route answers 415 to that type. */
export const StreamedBody = (): MethodDecorator => RouteConfig({ streamedBody: true });
