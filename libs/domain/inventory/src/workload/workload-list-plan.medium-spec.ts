import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readListQuery } from '@roster/platform-http';
import { PLAN_ROWS, PlanBench, recordStatements, type AnsweredPlan, type PlanBenchOptions } from '@roster/testing';
import { InventoryModule } from '../inventory.module.js';
import { WorkloadFacetService } from '../workload-facet/workload-facet.service.js';
import { readWorkloadList, WORKLOAD_LIST } from './workload-list.js';
import { WorkloadItemRepository } from './workload-item.repository.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');

describe(`the list of ${PLAN_ROWS} workloads under row security`, () => {
  let bench: PlanBench;
  let items: WorkloadItemRepository;

  beforeAll(async () => {
    const fill: PlanBenchOptions['fill'] = async (admin, tenant, count) => {
      await admin.query(`
        INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, business_unit, processes_real_data, handles_pii, executes_tools, downstream_change, tags, exposure, risk_tier, lifecycle, retired_at, retire_reason, decommission_record,
                              processes_real_data_answered, risk_owner_status, risk_owner_member_id, stage, hardening, undetermined, frozen, reevaluate_at, missing_evidence, falls_at, registered_by, next_review_due_at, registered_at, updated_at)
        SELECT $1, gen_random_uuid(), 'WL-' || i, (ARRAY['Support bot', 'Invoice reader', 'Fraud scoring', 'Search ranking', 'Claims triage'])[1 + i % 5] || ' ' || i,
               (ARRAY['model', 'agent', 'rag_pipeline', 'classical_ml', 'vision', 'ranking', 'embedded_feature'])[1 + h % 7], 'Answers questions of customers about orders ' || md5(i::text), 'Team ' || h % 200, 'Unit ' || h % 100,
               (ARRAY['yes', 'no', 'unknown'])[1 + (h % 20 > 0)::int + (h % 20 > 8)::int], (ARRAY['unknown', 'no', 'yes'])[1 + (h % 25 > 0)::int + (h % 25 > 8)::int], (ARRAY['yes', 'no', 'unknown'])[1 + (h % 30 > 0)::int + (h % 30 > 12)::int],
               (ARRAY['yes', 'no', 'unknown'])[1 + (h % 33 > 0)::int + (h % 33 > 12)::int], ARRAY['tag ' || h % 300], CASE WHEN h % 100 = 1 THEN 'general' END, (ARRAY['critical', 'low', 'medium', 'high'])[1 + (h % 40 > 0)::int + (h % 40 > 12)::int],
               CASE WHEN h % 90 = 0 THEN 'retired' ELSE 'active' END, CASE WHEN h % 90 = 0 THEN now() END, CASE WHEN h % 90 = 0 THEN 'x' END, CASE WHEN h % 90 = 0 THEN '"x"'::jsonb END,
               true, CASE WHEN h % 50 = 0 THEN 'none' ELSE 'accepted' END, CASE WHEN h % 50 = 0 THEN NULL WHEN h % 50 = 1 THEN $3::text::uuid ELSE $5::uuid END,
               (ARRAY['pilot', 'experiment', NULL])[1 + (h % 60 > 0)::int + (h % 60 > 30)::int], h % 45 = 0, h % 55 = 0, h % 65 = 0, $4::timestamptz + i * interval '1 minute',
               CASE WHEN h % 70 = 0 THEN 3 WHEN h % 7 > 0 THEN 0 END, CASE WHEN h % 80 = 0 THEN $4::timestamptz + h % 2000 * interval '1 hour' END,
               jsonb_build_object('type', 'member', 'name', 'Somebody', 'id', CASE WHEN h % 200 = 3 THEN $3 ELSE $6 END),
               CASE WHEN h % 4 = 0 THEN $4::timestamptz + (h % 1000) * interval '1 hour' END, $4::timestamptz - i * interval '1 minute', $4::timestamptz - h % 90000 * interval '1 minute'
          FROM (SELECT i, abs(hashint4(i)) AS h FROM generate_series(1, $2::int) i) rows`, [tenant.tenantId, count, tenant.members[0]?.id, NOW, tenant.members[1]?.id, tenant.members[2]?.id ?? tenant.members[1]?.id]);
    };
    bench = await PlanBench.start({ now: NOW, imports: [InventoryModule], fill, tables: ['workload', 'workload_history', 'workload_facet', 'workload_search', 'owner_assignment'] });
    items = bench.context.get(WorkloadItemRepository);
  }, 600_000);
  afterAll(() => bench.stop());

  /** How a list is answered; what is looked up before its statement counts as well. */
  const explain = async (raw: Record<string, string | string[]>): Promise<AnsweredPlan> => {
    const { scope, members } = bench.org;
    const query = readListQuery(raw, WORKLOAD_LIST);
    const started = performance.now();
    const search = await items.searchPlan(scope, query.q, null);
    const list = readWorkloadList(query, { now: NOW, me: members[0]?.id ?? '' });
    const mine = await items.minePlan(scope, list, null);
    const prepared = performance.now() - started;
    const plan = await bench.explain(items.pageStatement(scope, list, { asOf: null, search, mine, limit: query.limit }));
    return { ...plan, milliseconds: plan.milliseconds + (search === null && mine === null ? 0 : prepared) };
  };

  /** What must stand in an index condition, by filter: the column with the tenant, or the partial index made for the flag. */
  it.each<[string, Record<string, string | string[]>, RegExp]>([
    ['stage', { 'filter[stage]': 'pilot' }, /workload_stage_idx: .*tenant_id.*stage_rank = /], ['two stages', { 'filter[stage]': ['pilot', 'production'], sort: 'stage' }, /workload_stage_idx: .*stage_rank = ANY/],
    ['riskTier', { 'filter[riskTier]': 'critical' }, /workload_risk_idx: .*risk_rank = /], ['kind', { 'filter[kind]': 'vision' }, /workload_kind_idx: .*kind_sort = /], ['team', { 'filter[team]': 'team 7' }, /workload_team_idx: .*team_sort = /],
    ['businessUnit', { 'filter[businessUnit]': 'Unit 5' }, /workload_unit_idx: .*business_unit_sort = /], ['lifecycle', { 'filter[lifecycle]': 'retired' }, /workload_lifecycle_idx: .*lifecycle = /],
    ['processesRealData', { 'filter[processesRealData]': 'yes' }, /workload_real_data_idx: .*processes_real_data = /], ['handlesPii', { 'filter[handlesPii]': 'unknown' }, /workload_pii_idx: .*handles_pii = /],
    ['executesTools', { 'filter[executesTools]': 'yes' }, /workload_tools_idx: .*executes_tools = /], ['downstreamChange', { 'filter[downstreamChange]': 'yes' }, /workload_facet_pkey: .*field = .*value = /],
    ['hardening', { 'filter[hardening]': 'true' }, /workload_hardening_idx: /], ['undetermined', { 'filter[undetermined]': 'true' }, /workload_undeterm_idx: /], ['frozen', { 'filter[frozen]': 'true' }, /workload_frozen_idx: /],
    ['unowned', { 'filter[unowned]': 'true' }, /workload_unowned_idx: /], ['incomplete', { 'filter[incomplete]': 'true' }, /workload_incomplete_idx: /],
    ['riskOwner', { 'filter[riskOwner]': 'OWNER' }, /workload_owner_idx: .*risk_owner_member_id = /], ['tags', { 'filter[tags]': 'tag 12' }, /workload_facet_pkey: .*field = .*value = /], ['exposure', { 'filter[exposure]': 'general' }, /workload_facet_pkey: /],
    ['key', { 'filter[key]': 'WL-77' }, /workload_tenant_id_key_key: .*key = /], ['name', { 'filter[name]': 'Support bot 10' }, /workload_name_idx: .*name_sort = /],
    ['updatedAt', { 'filter[updatedAt]': 'last 12h' }, /workload_updated_idx: .*updated_at >= /], ['registeredAt', { 'filter[registeredAt]': 'last 1h' }, /workload_registered_idx: .*registered_at >= /],
    ['nextReviewDueAt', { 'filter[nextReviewDueAt]': 'next 12h' }, /workload_review_idx: .*next_review_sort >= /],
    ['order updatedAt', {}, /workload_updated_idx: .*tenant_id/], ['order name', { sort: 'name' }, /workload_name_idx: .*tenant_id/], ['order key', { sort: 'key' }, /workload_tenant_id_key_key: .*tenant_id/],
    ['order registeredAt', { sort: '-registeredAt' }, /workload_registered_idx/], ['order nextReviewDueAt', { sort: 'nextReviewDueAt' }, /workload_review_idx/], ['order stage', { sort: '-stage' }, /workload_stage_idx/],
    ['order riskTier', { sort: '-riskTier' }, /workload_risk_idx/], ['order kind', { sort: 'kind' }, /workload_kind_idx/], ['order team', { sort: 'team' }, /workload_team_idx/], ['order businessUnit', { sort: 'businessUnit' }, /workload_unit_idx/],
    ['missing evidence', { 'filter[missingEvidence][gte]': '1' }, /workload_evidence_idx: .*tenant_id/], ['overdue', { 'filter[nextReviewDueAt][lt]': 'now' }, /workload_review_idx: .*next_review_sort < /],
    ['falling', { 'filter[fallsAt][lte]': 'now+2d', sort: 'fallsAt' }, /workload_falls_idx: .*falls_sort <= /], ['risk at least high', { 'filter[riskTier][gte]': 'critical' }, /workload_(risk|updated)_idx: .*tenant_id/],
    ['sensitive pilots', { 'filter[stage]': 'pilot', 'filter[piiOrTools][ne]': 'no' }, /workload_sensitive_idx: .*stage_rank = /], ['mine, some', { 'filter[mine]': 'true' }, /workload_(pkey|updated_idx): .*tenant_id/],
    ['order fallsAt', { sort: 'fallsAt' }, /workload_falls_idx/],
  ])('answers %s through an index condition', async (what, raw, expected) => {
    const query = raw['filter[riskOwner]'] === undefined ? raw : { 'filter[riskOwner]': bench.org.members[0]?.id ?? '' };
    const { conditions, milliseconds, rows } = await explain(query);
    bench.note(what, milliseconds, `${rows} rows  ${/^(workload_\w+)/m.exec(conditions)?.[1] ?? ''}`);
    expect([what, conditions]).toEqual([what, expect.stringMatching(expected)]);
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['the usual ones', {}], ['of one stage', { 'filter[stage]': 'pilot' }], ['with tags', { fields: 'stage,tags,riskOwner' }], ['of a search', { q: 'claims' }], ['of what is mine', { 'filter[mine]': 'true' }],
    ['the usual ones of an instant', { asOf: NOW.toISOString() }], ['tags of an instant', { fields: 'tags', asOf: NOW.toISOString() }],
  ])('counts facets: %s', async (what, raw) => {
    const caller = bench.org.members[0]?.caller;
    if (!caller) throw new Error('no member');
    const facets = bench.context.get(WorkloadFacetService);
    await facets.count(caller, raw);
    const started = performance.now();
    const answer = await facets.count(caller, raw);
    bench.note(`facets ${what}`, performance.now() - started);
    expect(answer.facets.every((facet) => facet.values.length > 0 && facet.counted <= PLAN_ROWS)).toBe(true);
  }, 30_000);

  it('walks the order when nearly everything is the caller\'s', async () => {
    const query = readListQuery({ 'filter[mine]': 'true' }, WORKLOAD_LIST);
    const list = readWorkloadList(query, { now: NOW, me: bench.org.members[2]?.id ?? '' });
    expect(await items.minePlan(bench.org.scope, list, null)).toBeNull();
    const started = performance.now();
    expect(await items.page(bench.org.scope, list, { asOf: null, search: null, mine: null, limit: 50 })).toHaveLength(51);
    bench.note('mine, nearly all', performance.now() - started);
  });

  it.each<[string, string, RegExp]>([['the latest changed', '-updatedAt', /workload_history_updated_idx: /], ['names', 'name', /workload_history_name_idx: /]])('lists %s of an instant by the index of the order, with owners by workload', async (what, sort, index) => {
    const query = readListQuery({ sort, asOf: NOW.toISOString() }, WORKLOAD_LIST);
    const list = readWorkloadList(query, { now: NOW, me: '' });
    const plan = await bench.explain(items.pageStatement(bench.org.scope, list, { asOf: query.asOf, search: null, mine: null, limit: query.limit }));
    bench.note(`as of, ${what}`, plan.milliseconds, `${plan.rows} rows`);
    expect(plan.rows).toBe(51);
    expect(plan.conditions).toMatch(index);
    expect(plan.conditions).toMatch(/owner_assignment_history_\w+: .*workload_id = /);
  });

  it('counts what an instant knew from an index alone', async () => {
    const list = readWorkloadList(readListQuery({ asOf: NOW.toISOString() }, WORKLOAD_LIST), { now: NOW, me: '' });
    const sent = recordStatements(items);
    expect(await items.count(bench.org.scope, list, { asOf: NOW, search: null, mine: null })).toBe(PLAN_ROWS);
    const [statement] = sent;
    if (!statement) throw new Error('Nothing was counted');
    const { names, milliseconds } = await bench.explain(statement, 3, PLAN_ROWS < 50_000);
    bench.note('as of, count', milliseconds);
    // An index on the order is of use for a count only because it says which rows the instant knew. Few rows are found by their keys.
    expect(names).toMatch(PLAN_ROWS < 50_000 ? /workload_history_(updated|key)_idx/ : /workload_history_updated_idx/);
    expect(names).not.toMatch(/Seq Scan/);
  });

  it('walks the index of the order and looks rows up among many matches', async () => {
    const query = readListQuery({ q: 'questions' }, WORKLOAD_LIST);
    const list = readWorkloadList(query, { now: NOW, me: '' });
    const search = await items.searchPlan(bench.org.scope, 'questions', null);
    expect(search).toEqual({ every: 'questions' });
    const page = await bench.explain(items.pageStatement(bench.org.scope, list, { asOf: null, mine: null, search, limit: query.limit }));
    bench.note('search, every match looked up', page.milliseconds);
    expect(page.conditions).toMatch(/workload_updated_idx: .*tenant_id/);
    // No sort between the end of the page and the index.
    expect(page.names).toMatch(/Limit (Result )*workload_updated_idx Function Scan/);
  });

  it.each([['rare word', 'bot 1235'], ['common word', 'claims'], ['word of a purpose', 'questions'], ['nothing', 'zzzz']])('searches for a %s', async (what, q) => {
    const { milliseconds, rows } = await explain({ q });
    bench.note(`search ${what}, by the index`, milliseconds, `${rows} rows`);
    expect(rows > 0).toBe(q !== 'zzzz');
    const query = readListQuery({ q, count: 'true' }, WORKLOAD_LIST);
    const list = readWorkloadList(query, { now: NOW, me: '' });
    const timed = async (how: string, count: boolean) => {
      await items.read(bench.org.scope, list, { ...query, count });
      const started = performance.now();
      const read = await items.read(bench.org.scope, list, { ...query, count });
      bench.note(`search ${what}, ${how}`, performance.now() - started);
      return read;
    };
    const alone = await timed('as asked', false);
    const counted = await timed('as asked, with the count', true);
    // The same rows, whichever way they were found.
    const byIndex = await items.page(bench.org.scope, list, { asOf: null, mine: null, limit: query.limit, search: await items.searchPlan(bench.org.scope, q, null) });
    expect(alone.rows.map(({ id }) => id)).toEqual(byIndex.map(({ id }) => id));
    expect(counted.total).toBeGreaterThanOrEqual(Math.min(rows, query.limit));
  }, 30_000);
});
