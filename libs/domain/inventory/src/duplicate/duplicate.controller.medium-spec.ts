import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { InventoryHttpModule } from '../inventory-http.module.js';
import type { DuplicatesDto } from '../workload/workload.dto.js';

describe('GET /workloads/duplicates', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let ada: SignedInClient;
  let other: SignedInClient;
  const find = (who: SignedInClient, query: string) => who.client.get<DuplicatesDto>(`/workloads/duplicates?${query}`);

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock: new FakeClock('2026-05-10T12:00:00Z'), imports: [InventoryHttpModule] });
    const client = await TestClient.of(app);
    ada = await client.signUp();
    other = await client.signUp();
    const six = (who: SignedInClient, more: object) => who.client.post('/workloads', { kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: who.email, processesRealData: 'unknown', ...more });
    await six(ada, { name: 'Fraud scoring', repositories: ['https://github.com/acme/fraud.git'] });
    await six(ada, { name: 'Invoice reader' });
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  it('names what has a similar name in the team, with a score', async () => {
    const { body } = await find(ada, 'name=Fraud%20scorings&team=claims');
    expect(body.items).toEqual([{ key: 'FRAUD-SCORING', name: 'Fraud scoring', team: 'Claims', score: expect.any(Number), reasons: ['similar_name_in_team'] }]);
    expect(body.items[0]?.score).toBeGreaterThan(0.5);
    expect((await find(ada, 'name=Fraud%20scorings')).body.items).toEqual([]);
    expect((await find(ada, 'name=Weather&team=Claims')).body.items).toEqual([]);
  });

  it('names what has the same repository, however it is spelled', async () => {
    expect((await find(ada, 'name=Something%20else&repository=git@github.com/acme/fraud')).body.items).toMatchObject([{ key: 'FRAUD-SCORING', reasons: ['same_repository'] }]);
  });

  it('says what is wrong with the question', async () => {
    expect(await find(ada, 'team=Claims')).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }] } });
    expect(await find(ada, 'name=x&nmae=y')).toMatchObject({ status: 400, body: { errors: [{ path: 'nmae' }] } });
    expect(await find(ada, 'name=x&toString=1')).toMatchObject({ status: 400, body: { errors: [{ path: 'toString' }] } });
  });

  it('knows nothing of another organization', async () => {
    expect((await find(other, 'name=Fraud%20scoring&team=Claims&repository=github.com/acme/fraud')).body.items).toEqual([]);
  });
});
