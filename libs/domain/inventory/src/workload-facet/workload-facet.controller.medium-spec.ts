import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { InventoryHttpModule } from '../inventory-http.module.js';
import type { WorkloadFacetDto, WorkloadFacetsDto } from './workload-facet.dto.js';

describe('GET /workloads/facets', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let ada: SignedInClient;
  let other: SignedInClient;
  const clock = new FakeClock('2026-05-10T12:00:00Z');
  const count = async (who: SignedInClient, query = ''): Promise<WorkloadFacetDto[]> => {
    const answer = await who.client.get<WorkloadFacetsDto>(`/workloads/facets${query}`);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.body.facets;
  };
  const pairs = (facet: WorkloadFacetDto | undefined): [string | null, number][] => (facet?.values ?? []).map(({ value, count: n }) => [value, n]);

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
    const client = await TestClient.of(app);
    ada = await client.signUp({}, { name: 'Ada Lovelace' });
    other = await client.signUp();
    await ada.client.post('/custom-fields', { key: 'bureau', label: 'Bureau', type: 'text' });
    const register = (who: SignedInClient, n: number, more: object): Promise<unknown> => who.client.post('/workloads', { name: `Bot ${n}`, kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: who.email, processesRealData: 'unknown', ...more });
    await register(ada, 1, { riskTier: 'high', tags: ['EU', 'beta'], custom: { bureau: 'CBP' } });
    await register(ada, 2, { riskTier: 'high', tags: ['EU'], kind: 'vision', team: 'claims' });
    await register(ada, 3, { riskTier: 'low', team: 'Billing', exposure: 'general' });
    await register(ada, 4, { team: 'Fraud & risk', lifecycle: 'paused' });
    await register(other, 5, { riskTier: 'critical', tags: ['CANARY'], team: 'CANARY' });
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  it('counts the usual fields, what is not set included, and nothing of another organization', async () => {
    const facets = await count(ada);
    expect(facets.map(({ field }) => field)).toEqual(['stage', 'riskTier', 'lifecycle', 'team', 'kind', 'frozen']);
    const of = (field: string): WorkloadFacetDto | undefined => facets.find((facet) => facet.field === field);
    expect(pairs(of('stage'))).toEqual([[null, 4]]);
    expect(pairs(of('riskTier')).sort()).toEqual([['high', 2], ['low', 1], [null, 1]].sort());
    expect(pairs(of('lifecycle'))).toEqual([['active', 3], ['paused', 1]]);
    expect(of('team')?.values[0]).toMatchObject({ value: 'claims', count: 2, filter: 'filter[team]=claims' });
    expect(['Claims', 'claims']).toContain(of('team')?.values[0]?.label);
    expect(pairs(of('frozen'))).toEqual([['false', 4]]);
    expect(of('kind')).toMatchObject({ counted: 4, capped: false, more: false, filtered: false });
    expect(JSON.stringify(facets)).not.toContain('CANARY');
  });

  it('leaves out the filter of its own field, and every filter it names shows as many', async () => {
    const [tier, team, tags, owner, bureau, exposure] = await count(ada, '?fields=riskTier,team,tags,riskOwner,custom.bureau,exposure&filter[riskTier]=high');
    expect(pairs(tier).sort()).toEqual([['high', 2], ['low', 1], [null, 1]].sort());
    expect([tier?.filtered, team?.filtered]).toEqual([true, false]);
    expect(pairs(team)).toEqual([['claims', 2]]);
    expect(pairs(tags)).toEqual([['eu', 2], ['beta', 1]]);
    expect(owner?.values).toEqual([{ value: ada.memberId, label: 'Ada Lovelace', count: 2, filter: `filter[riskOwner]=${ada.memberId}` }]);
    expect(pairs(bureau)).toEqual([['cbp', 1], [null, 1]]);
    expect(pairs(exposure)).toEqual([[null, 2]]);
    for (const { field, values, filtered } of await count(ada, '?fields=stage,riskTier,kind,team,lifecycle,frozen,unowned,tags,custom.bureau,exposure,handlesPii,riskOwnerStatus')) {
      expect(filtered).toBe(false);
      for (const { filter, count: expected } of values) {
        const listed = await ada.client.get<{ total: number }>(`/workloads?count=true&${filter}`);
        expect([field, filter, listed.body.total]).toEqual([field, filter, expected]);
      }
    }
  });

  it('says when there are more values than shown, and counts under a search and an instant', async () => {
    const [team] = await count(ada, '?fields=team&values=1');
    expect(team).toMatchObject({ more: true, values: [{ value: 'claims' }] });
    expect(pairs((await count(ada, '?fields=team&q=fraud'))[0])).toEqual([['fraud & risk', 1]]);
    expect(pairs((await count(ada, `?fields=team&asOf=${encodeURIComponent('2026-01-01T00:00:00Z')}`))[0])).toEqual([]);
    expect((await count(ada, '?fields=team&filter[mine]=true'))[0]?.counted).toBe(4);
  });

  it('counts what each workload said at an instant, in every kind of field, and every filter it names shows as many', async () => {
    const now = clock.now();
    clock.advance({ minutes: 1 });
    const { body: changed } = await ada.client.get<{ items: { key: string }[] }>('/workloads?filter[tags]=beta');
    expect((await ada.client.patch(`/workloads/${changed.items[0]?.key}`, { tags: ['later'], custom: { bureau: 'ICE' }, exposure: 'internal', riskTier: 'low' })).status).toBe(200);
    const fields = 'fields=riskTier,tags,custom.bureau,exposure,riskOwner';
    const [tier, tags, bureau, exposure, owner] = await count(ada, `?${fields}&asOf=${now.toISOString()}`);
    expect(pairs(tier).sort()).toEqual([['high', 2], ['low', 1], [null, 1]].sort());
    expect(pairs(tags)).toEqual([['eu', 2], [null, 2], ['beta', 1]]);
    expect(pairs(bureau)).toEqual([[null, 3], ['cbp', 1]]);
    expect(pairs(exposure)).toEqual([[null, 3], ['general', 1]]);
    expect(owner?.values).toMatchObject([{ label: 'Ada Lovelace', count: 4 }]);
    for (const { field, values } of [tier, tags, bureau, exposure].flatMap((facet) => facet ?? [])) {
      for (const { filter, count: expected } of values) {
        const listed = await ada.client.get<{ total: number }>(`/workloads?count=true&asOf=${now.toISOString()}&${filter}`);
        expect([field, filter, listed.body.total]).toEqual([field, filter, expected]);
      }
    }
    expect(pairs((await count(ada, '?fields=tags&filter[riskTier]=high'))[0])).toEqual([['eu', 1]]);
    expect(pairs((await count(ada, `?fields=tags&filter[riskTier]=high&asOf=${now.toISOString()}`))[0])).toEqual([['eu', 2], ['beta', 1]]);
    expect(JSON.stringify(await count(other, `?${fields}&asOf=${clock.now().toISOString()}`))).not.toContain('beta');
    expect(pairs((await count(other, `?fields=tags&asOf=${clock.now().toISOString()}`))[0])).toEqual([['canary', 1]]);
  });

  it.each([['fields=secret', 'fields'], ['fields=toString', 'fields'], ['fields=constructor,stage', 'fields'], ['fields=__proto__', 'fields'], [`q=${'word+'.repeat(11)}`, 'q'], ['values=0', 'values'], ['limit=5', 'limit'], ['filter[stage]=Pilot', 'filter[stage]'], [`fields=${'abcdefghijklm'.split('').map((c) => `custom.${c}`).join(',')}`, 'fields']])('refuses %s', async (query, path) => {
    const answer = await ada.client.get<{ errors: { path: string }[] }>(`/workloads/facets?${query}`);
    expect([answer.status, answer.body.errors.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
