import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClassificationHttpModule } from '@roster/classification';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworksHttpModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { ReviewsHttpModule } from '@roster/reviews';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { ReviewEditionsBinding } from './review-editions.binding.js';

let db: TestDatabase;
let app: NestFastifyApplication;
let admin: SignedInClient;

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createTestApp({
    config: testConfig(db), clock: new FakeClock('2026-05-10T12:00:00.000Z'),
    imports: [FrameworksHttpModule, InventoryHttpModule, EvidenceHttpModule, IncidentsHttpModule, NotificationsHttpModule, ReviewEditionsBinding, ReviewsHttpModule, ClassificationHttpModule],
  });
  admin = await (await TestClient.of(app)).signUp();
}, 60_000);
afterAll(async () => {
  await app.close();
  await db.drop();
});

it('refuses through the inventory, with the gaps, that a frozen workload grows, though nobody had classified it yet', async () => {
  const made = await admin.client.post<{ key: string; stage: null }>('/workloads', {
    name: 'Grower', kind: 'agent', purpose: 'x', team: 'Care', riskOwner: admin.memberId, processesRealData: 'yes', handlesPii: 'yes', executesTools: 'yes', dataClasses: ['internal'],
  });
  expect([made.status, made.body.stage]).toEqual([201, null]);
  const grown = await admin.client.patch<{ code: string; gaps: { domain: string }[] }>('/workloads/GROWER', { dataClasses: ['internal', 'restricted'] });
  expect([grown.status, grown.body.code]).toEqual([409, 'INVENTORY_WORKLOAD_FROZEN']);
  expect(grown.body.gaps.length).toBeGreaterThan(0);
  expect((await admin.client.put('/workloads/GROWER/tool-grants', { grants: [{ name: 'crm', access: 'read' }] })).status).toBe(200);
  expect((await admin.client.put('/workloads/GROWER/tool-grants', { grants: [{ name: 'crm', access: 'read' }, { name: 'mail', access: 'write' }] })).status).toBe(409);
  expect((await admin.client.patch('/workloads/GROWER', { description: 'Documentation is not growth', jurisdictions: ['DE'] })).status).toBe(200);
});

it('lets a workload grow that is not frozen', async () => {
  await admin.client.post('/workloads', {
    name: 'Harmless', kind: 'agent', purpose: 'x', team: 'Care', riskOwner: admin.memberId, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', dataClasses: ['internal'],
  });
  expect((await admin.client.patch('/workloads/HARMLESS', { dataClasses: ['internal', 'confidential'] })).status).toBe(200);
});
