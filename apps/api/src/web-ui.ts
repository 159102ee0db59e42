import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../web/dist', import.meta.url));
const NONCE = '{{nonce}}';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** What a page of Roster may load: its own files and what carries the nonce of this very answer. Nothing inline, nothing from elsewhere. */
const policy = (nonce: string): string => [
  "default-src 'none'", `script-src 'self' 'nonce-${nonce}'`, `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'", "worker-src 'self'",
  "frame-src 'self' blob:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'", "manifest-src 'self'",
].join('; ');

/**
 * Serves the built web UI: its files by name (they never change under a name), and its page for every other address of people.
 * @param folder the build of apps/web
 */
export async function serveWebUi(app: NestFastifyApplication, folder: string = BUILT): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Error(`The web UI has not been built: ${index} does not exist. Run \`npm run build\`.`);
  const page = await readFile(index, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic as never, {
    root: folder, serve: true, wildcard: false, index: false, preCompressed: true, globIgnore: ['**/*.map', '**/index.html', '**/manifest.json', '**/*.br', '**/*.gz'], cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) => { void reply.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache'); },
  });
  fastify.get('/*', async (request, reply) => {
    // What belongs to the API is never answered with a page, and a file that is gone is gone.
    if (/^\/(api|assets|metrics)(\/|$|\?)/.test(request.url)) return reply.callNotFound();
    const nonce = randomBytes(18).toString('base64');
    return reply.header('content-security-policy', policy(nonce)).header('cross-origin-opener-policy', 'same-origin').type('text/html; charset=utf-8').send(page.replaceAll(NONCE, nonce));
  });
}
