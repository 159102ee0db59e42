/**
 * Evaluation of a mixed inventory: a third experiments, some unknown, pilots with half their controls, a fifth complete and in production,
 * 200 shared evidence items, drills, owners. Measures the first evaluation (every result stored), one that changes nothing, and one at which
 * the evidence of everything in production has expired. Floor: the pure rules over the same inputs in memory.
 */
import { EvaluateWorkloadsUsecase, EvaluationPolicies, FullEvaluation } from '@roster/classification';
import { WorkloadFactsQuery } from '@roster/inventory';
import { seconds, seedOrganization, withAdmin, workerContext } from './measure.mjs';
import { seedMixedInventory } from './mixed-inventory.mjs';

const ROWS = Number(process.env.ROSTER_BENCH_ROWS ?? 100_000);

export async function run(stack) {
  const { tenantId, memberId, scope } = await seedOrganization(stack);
  await seedMixedInventory(stack, tenantId, memberId, ROWS);
  const worker = await workerContext(stack);
  const full = worker.get(FullEvaluation);
  const measure = async () => {
    const cpu = process.cpuUsage();
    let outcome;
    const elapsed = await seconds(async () => { outcome = await full.run(scope, 'sweep', async () => true); });
    const used = process.cpuUsage(cpu);
    return { elapsed, ...outcome, cpu: (used.user + used.system) / 1e6, rss: Math.round(process.memoryUsage().rss / 2 ** 20) };
  };
  const first = await measure();
  const stages = await withAdmin(stack, (client) => client.query('SELECT stage, count(*)::int AS n FROM workload WHERE tenant_id = $1 GROUP BY stage ORDER BY stage', [tenantId]));
  await withAdmin(stack, (client) => client.query('ANALYZE'));
  const again = await measure();
  const note = (m) => `${Math.round(m.evaluated / m.elapsed)} workloads/s, ${m.stored} results stored, ${m.cpu.toFixed(1)} s CPU in this process, ${m.rss} MiB`;
  const rows = [
    { name: `first evaluation of ${first.evaluated}`, ours: first.elapsed.toFixed(1), unit: 's', note: `${note(first)}; ${stages.rows.map((r) => `${r.stage} ${r.n}`).join(', ')}` },
    { name: `re-evaluation of ${again.evaluated}, nothing changed`, ours: again.elapsed.toFixed(1), unit: 's', note: `${note(again)}; target <= 30 s` },
  ];
  // Everything in production loses one owner: those fall, the others stay.
  await withAdmin(stack, async (client) => {
    await client.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
    await client.query(`UPDATE owner_assignment o SET status = 'ended', effective_to = app_now(), reaffirm_due_at = NULL FROM workload w WHERE w.tenant_id = $1 AND o.tenant_id = $1 AND o.workload_id = w.id AND w.stage = 'production' AND o.role = 'on_call'`, [tenantId]);
  });
  const fell = await measure();
  rows.push({ name: `re-evaluation of ${fell.evaluated}, everything in production falls`, ours: fell.elapsed.toFixed(1), unit: 's', note: note(fell) });
  const policy = await worker.get(EvaluationPolicies).of(scope);
  const ids = await worker.get(WorkloadFactsQuery).page(scope, null, 1_000);
  const evaluation = worker.get(EvaluateWorkloadsUsecase);
  const read = await seconds(() => evaluation.outcomes(scope, ids, policy, new Date()));
  rows.push({ name: 'of which reading and evaluating 1,000', ours: (read * 1_000).toFixed(0), unit: 'ms', note: 'one batch, one connection' });
  await worker.close();
  return rows;
}
