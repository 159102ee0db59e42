import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createOpenApi } from '@roster/platform-http';

/** Serves the OpenAPI document at /api/openapi.json and a readable list of routes at /api/docs, without any third-party script. */
export function serveDocs(app: NestFastifyApplication): void {
  const document = createOpenApi(app);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  const page = renderDocs(document);
  fastify.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function renderDocs(document: ReturnType<typeof createOpenApi>): string {
  const rows = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item as Record<string, { summary?: string; description?: string; tags?: string[] }>)
    .map(([method, operation]) => `<tr><td><code>${method.toUpperCase()}</code></td><td><code>${escapeHtml(path)}</code></td><td>${escapeHtml(operation.summary ?? '')}<br><small>${escapeHtml(operation.description ?? '')}</small></td></tr>`));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Roster API</title></head>
<body><h1>Roster API</h1><p>The machine-readable contract is <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
<table><thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">What it does</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></body></html>`;
}
