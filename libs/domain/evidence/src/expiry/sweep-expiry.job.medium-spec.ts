import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@roster/platform-context';
import { JobDispatcher } from '@roster/platform-queue';
import { EvidenceFixture, type EvidenceOrganization } from '../testing/evidence-fixture.js';
import { ExpiryService } from './expiry.service.js';

const START = '2026-05-01T09:00:00.000Z';

describe('the expiry sweep', () => {
  let fixture: EvidenceFixture;
  beforeAll(async () => { fixture = await EvidenceFixture.start(); });
  afterAll(() => fixture.stop());

  const sweep = () => fixture.app.get(JobDispatcher).dispatch('evidence.sweep-expiry', {}, { attempt: 1, jobId: 'test', signal: new AbortController().signal });
  const submitted = async (org: EvidenceOrganization, expiresAt: string | null, more: object = {}): Promise<string> => {
    const made = await org.submitter.client.post<{ id: string }>('/evidence', { kind: 'link', title: 'Proof', url: 'https://example.test', ...(expiresAt === null ? {} : { expiresAt }), ...more });
    expect(made.status).toBe(201);
    return made.body.id;
  };
  const accept = async (org: EvidenceOrganization, id: string, version = 1) => expect((await org.reviewer.client.post(`/evidence/${id}/versions/${version}/decision`, { decision: 'accept' })).status).toBe(200);
  const fresh = async (): Promise<EvidenceOrganization> => {
    fixture.clock.set(START);
    return fixture.organization();
  };
  /** What was said since the last look. */
  const said = async (org: EvidenceOrganization) => {
    const rows = await fixture.run<{ name: string; payload: { days?: number } }>(org.tenantId, `DELETE FROM outbox WHERE tenant_id = $1 AND (name LIKE 'evidence.version.expir%' OR name LIKE 'evidence.exception.expir%') RETURNING name, payload`, [org.tenantId]);
    return rows.map(({ name, payload }) => `${name.split('.').slice(1).join(' ')}${payload.days === undefined ? '' : ` ${payload.days}`}`);
  };

  it('warns 30, 14, 7 and 1 days ahead and says once that it expired, however often it runs', async () => {
    const org = await fresh();
    await fixture.workload(org.tenantId, 'EXPIRING');
    const id = await submitted(org, '2026-07-01T00:00:00Z', { links: [{ workload: 'EXPIRING', criterion: 'PSF-4.1' }] });
    await accept(org, id);
    await fixture.marks(org.tenantId);
    const story: Record<string, string[]> = {};
    for (const day of ['2026-05-31T23:59:59.999Z', '2026-06-01T00:00:00Z', '2026-06-17T00:00:00Z', '2026-06-24T00:00:00Z', '2026-06-29T23:00:00Z', '2026-06-30T00:00:00Z', '2026-06-30T23:59:59.999Z', '2026-07-01T00:00:00Z', '2026-08-01T00:00:00Z']) {
      fixture.clock.set(day);
      await sweep();
      await sweep();
      story[day] = await said(org);
    }
    expect(story).toEqual({
      '2026-05-31T23:59:59.999Z': [], '2026-06-01T00:00:00Z': ['version expiring 30'], '2026-06-17T00:00:00Z': ['version expiring 14'], '2026-06-24T00:00:00Z': ['version expiring 7'],
      '2026-06-29T23:00:00Z': [], '2026-06-30T00:00:00Z': ['version expiring 1'], '2026-06-30T23:59:59.999Z': [], '2026-07-01T00:00:00Z': ['version expired'], '2026-08-01T00:00:00Z': [],
    });
    expect(await fixture.marks(org.tenantId)).toEqual({ EXPIRING: ['expiry'] });
    expect(await fixture.trail(org.tenantId)).toEqual(['evidence.version.submitted', 'evidence.version.decided', 'evidence.version.expired']);
  });

  it('says only the closest when it was late, and nothing about what waits, was rejected or replaced', async () => {
    const org = await fresh();
    const replaced = await submitted(org, '2026-06-20T00:00:00Z');
    await accept(org, replaced);
    await org.submitter.client.post(`/evidence/${replaced}/versions`, { url: 'https://example.test/2' });
    await accept(org, replaced, 2);
    await submitted(org, '2026-06-20T00:00:00Z');
    await accept(org, await submitted(org, null));
    const rejected = await submitted(org, '2026-06-20T00:00:00Z');
    await org.reviewer.client.post(`/evidence/${rejected}/versions/1/decision`, { decision: 'reject', comment: 'no' });
    await accept(org, await submitted(org, '2026-06-18T00:00:00Z'));
    fixture.clock.set('2026-06-13T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual(['version expiring 7']);
    fixture.clock.set('2026-09-01T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual(['version expired']);
  });

  it('warns about exceptions too, and marks the workload when they end', async () => {
    const org = await fresh();
    await fixture.workload(org.tenantId, 'WAIVED');
    const made = await org.submitter.client.post<{ id: string }>('/exceptions', { workload: 'WAIVED', criterion: 'PSF-1.1', reason: 'r', compensatingControl: 'c', expiresAt: '2026-05-20T00:00:00Z' });
    await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'approve' });
    await fixture.marks(org.tenantId);
    await sweep();
    expect(await said(org)).toEqual(['exception expiring 30']);
    fixture.clock.set('2026-05-20T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual(['exception expired']);
    expect(await fixture.marks(org.tenantId)).toEqual({ WAIVED: ['expiry'] });
  });

  it('says everything once when two workers sweep at the same time, also more than a batch', async () => {
    const org = await fresh();
    const id = await submitted(org, null);
    await fixture.run(org.tenantId, `
      WITH items AS (INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1, gen_random_uuid(), 'link', 'x', $2, $2 FROM generate_series(1, 1203) RETURNING id)
      INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, status, checked_at, decided_at, decided_by, decider_member_id, expires_at, next_notice_at)
      SELECT $1, id, 1, 'https://example.test', $2, 'accepted', $2, $2, '{}', $3, $2::timestamptz + interval '10 days', $2 FROM items`, [org.tenantId, new Date(START), org.reviewer.memberId]);
    await Promise.all([sweep(), sweep(), sweep()]);
    const words = await said(org);
    expect(words).toHaveLength(1203);
    expect(new Set(words)).toEqual(new Set(['version expiring 14']));
    expect(id).not.toBe('');
  }, 30_000);

  it('stays inside the organization', async () => {
    const [org, other] = [await fresh(), await fresh()];
    await accept(org, await submitted(org, '2026-05-05T00:00:00Z'));
    expect(await fixture.app.get(ExpiryService).sweep(TenantScope.forSystem(other.tenantId, 'test'))).toBe(0);
    expect(await said(org)).toEqual([]);
    expect(await fixture.app.get(ExpiryService).sweep(TenantScope.forSystem(org.tenantId, 'test'))).toBe(1);
    expect(await said(org)).toEqual(['version expiring 7']);
  });

  it('plans anew when the organization wants to be warned at other times', async () => {
    const org = await fresh();
    await accept(org, await submitted(org, '2026-07-01T00:00:00Z'));
    const changed = await org.submitter.client.patch('/organization', { thresholds: { evidenceWarnDays: [60, 3] } });
    expect(changed.status).toBe(200);
    await fixture.app.get(ExpiryService).replan(TenantScope.forSystem(org.tenantId, 'test'));
    fixture.clock.set('2026-05-02T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual(['version expiring 60']);
    fixture.clock.set('2026-06-25T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual([]);
    fixture.clock.set('2026-06-28T00:00:00Z');
    await sweep();
    expect(await said(org)).toEqual(['version expiring 3']);
  }, 30_000);
});
