/** The demo organization: written beside a real one without touching it, rich in states, verifiable, and gone after one command. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Launcher } from './launcher.js';
import { Person } from './person.js';

jest.setTimeout(400_000);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
interface Page<Item> { items: Item[]; total?: number }
interface Workload { key: string; stage: string | null; hardening: boolean; undetermined: boolean; frozen: boolean; unowned: boolean; lifecycle: string }

describe('npm start -- --demo', () => {
  let home: string;
  let stack: Launcher;
  let own: Person;
  let ada: Person;
  let before: unknown;
  const ops = (...args: string[]): Promise<{ stdout: string; stderr: string }> => run(process.execPath, ['apps/ops/dist/main.js', ...args], { cwd: repository, env: { ...process.env, NODE_OPTIONS: '', ROSTER_HOME: home } });
  const organizationOf = async (person: Person): Promise<unknown> => ({
    workloads: await person.get('/workloads?count=true'), trail: (await person.get<Page<{ id: string; action: string }>>('/trail?limit=200')).items.map(({ id, action }) => [id, action]).filter(([, action]) => !String(action).startsWith('access.session')),
  });

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'roster-demo-'));
    stack = await Launcher.start(home);
    own = new Person(stack.url, 'own@company.example', 'our own long passphrase');
    await own.must(201, 'POST', '/sign-up', { organization: { name: 'Own Ltd' }, user: { name: 'Olga', email: own.email, password: own.password } });
    const me = await own.get<{ member: { id: string } }>('/me');
    await own.must(201, 'POST', '/workloads', { name: 'Our bot', key: 'OUR-BOT', kind: 'agent', purpose: 'Answers', team: 'Us', riskOwner: me.member.id, processesRealData: 'yes' });
    await own.get('/workloads/OUR-BOT/classification');
    before = await organizationOf(own);
    await stack.interrupt();
    stack = await Launcher.start(home, { port: stack.port, args: ['--demo'] });
    const login = JSON.parse(await readFile(join(home, 'demo-login.json'), 'utf8')) as { email: string; password: string };
    ada = new Person(stack.url, login.email, login.password);
    await own.signIn();
  });
  afterAll(async () => {
    await stack.interrupt();
    await rm(home, { recursive: true, force: true });
  });

  it('says how to sign in and how to remove it', async () => {
    expect(stack.output).toContain(`Sign in    ${ada.email} / ${ada.password}`);
    expect(stack.output).toContain('npx roster-ops demo remove');
    await ada.signIn();
    expect(await ada.get('/organization')).toMatchObject({ demo: true });
  });

  it('shows workloads, owners, evidence, reviews and actions in every state', async () => {
    const { items } = await ada.get<Page<Workload>>('/workloads?limit=200');
    expect(items.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(items.map((item) => item.stage))].sort()).toEqual(['experiment', 'pilot', 'production', 'scaled']);
    expect([...new Set(items.map((item) => item.lifecycle))].sort()).toEqual(expect.arrayContaining(['active', 'paused', 'retired']));
    for (const flag of ['hardening', 'undetermined', 'frozen', 'unowned'] as const) expect({ flag, some: items.some((item) => item[flag]) }).toEqual({ flag, some: true });
    const states = async (path: string): Promise<string[]> => {
      const found = new Set<string>();
      let cursor = '';
      do {
        const page = await ada.get<Page<{ status: string }> & { nextCursor: string | null }>(`${path}?limit=200${cursor}`);
        for (const item of page.items) found.add(item.status);
        cursor = page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : '';
      } while (cursor);
      return [...found].sort();
    };
    expect(await states('/reviews')).toEqual(expect.arrayContaining(['awaiting_sign_off', 'completed', 'due', 'in_progress', 'scheduled']));
    expect(await states('/evidence')).toEqual(expect.arrayContaining(['accepted', 'expired', 'rejected', 'submitted']));
    expect(await states('/exceptions')).toEqual(expect.arrayContaining(['approved', 'requested']));
    expect(await states('/actions')).toEqual(expect.arrayContaining(['open']));
    expect((await ada.get<Page<unknown>>('/forecast')).items.length).toBeGreaterThan(0);
    expect((await ada.get<{ open: { overdue: number } }>('/reviews/punctuality')).open.overdue).toBeGreaterThan(0);
  });

  it('has a past that is asked for by date, and a trail that verifies offline', async () => {
    const halfAYearAgo = new Date(Date.now() - 180 * 86_400_000).toISOString();
    const then = await ada.get<{ stage: string }>(`/workloads/SALES-CALL-COACH/classification?asOf=${halfAYearAgo}`);
    expect(then.stage).toBe('production');
    expect(await ada.get('/workloads/SALES-CALL-COACH/classification')).toMatchObject({ stage: 'pilot', hardening: true });
    const { id, href } = await ada.must<{ id: string; href: string }>(202, 'POST', '/packs', { scope: { workloads: ['SALES-CALL-COACH', 'FRAUD-SCORE'] } });
    expect(await ada.finished(href)).toMatchObject({ status: 'succeeded' });
    const file = join(home, 'pack.zip');
    await writeFile(file, await ada.download(`/packs/${id}/content`));
    expect(JSON.parse((await run(process.execPath, ['apps/cli/dist/main.js', 'pack', 'verify', file, '--json'], { cwd: repository })).stdout)).toMatchObject({ ok: true });
  });

  it('leaves the real organization exactly as it was', async () => {
    expect(await organizationOf(own)).toEqual(before);
  });

  it('refuses to be written beside a running Roster', async () => {
    const error = await ops('demo', 'add').then(() => null, (failure: { code: number; stderr: string }) => failure);
    expect(error).toMatchObject({ code: 1, stderr: expect.stringContaining('its worker would disturb the past of the demo') });
  });

  it('is gone after one command, also while Roster runs, files included; the real one stays', async () => {
    const folders = await readdir(join(home, 'files'));
    expect((await ops('demo', 'remove')).stdout).toMatch(/^Removed Northwind Insurance \(demo\): \d+ rows and all files\./);
    expect((await ada.send('POST', '/sessions', { email: ada.email, password: ada.password })).status).toBe(401);
    expect(await organizationOf(own)).toEqual(before);
    const left = await readdir(join(home, 'files'));
    expect(left.length).toBeLessThan(folders.length);
    expect(await readdir(home)).not.toContain('demo-login.json');
    expect((await ops('demo', 'remove')).stdout).toBe('There is no demo organization.\n');
  });
});
