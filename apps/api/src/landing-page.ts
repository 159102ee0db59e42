import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Roster</title></head>
<body><main><h1>Roster</h1>
<p>Production-AI inventory and governance. The service is running.</p>
<ul><li><a href="/api/docs">What the API can do</a></li><li><a href="/api/openapi.json">OpenAPI 3.1 document</a></li><li><a href="/api/v1/health/ready">Readiness</a></li></ul>
<p>Next: create an organization with <code>npx roster login --sign-up</code>, then import your inventory with <code>npx roster import FILE</code>.</p>
</main></body></html>`;

/** What the address of a running service shows a person until the web UI exists. */
export function serveLandingPage(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
}
