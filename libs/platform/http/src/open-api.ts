import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';

/** The OpenAPI 3.1 document of the running (or previewed) application. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle('Roster API').setVersion('1')
    .setDescription('Production-AI inventory and governance. Errors are RFC 9457 problem documents; times are RFC 3339 in UTC; lists use keyset cursors.')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0').addCookieAuth('__Host-roster_session').addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'API key roster_<id>_<secret>' });
  const document = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}` });
  const string = { type: 'string' } as const;
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: {
    type: 'object', required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
    properties: { type: string, title: string, status: { type: 'integer' }, code: string, detail: string, requestId: string,
      errors: { type: 'array', items: { type: 'object', required: ['path', 'code', 'message'], properties: { path: string, code: string, message: string } } } },
  } } };
  return document;
}
