import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { EvidenceQuery } from '../item/evidence.query.js';
import { EvidenceWithdrawal } from '../withdrawal/evidence-withdrawal.js';
import { EvidenceFixture, type EvidenceOrganization } from '../testing/evidence-fixture.js';
import { EvidenceSubmission, type DrillEvidence } from './evidence-submission.js';

describe('evidence from and for other areas', () => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let scope: TenantScope;
  let strange: TenantScope;
  let workloadId: string;
  beforeAll(async () => {
    fixture = await EvidenceFixture.start();
    org = await fixture.organization();
    scope = TenantScope.authorised(org.tenantId, { type: 'member', id: org.submitter.memberId, name: 'Ada' });
    strange = TenantScope.forSystem((await fixture.organization()).tenantId, 'test');
    workloadId = await fixture.workload(org.tenantId, 'DRILLED');
  });
  afterAll(() => fixture.stop());

  const drill = (more: Partial<DrillEvidence> = {}): DrillEvidence => ({
    workloadId, drillId: 'd-1', kind: 'kill_switch', title: 'Kill-switch drill, 240 s', startedAt: new Date('2026-05-01T08:00:00Z'), expiresAt: new Date('2026-07-30T08:00:00Z'),
    record: { durationSeconds: 240, result: 'passed' }, ...more,
  });

  describe('a drill', () => {
    it('becomes a JSON file that waits for somebody other than who recorded it, proposed for what the edition says it proves', async () => {
      const { itemId, version } = await fixture.app.get(EvidenceSubmission).submitDrillEvidence(scope, drill());
      expect(version).toBe(1);
      const read = (await org.reviewer.client.get<{ links: { criterion: string; status: string }[] }>(`/evidence/${itemId}`)).body;
      expect(read).toMatchObject({
        kind: 'drill', title: 'Kill-switch drill, 240 s', status: 'submitted', links: [{ criterion: 'psf-1.1/PSF-6.4', status: 'proposed', workload: { key: 'DRILLED' } }],
        latest: { fileName: 'drill-d-1.json', mediaType: 'application/json', effectiveFrom: '2026-05-01T08:00:00.000Z', expiresAt: '2026-07-30T08:00:00.000Z', submittedBy: { id: org.submitter.memberId } },
      });
      const content = await org.reviewer.client.get(`/evidence/${itemId}/versions/1/content`);
      expect(JSON.parse(content.text)).toEqual({ drill: 'd-1', kind: 'kill_switch', durationSeconds: 240, result: 'passed' });
      expect(await org.submitter.client.post(`/evidence/${itemId}/versions/1/decision`, { decision: 'accept' })).toMatchObject({ status: 403, body: { code: 'EVIDENCE_SELF_REVIEW' } });
      expect(await org.reviewer.client.post(`/evidence/${itemId}/versions/1/decision`, { decision: 'accept' })).toMatchObject({ status: 200, body: { links: [{ status: 'accepted' }] } });
    });

    it('is gone with the transaction that recorded it', async () => {
      const count = () => fixture.run(org.tenantId, 'SELECT count(*) AS n FROM evidence_item WHERE tenant_id = $1', [org.tenantId]);
      const before = await count();
      await expect(fixture.app.get(UnitOfWork).run(scope, async () => {
        await fixture.app.get(EvidenceSubmission).submitDrillEvidence(scope, drill({ drillId: 'd-2' }));
        throw new Error('the drill was not recorded');
      })).rejects.toThrow('the drill was not recorded');
      expect(await count()).toEqual(before);
    });

    it('cannot be about another organization\'s workload', async () => {
      await expect(fixture.app.get(EvidenceSubmission).submitDrillEvidence(strange, drill())).rejects.toThrow(/foreign key/);
    });
  });

  it('that was withdrawn takes no version, no link and no decision, and no search finds it', async () => {
    const system = TenantScope.forSystem(org.tenantId, 'Trial data');
    const submission = fixture.app.get(EvidenceSubmission);
    const { itemId } = await submission.submitDocument(system, { title: 'Trial zebra', kind: 'document', fileName: 'zebra.md', text: '# Zebra', effectiveFrom: null, expiresAt: null, notes: null, links: [{ workload: 'DRILLED', criterion: null }] });
    const library = async (): Promise<number> => (await org.reviewer.client.get<{ items: object[] }>('/evidence?q=zebra')).body.items.length;
    expect(await library()).toBe(1);
    expect(await fixture.app.get(EvidenceWithdrawal).withdraw(system, 'Trial data', 'The trial is over.')).toBe(1);
    expect(await library()).toBe(0);
    expect(await org.submitter.client.post(`/evidence/${itemId}/links`, { links: [{ workload: 'DRILLED' }] })).toMatchObject({ status: 404, body: { code: 'EVIDENCE_ITEM_NOT_FOUND' } });
    expect(await org.submitter.client.post(`/evidence/${itemId}/versions`, { url: 'https://example.test/zebra' })).toMatchObject({ status: 404, body: { code: 'EVIDENCE_ITEM_NOT_FOUND' } });
    expect(await org.reviewer.client.post(`/evidence/${itemId}/versions/1/decision`, { decision: 'accept' })).toMatchObject({ status: 404, body: { code: 'EVIDENCE_VERSION_NOT_FOUND' } });
    // The database refuses what a door forgets.
    await expect(fixture.run(org.tenantId, `INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, status, proposed_at, proposed_by) VALUES ($1, gen_random_uuid(), $2, $3, 'proposed', now(), '{"type":"system"}')`, [org.tenantId, itemId, workloadId])).rejects.toThrow(/was withdrawn/);
    await expect(fixture.run(org.tenantId, `INSERT INTO evidence_version (tenant_id, item_id, version, url, url_sha256, status, submitted_at, submitted_by) VALUES ($1, $2, 2, 'https://example.test/', sha256('x'), 'submitted', now(), '{"type":"system"}')`, [org.tenantId, itemId])).rejects.toThrow(/was withdrawn/);
    // Still readable for who follows the trail.
    expect((await org.reviewer.client.get(`/evidence/${itemId}`)).status).toBe(200);
  });

  describe('EvidenceQuery', () => {
    const query = () => fixture.app.get(EvidenceQuery);

    it('exports items as they were known at an instant, page by page, with bytes', async () => {
      fixture.clock.set('2026-05-01T09:01:00Z');
      const exported = await fixture.workload(org.tenantId, 'EXPORTED');
      const ids: string[] = [];
      for (const n of [1, 2, 3]) {
        const made = await org.submitter.client.post<{ id: string }>('/evidence', { kind: 'link', title: `Proof ${n}`, url: `https://example.test/${n}`, links: [{ workload: 'EXPORTED', criterion: 'PSF-1.1' }] });
        ids.push(made.body.id);
      }
      fixture.clock.set('2026-05-01T09:02:00Z');
      await org.reviewer.client.post(`/evidence/${ids[0]}/versions/1/decision`, { decision: 'accept', comment: 'fine' });
      const at = async (time: string, after: string | null = null, limit = 100) => query().export(scope, [exported], new Date(`2026-05-01T${time}Z`), after, limit);
      expect(await at('09:00:59')).toEqual([]);
      expect((await at('09:01:30')).map((e) => [e.versions[0]?.status, e.links[0]?.status, e.versions[0]?.decisionComment])).toEqual([['submitted', 'proposed', null], ['submitted', 'proposed', null], ['submitted', 'proposed', null]]);
      expect((await at('09:02:00')).find((e) => e.id === ids[0])).toMatchObject({ versions: [{ status: 'accepted', decisionComment: 'fine', decidedBy: { id: org.reviewer.memberId } }], links: [{ status: 'accepted', requirementKey: 'psf-1.1/PSF-1.1' }] });
      const first = await at('09:03:00', null, 2);
      const second = await at('09:03:00', first.at(-1)?.id ?? null, 2);
      expect([...first, ...second].map((e) => e.id)).toEqual([...ids].sort());
      const [file] = await query().export(scope, [workloadId], new Date('2026-05-01T09:03:00Z'), null, 10);
      expect((await buffer(await query().open(file?.versions[0]?.storageKey ?? ''))).length).toBe(file?.versions[0]?.size);
      expect(await query().export(strange, [exported], new Date('2026-05-01T09:03:00Z'), null, 10)).toEqual([]);
    });

    it('exports exceptions as they were known at an instant', async () => {
      fixture.clock.set('2026-05-01T09:04:00Z');
      const made = await org.submitter.client.post<{ id: string }>('/exceptions', { workload: 'EXPORTED', criterion: 'PSF-2.2', reason: 'later', compensatingControl: 'people', expiresAt: '2026-06-01T00:00:00Z' });
      fixture.clock.set('2026-05-01T09:05:00Z');
      await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'approve' });
      fixture.clock.set('2026-05-01T09:06:00Z');
      await org.submitter.client.post(`/exceptions/${made.body.id}/withdraw`, { reason: 'done' });
      const [workload] = await fixture.run<{ id: string }>(org.tenantId, `SELECT id FROM workload WHERE tenant_id = $1 AND key = 'EXPORTED'`, [org.tenantId]);
      const at = async (time: string, by = scope) => (await query().exportExceptions(by, [workload?.id ?? ''], new Date(`2026-05-01T${time}Z`))).map((e) => e.status);
      expect([await at('09:03:59'), await at('09:04:30'), await at('09:05:30'), await at('09:06:00')]).toEqual([[], ['requested'], ['approved'], ['withdrawn']]);
      expect(await at('09:06:00', strange)).toEqual([]);
    });

    it('tells what changed for a workload in a period', async () => {
      const [workload] = await fixture.run<{ id: string }>(org.tenantId, `SELECT id FROM workload WHERE tenant_id = $1 AND key = 'EXPORTED'`, [org.tenantId]);
      const changes = (from: string, to: string, by = scope) => query().changes(by, workload?.id ?? '', new Date(`2026-05-01T${from}Z`), new Date(`2026-05-01T${to}Z`), 100);
      const what = async (from: string, to: string) => (await changes(from, to)).map((c) => c.what).sort();
      expect(await what('09:01:00', '09:02:00')).toEqual(['linked', 'linked', 'linked', 'submitted', 'submitted', 'submitted']);
      expect(await changes('09:02:00', '09:03:00')).toEqual([expect.objectContaining({ what: 'accepted', title: 'Proof 1', version: 1, requirementKeys: ['psf-1.1/PSF-1.1'] })]);
      expect(await what('09:04:00', '09:07:00')).toEqual(['exception_approved', 'exception_withdrawn']);
      expect(await changes('09:00:00', '10:00:00', strange)).toEqual([]);
    });
  });
});
