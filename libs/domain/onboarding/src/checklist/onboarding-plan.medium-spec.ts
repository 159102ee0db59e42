import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@roster/platform-database';
import { PLAN_ROWS, PlanBench, recordStatements, type AnsweredPlan, type Statement } from '@roster/testing';
import { OnboardingRepository } from './onboarding.repository.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');

describe(`the checklist over ${PLAN_ROWS} workloads that are all undetermined`, () => {
  let bench: PlanBench;
  let checklist: OnboardingRepository;
  let sent: Statement[];

  beforeAll(async () => {
    bench = await PlanBench.start({ now: NOW, imports: [], members: 2, neighbourRows: 200, tables: ['workload', 'owner_assignment', 'classification'], fill: async (admin, tenant, count) => {
      await admin.query(`
        INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, stage, undetermined, classified_at, registered_at, updated_at)
        SELECT $1, gen_random_uuid(), 'W-' || i, 'Workload ' || i, 'agent', 'x', 'T', 'pilot', true, $3, $3, $3 FROM generate_series(1, $2::int) i`, [tenant.tenantId, count, NOW]);
      await admin.query(`
        INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, effective_from, proposed_at, reaffirm_due_at)
        SELECT $1, gen_random_uuid(), w.id, 'risk_owner', $2, 'accepted', $3::timestamptz - row_number() OVER () * interval '1 minute', $3, $3::timestamptz + interval '90 days' FROM workload w WHERE w.tenant_id = $1`, [tenant.tenantId, tenant.members[0]?.id, NOW]);
    } });
    checklist = new OnboardingRepository(bench.context.get(Database));
    sent = recordStatements(checklist);
  }, 300_000);
  afterAll(async () => { await bench.stop(); });

  /** How the one statement that was sent is answered. */
  const explainSent = (): Promise<AnsweredPlan> => {
    const [statement, ...more] = sent.splice(0);
    if (!statement || more.length > 0) throw new Error(`Expected one statement, not ${more.length + 1}`);
    return bench.explain(statement);
  };

  it('finds that nothing is classified without reading what is not', async () => {
    expect(await checklist.classified(bench.org.scope, null)).toBeNull();
    const { names, milliseconds } = await explainSent();
    bench.note('classified', milliseconds);
    expect(names).toContain('workload_determined_idx');
  });

  it('finds the first owner who accepted without sorting them all', async () => {
    expect(await checklist.owned(bench.org.scope, null)).toMatchObject({ key: expect.stringMatching(/^W-/) });
    const { names, milliseconds } = await explainSent();
    bench.note('owned', milliseconds);
    expect(names).toContain('owner_assignment_first_accepted_idx');
    expect(names).not.toContain('Sort');
  });
});
