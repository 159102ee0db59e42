import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { FILTERS } from './workload-filter.js';

interface Listed { readonly total: number; readonly items: readonly { readonly name: string }[]; readonly errors?: readonly { readonly path: string; readonly code: string }[] }

/** Fields that are read from the facets, with what they were at noon and are ten minutes later. */
const CHANGED: Readonly<Record<string, readonly [field: unknown, old: string, now: string]>> = {
  tags: [['Old-Tag'], 'old-tag', 'new-tag'], environments: [['Staging'], 'staging', 'prod'], specialCategories: [['Health'], 'health', 'union'], jurisdictions: [['US'], 'us', 'de'],
  usersAffected: [['employees'], 'employees', 'public'], dataClasses: [['internal'], 'internal', 'confidential'], repositories: [['https://GIT.example.org/a.git'], 'git.example.org/a', 'git.example.org/b'],
  interfaces: [['https://api.example.org/a'], 'api.example.org/a', 'api.example.org/b'], exposure: ['internal', 'internal', 'general'], operation: ['batch', 'batch', 'continuous'],
  autonomyLevel: ['L1', 'L1', 'L2'], euAiActRole: ['provider', 'provider', 'deployer'], euAiActClass: ['minimal', 'minimal', 'transparency'], statedStage: ['Live', 'live', 'pilot'],
};
/** The value after the change, as it is written. */
const written = (field: string, old: unknown, now: string): unknown => (field === 'repositories' || field === 'interfaces' ? [`https://${now}`] : Array.isArray(old) ? [now] : now);

describe('filters of the inventory over its rows', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let ada: SignedInClient;
  let other: SignedInClient;
  const clock = new FakeClock('2026-03-01T12:00:00Z');
  const THEN = encodeURIComponent('2026-03-01T12:05:00Z');
  const list = async (query: string, who = ada): Promise<Listed> => (await who.client.get<Listed>(`/workloads?count=true&${query}`)).body;
  const names = async (query: string, who = ada): Promise<string[]> => (await list(query, who)).items.map(({ name }) => name).sort();

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
    const client = await TestClient.of(app);
    [ada, other] = [await client.signUp(), await client.signUp()];
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    const register = async (who: SignedInClient, name: string, more: object = {}): Promise<{ id: string; key: string }> =>
      (await who.client.post<{ id: string; key: string }>('/workloads', { name, kind: 'agent', purpose: 'x', team: 'Care', riskOwner: who.memberId, processesRealData: 'no', ...more })).body;
    for (const who of [ada, other]) {
      for (const field of [{ key: 'bureau', label: 'Bureau', type: 'text' }, { key: 'renewal', label: 'Renewal', type: 'date' }]) expect((await who.client.post('/custom-fields', field)).status).toBe(201);
    }
    const before = Object.fromEntries(Object.entries(CHANGED).map(([field, [value]]) => [field, value]));
    const changing = await register(ada, 'Changing', { ...before, custom: { bureau: 'CBP', renewal: '2026-05-01' } });
    await register(other, 'Foreign', { ...before, custom: { bureau: 'CBP', renewal: '2026-05-01' } });
    await register(ada, 'Bare');
    await register(ada, 'Counted', { riskTier: 'high', kind: 'vision', team: 'Fraud' });
    await register(ada, 'Complete', { riskTier: 'low' });
    await sql.query(`SELECT set_config('app.tenant_id', $1, false)`, [ada.tenantId]);
    await sql.query(`UPDATE workload SET missing_evidence = CASE name WHEN 'Counted' THEN 3 WHEN 'Complete' THEN 0 END, kind = CASE WHEN name <> 'Bare' THEN kind END WHERE tenant_id = $1`, [ada.tenantId]);
    await ada.client.put(`/workloads/${changing.key}/components`, { components: [{ type: 'model', provider: 'Acme', name: 'acme-7b', version: '1' }] });
    clock.set('2026-03-01T12:10:00Z');
    const after = Object.fromEntries(Object.entries(CHANGED).map(([field, [old, , now]]) => [field, written(field, old, now)]));
    const changed = await ada.client.patch<Listed>(`/workloads/${changing.key}`, { ...after, custom: { bureau: 'ICE', renewal: '2027-05-01' } });
    expect([changed.status, changed.text]).toEqual([200, changed.text]);
    await ada.client.put(`/workloads/${changing.key}/components`, { components: [{ type: 'model', provider: 'Acme', name: 'acme-8b', version: '1' }] });
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  it.each([
    ['missingEvidence', ['unknown']], ['missingEvidence', ['0']], ['missingEvidence', ['0', 'unknown']], ['missingEvidence', ['0', '3']], ['riskTier', ['unknown']], ['riskTier', ['high', 'unknown']], ['stage', ['unknown']],
    ['kind', ['unknown']], ['kind', ['vision']], ['handlesPii', ['unknown']], ['team', ['Fraud']], ['team', ['is empty']], ['exposure', ['unknown']], ['exposure', ['general', 'unknown']], ['tags', ['new-tag']], ['tags', ['is empty']],
    ['downstreamChange', ['unknown']], ['repositories', ['git.example.org/b']], ['custom.bureau', ['ICE']], ['owner', ['me']], ['riskOwner', ['me']], ['component', ['acme-8b']], ['provider', ['ACME']], ['import', ['0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b']],
  ])('%s %j and none of it make up all rows, each once', async (name, values) => {
    const yes = values.map((value) => `filter[${name}]=${encodeURIComponent(value)}`).join('&');
    const no = values.map((value) => `filter[${name}]=${encodeURIComponent(`not:${value}`)}`).join('&');
    const negatedOne = values.length === 1 && values[0] === 'is empty' ? `filter[${name}][empty]=no` : no;
    const [wanted, others] = [await list(yes), await list(negatedOne)];
    expect([...wanted.items, ...others.items].map((item) => item.name).sort()).toEqual(['Bare', 'Changing', 'Complete', 'Counted']);
    if (values[0] !== 'is empty') expect((await list(values.map((value) => `filter[${name}][ne]=${encodeURIComponent(value)}`).join('&'))).total).toBe(others.total);
  });

  it('does not take unknown for something that is not missing', async () => {
    expect(await names('filter[missingEvidence]=unknown')).toEqual(['Bare', 'Changing']);
    expect(await names('filter[missingEvidence][ne]=unknown')).toEqual(['Complete', 'Counted']);
  });

  describe('as of an instant', () => {
    it.each(Object.entries(CHANGED))('asks for what %s was then', async (field, [, old, now]) => {
      const values = [old, now].map((value) => encodeURIComponent(value));
      expect([await names(`filter[${field}]=${values[0]}&asOf=${THEN}`), await names(`filter[${field}]=${values[1]}&asOf=${THEN}`)]).toEqual([['Changing'], []]);
      expect([await names(`filter[${field}]=${values[0]}`), await names(`filter[${field}]=${values[1]}`)]).toEqual([[], ['Changing']]);
      expect(await names(`filter[${field}][ne]=${values[0]}&asOf=${THEN}`)).toEqual(['Bare', 'Complete', 'Counted']);
      expect(await names(`filter[${field}][empty]=no&asOf=${THEN}`)).toEqual(['Changing']);
      expect(await names(`filter[${field}][empty]=yes&asOf=${THEN}`)).toEqual(['Bare', 'Complete', 'Counted']);
    });

    it('asks for the custom fields and components of then', async () => {
      expect([await names(`filter[custom.bureau]=CBP&asOf=${THEN}`), await names('filter[custom.bureau]=CBP'), await names(`filter[custom.bureau]=CBP&asOf=${THEN}`, other)]).toEqual([['Changing'], [], ['Foreign']]);
      expect([await names(`filter[custom.renewal][lte]=2026-12-31&asOf=${THEN}`), await names('filter[custom.renewal][lte]=2026-12-31')]).toEqual([['Changing'], []]);
      expect([await names(`filter[component]=acme-7b&asOf=${THEN}`), await names(`filter[component]=acme-8b&asOf=${THEN}`), await names('filter[component]=acme-8b')]).toEqual([['Changing'], [], ['Changing']]);
      expect([await names('filter[provider]=acme'), await names(`filter[provider]=acme&asOf=${THEN}`), await names('filter[provider]=acme', other)]).toEqual([['Changing'], ['Changing'], []]);
    });

    it('knows of then whatever the index knows of now', async () => {
      const fields = Object.entries(FILTERS).flatMap(([, filter]) => (filter.kind === 'facet' ? [filter.field] : []));
      const { rows } = await sql.query<{ field: string; now: string[]; then: string[] }>(`
        SELECT f.field, w.name, ARRAY(SELECT x.value FROM facets_of_workload(w) x WHERE x.field = f.field ORDER BY 1) AS now, ARRAY(SELECT DISTINCT x FROM unnest(facet_values_then(h, f.field)) x ORDER BY 1) AS then
          FROM workload w JOIN workload_history h ON h.tenant_id = w.tenant_id AND h.id = w.id AND upper_inf(h.valid)
          CROSS JOIN unnest($1::text[]) f(field)`, [[...fields, 'custom.bureau', 'custom.renewal']]);
      expect(rows.map(({ field, then }) => [field, then])).toEqual(rows.map(({ field, now }) => [field, now]));
      expect(new Set(rows.filter(({ now }) => now.length > 0).map(({ field }) => field)).size).toBeGreaterThanOrEqual(Object.keys(CHANGED).length + 2);
      const known = await sql.query<{ field: string }>('SELECT DISTINCT field FROM workload_facet WHERE field NOT LIKE $1', ['custom.%']);
      expect(known.rows.map(({ field }) => field).filter((field) => !fields.includes(field))).toEqual([]);
    });
  });
});
