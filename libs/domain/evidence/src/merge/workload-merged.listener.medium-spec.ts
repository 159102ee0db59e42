import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobDispatcher, Outbox } from '@roster/platform-queue';
import { EvidenceFixture, type EvidenceOrganization } from '../testing/evidence-fixture.js';

interface Coverage { domains: { criteria: { id: string; status: string; evidence: { id: string }[] }[] }[] }

describe('evidence of a merged workload', () => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let other: EvidenceOrganization;
  beforeAll(async () => {
    fixture = await EvidenceFixture.start();
    org = await fixture.organization();
    other = await fixture.organization();
  });
  afterAll(() => fixture.stop());

  const evidence = async (title: string, links: object[]): Promise<string> => {
    const made = await org.submitter.client.post<{ id: string }>('/evidence', { kind: 'link', title, url: 'https://example.test', links });
    expect(made.status).toBe(201);
    return made.body.id;
  };
  const accept = async (id: string) => expect((await org.reviewer.client.post(`/evidence/${id}/versions/1/decision`, { decision: 'accept' })).status).toBe(200);
  /** Publishes the event and delivers it twice: the second time must change nothing. */
  const happen = async (of: EvidenceOrganization, workloadId: string, intoId: string): Promise<void> => {
    fixture.clock.advance({ seconds: 1 });
    const scope = TenantScope.forSystem(of.tenantId, 'test');
    await fixture.app.get(UnitOfWork).run(scope, () => fixture.app.get(Outbox).publish(scope, 'inventory.workload.merged', { workloadId, intoId }));
    const [row] = await fixture.run<{ id: string }>(of.tenantId, `SELECT id FROM outbox WHERE tenant_id = $1 AND name = 'inventory.workload.merged' ORDER BY id DESC LIMIT 1`, [of.tenantId]);
    for (let delivery = 0; delivery < 2; delivery += 1) {
      await fixture.app.get(JobDispatcher).dispatch('platform.deliver-event', { tenantId: of.tenantId, outboxId: row?.id ?? '' }, { attempt: 1, jobId: newId(), signal: new AbortController().signal });
    }
  };
  const merge = async (from: string, into: string): Promise<void> => {
    await fixture.run(org.tenantId, 'UPDATE workload SET merged_into_id = $3 WHERE tenant_id = $1 AND id = $2', [org.tenantId, from, into]);
    await happen(org, from, into);
  };
  const statusOf = async (key: string, criterion: string, asOf?: string): Promise<string | undefined> => {
    const read = await org.submitter.client.get<Coverage>(`/workloads/${key}/coverage?edition=psf-1.1${asOf === undefined ? '' : `&asOf=${asOf}`}`);
    return read.body.domains.flatMap(({ criteria }) => criteria).find(({ id }) => id.endsWith(criterion))?.status;
  };
  const active = (workloadId: string) => fixture.run<{ item: string; requirement: string; status: string; decider: string | null }>(org.tenantId,
    `SELECT item_id AS item, requirement_key AS requirement, status, decider_member_id AS decider FROM evidence_link WHERE tenant_id = $1 AND workload_id = $2 AND removed_at IS NULL ORDER BY id`, [org.tenantId, workloadId]);

  it('proves the same for the survivor from then on, once, and not before', async () => {
    const [from, into] = [await fixture.workload(org.tenantId, 'TWIN'), await fixture.workload(org.tenantId, 'ORIGINAL')];
    const accepted = await evidence('Accepted', [{ workload: 'TWIN', criterion: 'psf-1.1/PSF-1.1' }]);
    await accept(accepted);
    const waiting = await evidence('Waiting', [{ workload: 'TWIN', criterion: 'psf-1.1/PSF-1.2' }, { workload: 'TWIN' }]);
    const both = await evidence('Both', [{ workload: 'TWIN', criterion: 'psf-1.1/PSF-2.1' }, { workload: 'ORIGINAL', criterion: 'psf-1.1/PSF-2.1' }]);
    await accept(both);
    fixture.clock.advance({ minutes: 1 });
    const before = fixture.clock.now().toISOString();
    fixture.clock.advance({ minutes: 1 });
    await fixture.marks(org.tenantId);
    await merge(from, into);

    expect(await active(from)).toEqual([]);
    const links = await active(into);
    expect(links.map(({ item, status }) => [item, status]).sort()).toEqual([[accepted, 'accepted'], [both, 'accepted'], [waiting, 'proposed'], [waiting, 'proposed']].sort());
    expect(links.find(({ item }) => item === accepted)?.decider).toBe(org.reviewer.memberId);
    expect([await statusOf('ORIGINAL', 'PSF-1.1'), await statusOf('ORIGINAL', 'PSF-1.2'), await statusOf('ORIGINAL', 'PSF-2.1')]).toEqual(['satisfied', 'submitted', 'satisfied']);
    expect([await statusOf('ORIGINAL', 'PSF-1.1', before), await statusOf('ORIGINAL', 'PSF-2.1', before)]).toEqual(['missing', 'satisfied']);
    expect(await fixture.marks(org.tenantId)).toMatchObject({ ORIGINAL: ['evidence'] });
    const trail = await fixture.trail(org.tenantId);
    expect(trail.filter((action) => action === 'evidence.link.taken-over')).toHaveLength(3);
    expect(trail.filter((action) => action === 'evidence.link.removed')).toHaveLength(4);
  });

  it('keeps what the survivor says; only what waits there gives way to what was accepted', async () => {
    const [from, into] = [await fixture.workload(org.tenantId, 'SECOND'), await fixture.workload(org.tenantId, 'FIRST')];
    const item = await evidence('Shared', [{ workload: 'SECOND', criterion: 'psf-1.1/PSF-1.1' }, { workload: 'SECOND', criterion: 'psf-1.1/PSF-1.2' }]);
    await accept(item);
    const added = await org.submitter.client.post<{ id: string; requirement: string }[]>(`/evidence/${item}/links`, { links: [{ workload: 'FIRST', criterion: 'psf-1.1/PSF-1.1' }, { workload: 'FIRST', criterion: 'psf-1.1/PSF-1.2' }] });
    expect(added.status).toBe(201);
    const [rejected] = await fixture.run<{ id: string }>(org.tenantId, `SELECT id FROM evidence_link WHERE tenant_id = $1 AND workload_id = $2 AND requirement_key LIKE '%PSF-1.2%'`, [org.tenantId, into]);
    expect((await org.reviewer.client.post(`/evidence/${item}/links/${rejected?.id}/decision`, { decision: 'reject', comment: 'Not about this' })).status).toBeLessThan(300);
    await merge(from, into);
    expect((await active(into)).map(({ status }) => status).sort()).toEqual(['accepted', 'rejected']);
  });

  it('brings exceptions along that wait or are in force', async () => {
    const [from, into] = [await fixture.workload(org.tenantId, 'WAIVED-TWIN'), await fixture.workload(org.tenantId, 'WAIVED')];
    const ask = async (workload: string, criterion: string, approve: boolean): Promise<void> => {
      const made = await org.submitter.client.post<{ id: string }>('/exceptions', { workload, criterion, reason: 'r', compensatingControl: 'c', expiresAt: '2026-12-01T00:00:00Z' });
      expect(made.status).toBe(201);
      if (approve) expect((await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'approve' })).status).toBeLessThan(300);
    };
    await ask('WAIVED-TWIN', 'psf-1.1/PSF-1.1', true);
    await ask('WAIVED-TWIN', 'psf-1.1/PSF-1.2', false);
    await ask('WAIVED-TWIN', 'psf-1.1/PSF-1.3', true);
    await ask('WAIVED', 'psf-1.1/PSF-1.3', true);
    await merge(from, into);
    const rows = await fixture.run<{ workload: string; requirement: string; status: string }>(org.tenantId,
      `SELECT w.key AS workload, right(e.requirement_key, 7) AS requirement, e.status FROM coverage_exception e JOIN workload w ON w.tenant_id = e.tenant_id AND w.id = e.workload_id
        WHERE e.tenant_id = $1 AND w.id = ANY ($2::uuid[]) ORDER BY w.key, e.requirement_key`, [org.tenantId, [from, into]]);
    expect(rows).toEqual([
      { workload: 'WAIVED', requirement: 'PSF-1.1', status: 'approved' }, { workload: 'WAIVED', requirement: 'PSF-1.2', status: 'requested' }, { workload: 'WAIVED', requirement: 'PSF-1.3', status: 'approved' },
      { workload: 'WAIVED-TWIN', requirement: 'PSF-1.1', status: 'withdrawn' }, { workload: 'WAIVED-TWIN', requirement: 'PSF-1.2', status: 'withdrawn' }, { workload: 'WAIVED-TWIN', requirement: 'PSF-1.3', status: 'withdrawn' },
    ]);
    expect([await statusOf('WAIVED', 'PSF-1.1'), await statusOf('WAIVED', 'PSF-1.3')]).toEqual(['waived', 'waived']);
  });

  it('touches nothing of another organization, whatever an event names', async () => {
    const mine = await fixture.workload(org.tenantId, 'MINE');
    await evidence('Mine', [{ workload: 'MINE', criterion: 'psf-1.1/PSF-1.1' }]);
    const theirs = await fixture.workload(other.tenantId, 'THEIRS');
    await happen(other, mine, theirs);
    expect(await active(mine)).toHaveLength(1);
  });
});
