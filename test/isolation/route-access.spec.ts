import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpApp, createOpenApi, Public, RouteTable, SelfOnly } from '@roster/platform-http';
import { RosterLogger } from '@roster/platform-logging';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type TestDatabase } from '@roster/testing';
import { ApiModule } from '../../apps/api/src/api.module.js';

@Controller('forgotten')
class ForgottenController {
  @Get()
  list(): string[] {
    return [];
  }
}
@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

let db: TestDatabase;
let app: NestFastifyApplication;
beforeAll(async () => {
  db = await createTestDatabase();
  app = await createHttpApp(ApiModule.forRoot(testConfig(db)), { trustedProxyHops: 0, logger: new RosterLogger('routes', 'silent') });
}, 60_000);
afterAll(async () => {
  await app.close();
  await db.drop();
}, 30_000);

describe('rule 7: default deny', () => {
  it('refuses to start with a route that declares nothing', async () => {
    await expect(createTestApp({ config: testConfig(db), clock: new FakeClock(), imports: [ForgottenModule] })).rejects.toThrow(/declare no access: GET \/api\/v1\/forgotten/);
  });

  it('refuses to load a route that declares two things', () => {
    expect(() => {
      class TwiceController {
        @Public('a reason that is long enough')
        @SelfOnly()
        @Get()
        list(): void {
          // Never called.
        }
      }
      return TwiceController;
    }).toThrow(/exactly one/);
  });

  it('has its whole table in docs/reference/routes.md, where a change of it is reviewed', () => {
    const documented = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', 'routes.md'), 'utf8');
    const routes = app.get(RouteTable).entries();
    const missing = routes.filter(({ method, path, access }) => !documented.includes(`| ${method} | \`${path}\` | ${access?.kind === 'permission' ? `\`${access.permission}\`` : ''}`));
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect([...documented.matchAll(/^\| [A-Z]+ \| `/gm)]).toHaveLength(routes.length);
  });

  it('gives every public route a reason', () => {
    const reasons = app.get(RouteTable).entries().flatMap(({ path, access }) => (access?.kind === 'public' ? [[path, access.reason] as const] : []));
    expect(reasons.filter(([, reason]) => reason.length < 20)).toEqual([]);
    expect(reasons.map(([path]) => path).sort()).toEqual(['/api/v1/gate/keys', '/api/v1/health/live', '/api/v1/health/ready', '/api/v1/invitations/:token', '/api/v1/invitations/:token/accept', '/api/v1/sessions', '/api/v1/sign-up']);
  });

  it('takes the raw stream of a request for pieces of uploads only', async () => {
    const client = await TestClient.of(app);
    const answers = await Promise.all(app.get(RouteTable).entries().filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)).map(async ({ method, path }) => {
      const { status } = await client.send(method, path.slice('/api/v1'.length).replaceAll(/:\w+/g, 'x'), { raw: new Blob(['a']), headers: { 'content-type': 'application/offset+octet-stream' } });
      return [`${method} ${path}`, status] as const;
    }));
    expect(answers.filter(([, status]) => status !== 415)).toEqual([['PATCH /api/v1/uploads/:id', 401]]);
  });

  it('has the same routes in the OpenAPI document', () => {
    const document = createOpenApi(app);
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{([^}]+)\}/g, ':$1')}`));
    expect(described.sort()).toEqual(app.get(RouteTable).entries().map(({ method, path }) => `${method} ${path}`).sort());
  });
});
