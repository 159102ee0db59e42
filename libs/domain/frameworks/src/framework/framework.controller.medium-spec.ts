import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FakeClock, TestClient, createTestApp, createTestDatabase, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { FrameworksHttpModule } from '../frameworks-http.module.js';

describe('frameworks over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let anybody: TestClient;
  let founder: SignedInClient;
  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createTestApp({ config: testConfig(database), clock: new FakeClock(), imports: [FrameworksHttpModule] });
    anybody = await TestClient.of(app);
    founder = await anybody.signUp();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  const get = (path: string, client = founder.client) => client.get(path);

  it('lists every edition with its attribution', async () => {
    const { status, body } = await get('/frameworks');
    expect(status).toBe(200);
    expect(body).toMatchObject({ nextCursor: null, items: [{ id: 'psf-1.1', assessable: true, domainCount: 8, requirementCount: 40 }, { id: 'psf-definition-2026-04', requirementCount: 33 }, {}, {}, {}, {}, {}] });
    expect((body['items'] as { attribution: string }[]).every((e) => e.attribution.length > 10)).toBe(true);
  });

  it('reads one edition with basis flags and rules', async () => {
    const { body } = await get('/frameworks/psf-1.1');
    expect(body).toMatchObject({ id: 'psf-1.1', freezeDomains: ['PSF-3', 'PSF-7'] });
    const domains = body['domains'] as { id: string; freeze: boolean; criteria: { id: string; wordingVerified: boolean }[] }[];
    expect(domains.filter((d) => d.freeze).map((d) => d.id)).toEqual(['PSF-3', 'PSF-7']);
    expect(domains.flatMap((d) => d.criteria).filter((c) => !c.wordingVerified)).toHaveLength(29);
  });

  it('reads a crosswalk in both directions, with names beside ids', async () => {
    const { body } = await get('/frameworks/psf-1.1/crosswalk/psf-definition-2026-04');
    expect((body['rows'] as unknown[])).toContainEqual({ from: { id: 'PSF-3', name: 'Data Protection' }, to: { id: 'PSF-01', name: 'Data Governance' }, relation: 'equivalent', basis: 'expert', why: 'Lawful and controlled data use' });
    expect((await get('/frameworks/psf-definition-2026-04/crosswalk/psf-1.1')).body).toMatchObject({ inverted: true });
    expect((await get('/frameworks/psf-1.1/crosswalk/nist-ai-rmf-1.0')).status).toBe(200);
  });

  it('is what an organization can choose from', async () => {
    expect(await founder.client.patch('/organization', { edition: 'psf-definition-2026-04' })).toMatchObject({ status: 200, body: { edition: 'psf-definition-2026-04' } });
    expect(await founder.client.patch('/organization', { edition: 'psf-dsa-early' })).toMatchObject({ status: 422 });
    expect(await founder.client.patch('/organization', { edition: 'psf-9' })).toMatchObject({ status: 422 });
  });

  it('answers unknown names with 404 and what there is, and strangers with 401', async () => {
    expect(await get('/frameworks/psf-9')).toMatchObject({ status: 404, body: { code: 'FRAMEWORKS_EDITION_NOT_FOUND' } });
    expect(await get('/frameworks/psf-1.1/crosswalk/nothing')).toMatchObject({ status: 404, body: { code: 'FRAMEWORKS_CROSSWALK_NOT_FOUND' } });
    expect((await get('/frameworks', anybody)).status).toBe(401);
  });
});
