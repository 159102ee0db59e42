import { withAdmin } from './measure.mjs';

/**
 * A mixed inventory: a third experiments, some unknown, pilots with half their controls, a fifth complete (production, once it is evaluated),
 * 200 shared evidence items, drills, owners.
 */
export async function seedMixedInventory(stack, tenantId, memberId, workloads) {
  await withAdmin(stack, async (client) => {
    const run = (sql, values = []) => client.query(sql, values);
    await run(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
    const { rows: [second] } = await run(`WITH u AS (INSERT INTO user_account (id, email, name, password_hash) VALUES (gen_random_uuid(), 'second-' || $1 || '@example.test', 'Second', '$argon2id$none') RETURNING id, email)
      INSERT INTO member (tenant_id, id, user_id, email, name, role) SELECT $1::uuid, gen_random_uuid(), id, email, 'Second', 'admin' FROM u RETURNING id`, [tenantId]);
    await run(`INSERT INTO workload (tenant_id, id, key, name, processes_real_data, handles_pii, executes_tools, risk_tier, registered_at, updated_at)
      SELECT $1, gen_random_uuid(), 'W-' || n, 'Workload ' || n, CASE WHEN n % 10 < 3 THEN 'no' WHEN n % 10 < 5 THEN 'unknown' ELSE 'yes' END, CASE WHEN n % 3 = 0 THEN 'yes' ELSE 'no' END, 'no',
             (ARRAY['low', 'medium', 'high', 'critical', NULL])[1 + (n / 10) % 5], app_now(), app_now() FROM generate_series(1, $2::int) n`, [tenantId, workloads]);
    await run(`INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, stated_at)
      SELECT tenant_id, id, f.fact, 'declared', f.value, app_now() FROM workload, LATERAL (VALUES ('processesRealData', processes_real_data), ('handlesPii', handles_pii), ('executesTools', executes_tools)) f(fact, value) WHERE tenant_id = $1`, [tenantId]);
    await run(`INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, reaffirm_due_at)
      SELECT tenant_id, gen_random_uuid(), id, 'on_call', $2, 'accepted', app_now(), app_now(), app_now() + interval '180 days' FROM workload WHERE tenant_id = $1 AND right(key, 1) IN ('5', '6', '7')`, [tenantId, memberId]);
    await run(`INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1, gen_random_uuid(), 'document', 'E' || n, app_now(), app_now() FROM generate_series(1, 200) n`, [tenantId]);
    await run(`INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, submitter_member_id, status, checked_at, decided_at, decided_by, decider_member_id, expires_at)
      SELECT tenant_id, id, 1, 'https://example.test/proof', app_now(), $2, 'accepted', app_now(), app_now(), '{}', $3, app_now() + interval '200 days' FROM evidence_item WHERE tenant_id = $1`, [tenantId, memberId, second.id]);
    await run(`INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposer_member_id, decided_at, decided_by, decider_member_id)
      SELECT w.tenant_id, gen_random_uuid(), i.id, w.id, 'psf-1.1', 'psf-1.1/PSF-' || d || '.' || c, 'accepted', app_now(), $2, app_now(), '{}', $3
        FROM workload w CROSS JOIN generate_series(1, 8) d CROSS JOIN LATERAL generate_series(1, CASE WHEN w.risk_tier = 'low' THEN 1 ELSE 5 END) c
        JOIN evidence_item i ON i.tenant_id = w.tenant_id AND i.title = 'E' || (d * 5 + c + 40 * (length(w.key) % 4))
       WHERE w.tenant_id = $1 AND right(w.key, 1) IN ('5', '6')`, [tenantId, memberId, second.id]);
    await run(`INSERT INTO drill (tenant_id, id, workload_id, kind, started_at, ended_at, result, method, evidence_item_id, evidence_version, recorded_at)
      SELECT w.tenant_id, gen_random_uuid(), w.id, 'kill_switch', app_now() - interval '241 seconds', app_now() - interval '1 second', 'passed', 'switch', (SELECT id FROM evidence_item i WHERE i.tenant_id = $1 LIMIT 1), 1, app_now()
        FROM workload w WHERE w.tenant_id = $1 AND right(w.key, 1) IN ('5', '6')`, [tenantId]);
    await run('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [tenantId]);
    await run('ANALYZE');
  });
}
