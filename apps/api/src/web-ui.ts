import { SESSION_COOKIE } from '@roster/access';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** As apps/web/build/route-files.ts writes it. */
interface RouteFiles {
  readonly path: string;
  readonly signedIn: boolean;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** Who is at the keyboard: the first thing every page behind the sign-in asks. */
const ME = '<link rel="preload" as="fetch" crossorigin href="/api/v1/me">';

/**
 * Names in the head of the page what its address needs, so that the browser fetches it beside the first scripts and not after they ran. Somebody without a
 * session is led to the sign-in: nothing is fetched for the page they asked for.
 */
async function headFor(folder: string): Promise<(request: FastifyRequest) => string> {
  const routes = (JSON.parse(await readFile(join(folder, 'route-files.json'), 'utf8')) as RouteFiles[]).map(({ path, signedIn, scripts, styles }) => ({
    path: new RegExp(path), signedIn,
    head: [...scripts.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`), ...styles.map((file) => `<link rel="stylesheet" crossorigin href="/${file}" nonce="${NONCE}">`)].join(''),
  }));
  return (request) => {
    const address = request.url.replace(/\?.*$/s, '');
    const route = routes.find(({ path }) => path.test(address));
    if (!route?.signedIn) return route?.head ?? '';
    return request.cookies[SESSION_COOKIE] ? ME + route.head : '';
  };
}

/**
 * Serves the built web UI: its files by name (they never change under a name), and its page for every other address of people.
 * @param folder the build of apps/web
 */
export async function serveWebUi(app: NestFastifyApplication, folder: string = BUILT): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Error(`The web UI has not been built: ${index} does not exist. Run \`npm run build\`.`);
  const page = await readFile(index, 'utf8');
  const head = await headFor(folder);
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic as never, {
    root: folder, serve: true, wildcard: false, index: false, preCompressed: true, globIgnore: ['**/*.map', '**/index.html', '**/manifest.json', '**/route-files.json', '**/*.br', '**/*.gz'], cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) => { void reply.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache'); },
  });
  fastify.get('/*', async (request, reply) => {
    // What belongs to the API is never answered with a page, and a file that is gone is gone.
    if (/^\/(api|assets|metrics)(\/|$|\?)/.test(request.url)) return reply.callNotFound();
    const nonce = randomBytes(18).toString('base64');
    return reply.header('content-security-policy', policy(nonce)).header('cross-origin-opener-policy', 'same-origin').type('text/html; charset=utf-8').header('cache-control', 'private, no-cache').header('vary', 'Cookie').send(page.replace('</head>', () => `${head(request)}</head>`).replaceAll(NONCE, nonce));
  });
}
