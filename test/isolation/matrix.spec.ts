import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSION_NAMES, type Permission } from '@roster/contracts';
import { KEY_FORBIDDEN_PERMISSIONS } from '@roster/access';
import { createHttpApp, createOpenApi, RouteTable, type RouteEntry } from '@roster/platform-http';
import { NestFactory } from '@nestjs/core';
import { RosterLogger } from '@roster/platform-logging';
import { JobWorker } from '@roster/platform-queue';
import { createTestDatabase, TestClient, testConfig, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { ApiModule } from '../../apps/api/src/api.module.js';
import type { Call, Ids, RouteCase, RouteCases, World } from './route-case.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { buildWorld, settle } from './world.js';

const PREFIX = '/api/v1';
const VICTIM = 'CANARYVICTIM';
const OTHER = 'ATTACKERTEXT';
/** Columns that being looked at changes, in the organization of whoever looks. */
const TOUCHED: Readonly<Record<string, string>> = { session: 'last_seen_at', api_key: 'last_used_at' };

const cases: RouteCases = Object.assign({}, ...await Promise.all(readdirSync(join(import.meta.dirname, 'cases')).filter((name) => name.endsWith('.ts'))
  .map(async (name) => ((await import(`./cases/${name.replace(/\.ts$/, '.js')}`)) as { cases: RouteCases }).cases))) as RouteCases;

let db: TestDatabase;
let app: NestFastifyApplication;
let oracle: Client;
let nobody: TestClient;
let victim: World;
let attacker: World;
let foreignKey: string;
let tables: string[];
let routes: (RouteEntry & { readonly name: string })[] = [];

const nameOf = (route: RouteEntry): string => `${route.method} ${route.path.slice(PREFIX.length)}`;
const send = (client: TestClient, route: RouteEntry, call: Call): Promise<TestAnswer> => client.send(route.method, call.path, call);
const ok = (status: number): boolean => status >= 200 && status < 300;
const idsOf = async (entry: RouteCase, world: World): Promise<Ids> => (await entry.ids?.(world)) ?? {};
/** Ids for attacks, which use nothing up: made once per route and organization. */
const kept = new Map<string, Ids>();
async function keptIds(route: { name: string }, entry: RouteCase, world: World): Promise<Ids> {
  const name = `${world.admin.tenantId} ${route.name}`;
  const ids = kept.get(name) ?? await idsOf(entry, world);
  kept.set(name, ids);
  return ids;
}

/** Digest of every row of an organization. @param untouched leaves out what merely looking changes */
async function checksum(tenantId: string, untouched = false): Promise<string> {
  const parts = tables.map((table) => {
    const row = untouched && TOUCHED[table] ? `to_jsonb(t) - '${TOUCHED[table]}'` : 'to_jsonb(t)';
    return `SELECT '${table}' AS name, md5(coalesce(string_agg(md5((${row})::text), '' ORDER BY md5((${row})::text)), '')) AS digest FROM ${table} t WHERE tenant_id = $1`;
  });
  // Prepared once: planning a statement over every table takes longer than running it.
  return JSON.stringify((await oracle.query({ name: untouched ? 'checksum-untouched' : 'checksum', text: `${parts.join(' UNION ALL ')} ORDER BY 1`, values: [tenantId] })).rows);
}
const trailCount = async (tenantId: string): Promise<number> =>
  Number((await oracle.query<{ n: string }>('SELECT count(*) AS n FROM trail_entry WHERE tenant_id = $1', [tenantId])).rows[0]?.n);

beforeAll(async () => {
  db = await createTestDatabase();
  oracle = new Client({ connectionString: db.adminUrl });
  await oracle.connect();
  tables = (await oracle.query<{ name: string }>(`SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`)).rows.map(({ name }) => name);
  const config = testConfig(db);
  app = await createHttpApp(ApiModule.forRoot(config), { trustedProxyHops: 0, logger: new RosterLogger('matrix', 'silent') });
  routes = app.get(RouteTable).entries().map((route) => ({ ...route, name: nameOf(route) }));
  nobody = await TestClient.of(app);
  victim = await buildWorld(nobody, VICTIM);
  attacker = await buildWorld(nobody, OTHER);
  // The worker does what was asked for and then stops: from here on nothing changes by itself.
  const worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: new RosterLogger('matrix-worker', 'silent'), abortOnError: false });
  try {
    await worker.get(JobWorker).start(4);
    [victim, attacker] = await Promise.all([settle(victim), settle(attacker)]);
  } finally {
    await worker.close();
  }
  foreignKey = (await attacker.admin.client.createKey(PERMISSION_NAMES.filter((permission) => !KEY_FORBIDDEN_PERMISSIONS.has(permission)))).key;
}, 180_000);
afterAll(async () => {
  await app.close();
  await oracle.end();
  await db.drop();
}, 60_000);

/**
 * Watches the victim: tells after each step whether anything changed since the one before. Make everything that may change it first.
 * @param untouched leaves out what merely looking changes
 */
async function watch(untouched = false): Promise<() => Promise<string[]>> {
  let last = await checksum(victim.admin.tenantId, untouched);
  return async () => {
    const now = await checksum(victim.admin.tenantId, untouched);
    const changed = now !== last;
    last = now;
    return changed ? ['changed the victim'] : [];
  };
}
/** Makes the ids of every route in an organization ahead, so that an attack is all that happens afterwards. */
async function furnishRoutes(world: World): Promise<void> {
  for (const route of routes) {
    const entry = cases[route.name];
    if (entry) await keptIds(route, entry, world);
  }
}

/** The request of every route with an organization's own ids, made ahead. */
async function callsOn(world: World): Promise<Map<string, Call>> {
  const calls = new Map<string, Call>();
  for (const route of routes) {
    const entry = cases[route.name];
    if (entry) calls.set(route.name, await entry.call(await keptIds(route, entry, world), world));
  }
  return calls;
}

/** Runs `work` for every route and reports all that went wrong, by route. */
async function everyRoute(work: (route: RouteEntry & { readonly name: string }, entry: RouteCase) => Promise<string[]>): Promise<string[]> {
  const wrong: string[] = [];
  for (const route of routes) {
    const entry = cases[route.name];
    if (!entry) continue;
    try {
      wrong.push(...(await work(route, entry)).map((problem) => `${route.name}: ${problem}`));
    } catch (error) {
      wrong.push(`${route.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return wrong;
}

/** Where an id stands in a request. */
function positionOf(call: Call, id: string): 'path' | 'query' | 'body' {
  const [path, query] = call.path.split('?');
  if (path?.includes(id)) return 'path';
  return query?.includes(encodeURIComponent(id)) ?? false ? 'query' : 'body';
}
const EXPECTED = { path: [404], query: [200, 400, 404, 422], body: [404, 422] } as const;

describe('the matrix', () => {
  it('has an entry for every route of the running process, and none for others', () => {
    expect(Object.keys(cases).sort()).toEqual(routes.map(({ name }) => name).sort());
  });

  it('lets the rightful caller through on every route, and every write leaves a trail', async () => {
    expect(await everyRoute(async (route, entry) => {
      if (entry.noRightfulCall !== undefined) return [];
      const ids = await idsOf(entry, attacker);
      const before = await trailCount(attacker.admin.tenantId);
      const person = entry.as === 'second' ? attacker.second : attacker.admin;
      const client = route.access?.kind === 'public' ? nobody : person.client;
      const answer = await send(client, route, await entry.call(ids, attacker));
      if (entry.rightful === undefined ? !ok(answer.status) : answer.status !== entry.rightful) return [`answered ${answer.status} ${answer.text.slice(0, 400)}`];
      const written = await trailCount(attacker.admin.tenantId) - before;
      const isWrite = route.method !== 'GET' && ok(answer.status) && route.name !== 'POST /sign-up';
      return isWrite && entry.leavesNoTrail === undefined && written === 0 ? ['wrote no trail entry'] : [];
    })).toEqual([]);
  }, 300_000);

  it.each(['admin', 'key'] as const)('gives the other organization\'s %s nothing in any position', async (kind) => {
    let attacks = 0;
    await furnishRoutes(victim);
    const victimChanged = await watch();
    const wrong = await everyRoute(async (route, entry) => {
      if (route.access?.kind === 'public' && entry.foreign === undefined) return [];
      const theirs = await keptIds(route, entry, victim);
      const own = await keptIds(route, entry, attacker);
      const client = route.access?.kind === 'public' ? nobody : kind === 'admin' ? attacker.admin.client : nobody.as(foreignKey);
      const attempts: { position: string; ids: Ids }[] = Object.keys(own).map((position) => ({ position, ids: { ...own, [position]: theirs[position] ?? '' } }));
      if (attempts.length > 1) attempts.push({ position: 'all', ids: theirs });
      if (attempts.length === 0 && entry.noRightfulCall === undefined) attempts.push({ position: 'none', ids: own });
      const problems: string[] = [];
      for (const { position, ids } of attempts) {
        if (entry.foreign?.[position]?.includes(201) || entry.shownToWhoeverHolds === position) continue;
        attacks += 1;
        const call = await entry.call(ids, attacker);
        const answer = await send(client, route, call);
        if (answer.text.includes(VICTIM) || JSON.stringify(answer.headers).includes(VICTIM)) problems.push(`shows the victim's texts (${position}): ${answer.text.slice(0, 300)}`);
        if (position === 'none') continue;
        const where = position === 'all' ? (Object.values(theirs).every((id) => positionOf(call, id) === 'query') ? 'query' : 'body') : positionOf(call, theirs[position] ?? '');
        const forbiddenToKey = kind === 'key' && route.access?.kind === 'permission' && KEY_FORBIDDEN_PERMISSIONS.has(route.access.permission);
        const expected: readonly number[] = forbiddenToKey ? [403] : entry.foreign?.[position] ?? EXPECTED[where];
        if (!expected.includes(answer.status)) problems.push(`answered ${answer.status} to the victim's ${position} in the ${where}, expected ${expected.join(' or ')}: ${answer.text.slice(0, 200)}`);
      }
      return [...problems, ...await victimChanged()];
    });
    expect(wrong).toEqual([]);
    expect(attacks).toBeGreaterThanOrEqual(routes.length);
  }, 600_000);

  it('refuses, in the victim\'s own organization, whoever lacks just the one permission', async () => {
    const keys = new Map<Permission, string>();
    for (const { access } of routes) {
      if (access?.kind !== 'permission' || keys.has(access.permission)) continue;
      const others = PERMISSION_NAMES.filter((permission) => permission !== access.permission && !KEY_FORBIDDEN_PERMISSIONS.has(permission));
      keys.set(access.permission, (await victim.admin.client.createKey(others)).key);
    }
    const calls = await callsOn(victim);
    const victimChanged = await watch(true);
    expect(await everyRoute(async (route) => {
      const call = calls.get(route.name);
      if (route.access?.kind !== 'permission' || !call) return [];
      const answer = await send(nobody.as(keys.get(route.access.permission) ?? ''), route, call);
      const problems = answer.status === 403 ? [] : [`answered ${answer.status} instead of 403`];
      if (answer.text.includes(VICTIM)) problems.push('shows texts');
      return [...problems, ...await victimChanged()];
    })).toEqual([]);
  }, 600_000);

  it('knows nobody without a credential, with an expired session, an expired key, a revoked key, or a deactivated member', async () => {
    const leaver = await victim.admin.client.invite('admin', { name: victim.text('leaver') });
    const stale = await victim.admin.client.invite('admin', { name: victim.text('stale') });
    const keyPermissions = PERMISSION_NAMES.filter((permission) => !KEY_FORBIDDEN_PERMISSIONS.has(permission));
    const expired = await victim.admin.client.createKey(keyPermissions);
    const revoked = await victim.admin.client.createKey(keyPermissions);
    await victim.admin.client.delete(`/api-keys/${revoked.id}`);
    await victim.admin.client.delete(`/members/${leaver.memberId}`);
    await oracle.query(`UPDATE session SET last_seen_at = last_seen_at - interval '31 minutes' WHERE member_id = $1`, [stale.memberId]);
    await oracle.query(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id]);
    const strangers: [string, TestClient][] = [
      ['nobody', nobody], ['an expired session', nobody.as(stale.session)], ['an expired key', nobody.as(expired.key)], ['a revoked key', nobody.as(revoked.key)], ['a deactivated member', nobody.as(leaver.session)],
    ];
    const calls = await callsOn(victim);
    const victimChanged = await watch();
    expect(await everyRoute(async (route) => {
      const call = calls.get(route.name);
      if (route.access?.kind === 'public' || !call) return [];
      const problems: string[] = [];
      for (const [who, client] of strangers) {
        const answer = await send(client, route, call);
        if (answer.status !== 401) problems.push(`answered ${answer.status} to ${who}`);
        if (answer.text.includes(VICTIM)) problems.push(`shows texts to ${who}`);
      }
      return [...problems, ...await victimChanged()];
    })).toEqual([]);
  }, 600_000);

  it('takes a cursor of another organization for what it is: a place in a list, not a right', async () => {
    expect(await everyRoute(async (route, entry) => {
      // What cannot be called as it stands is no list: a stream, say, would never end.
      if (route.method !== 'GET' || entry.noRightfulCall !== undefined) return [];
      const list = await send(victim.admin.client, route, withQuery(await entry.call(await keptIds(route, entry, victim), victim), 'limit=1'));
      const cursor = list.body['nextCursor'];
      if (typeof cursor !== 'string') return [];
      const answer = await send(attacker.admin.client, route, withQuery(await entry.call(await keptIds(route, entry, attacker), attacker), `limit=200&cursor=${encodeURIComponent(cursor)}`));
      const problems = [200, 400].includes(answer.status) ? [] : [`answered ${answer.status} ${answer.text.slice(0, 200)}`];
      return answer.text.includes(VICTIM) ? [...problems, 'shows the victim\'s texts'] : problems;
    })).toEqual([]);
  }, 300_000);

  it('refuses a cursor that no page of a list gave, rather than beginning again', async () => {
    const { paths } = createOpenApi(app);
    let lists = 0;
    expect(await everyRoute(async (route, entry) => {
      const operation = paths[route.path.replace(/:([A-Za-z]+)/g, '{$1}')]?.get;
      const sort = (operation?.parameters ?? []).map((parameter) => ('description' in parameter && 'name' in parameter && parameter.name === 'sort' ? /Default (\S+)\.$/.exec(parameter.description ?? '')?.[1] : undefined)).find((one) => one !== undefined);
      if (route.method !== 'GET' || sort === undefined) return [];
      lists += 1;
      const problems: string[] = [];
      for (const key of [[], ['1', '1'], [1.5], [true], [null, null, null]]) {
        const cursor = Buffer.from(JSON.stringify({ s: sort, k: key })).toString('base64url');
        const answer = await send(attacker.admin.client, route, withQuery(await entry.call(await keptIds(route, entry, attacker), attacker), `cursor=${cursor}`));
        if (answer.status !== 400 || answer.body['code'] !== 'PLATFORM_CURSOR_INVALID') problems.push(`answered ${answer.status} to ${JSON.stringify(key)}: ${answer.text.slice(0, 150)}`);
      }
      return problems;
    })).toEqual([]);
    expect(lists).toBeGreaterThan(20);
  }, 120_000);

  it('would notice a leak: the canary is in the answers of the victim itself', async () => {
    const seen = (await Promise.all(['/me', '/members', '/organization'].map((path) => victim.admin.client.get(path)))).map(({ text }) => text.includes(VICTIM));
    expect(seen).toEqual([true, true, true]);
    const before = await checksum(victim.admin.tenantId);
    await victim.admin.client.patch('/organization', { name: victim.text('changed') });
    expect(await checksum(victim.admin.tenantId)).not.toBe(before);
  });
});

/** The request with a query parameter set, whatever was there. */
function withQuery(call: Call, parameters: string): Call {
  const [path = '', query = ''] = call.path.split('?');
  const merged = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(parameters)) merged.set(name, value);
  return { ...call, path: `${path}?${merged.toString()}` };
}
