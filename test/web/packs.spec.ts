import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { form } from '../e2e/person.js';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { tabTo } from './keyboard.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

interface Report { readonly ok: boolean; readonly keyFingerprint: string; readonly checks: readonly { readonly id: string; readonly status: string; readonly detail: string }[] }
interface Pack { readonly id: string; readonly status: string; readonly scope: Record<string, unknown>; readonly result?: { readonly fileName: string; readonly counts: Record<string, number>; readonly keyFingerprint: string } }
const CLI = fileURLToPath(new URL('../../apps/cli/bin/roster.mjs', import.meta.url));
const run = promisify(execFile);
const PROOF = 'The switch was pressed and it stopped.\n';

describe('packs in the browser', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let folder: string;
  let path: string;
  let pack: Pack;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser(), { organization: 'Packs Ltd' });
    folder = await mkdtemp(join(tmpdir(), 'roster-web-packs-'));
    for (const key of ['CLAIMS-TRIAGE', 'RETURN-CODES', 'SUPPORT-BOT']) await ada.api.must(201, 'POST', '/workloads', { key, name: `Workload ${key.toLowerCase()}`, kind: 'agent', purpose: 'Answers customers', team: key === 'SUPPORT-BOT' ? 'Support' : 'Claims', processesRealData: 'yes', riskOwner: ada.email });
    await ada.api.must(201, 'POST', '/evidence', form('drill.txt', 'text/plain', PROOF, { kind: 'test_run', title: 'Kill switch', links: [{ workload: 'CLAIMS-TRIAGE' }] }));
  }, 60_000);
  afterEach(async () => { await ada.leave(); });
  afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

  const statusesOf = (page: Page): Promise<Record<string, string>> =>
    page.locator('[data-check]').evaluateAll((rows) => Object.fromEntries(rows.map((row) => [(row as HTMLElement).dataset['check'] ?? '', (row as HTMLElement).dataset['status'] ?? ''])));
  /** The verdict of the command line on the same file. */
  const commandLine = async (file: string, ...more: string[]): Promise<Report> => {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    const { stdout } = await run(process.execPath, [CLI, 'pack', 'verify', file, '--json', ...more], { env, maxBuffer: 2 ** 24 }).catch((error: { stdout: string }) => error);
    return JSON.parse(stdout) as Report;
  };
  const drop = (page: Page, file: string): Promise<void> => page.getByLabel('Choose a pack to check').setInputFiles(file);

  it('teaches what a pack is before there is one', async () => {
    const page = await ada.page('/packs');
    await page.getByText('No pack yet').waitFor();
    await expectAccessible(page, 'packs, empty');
  });

  it('builds a pack by keyboard alone, having said what it will hold', async () => {
    const page = await ada.page('/packs');
    await tabTo(page, page.getByRole('button', { name: 'Build a pack' }).first());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/packs/new');
    const whole = page.getByRole('radio', { name: 'The whole inventory' });
    await tabTo(page, whole);
    await page.keyboard.press('ArrowDown');
    await page.getByText('Choose at least one value, or take the whole inventory.').first().waitFor();
    const build = page.getByRole('button', { name: 'Build the pack' });
    await eventually(async () => { expect(await build.getAttribute('aria-disabled')).toBe('true'); });
    await tabTo(page, page.getByRole('combobox', { name: 'Team' }));
    await page.keyboard.type('Claims');
    await page.keyboard.press('Enter');
    const preview = page.locator('dl');
    await preview.getByText('evidence files').waitFor();
    await expectAccessible(page, 'pack form');
    await page.locator('[aria-busy="false"] dl').waitFor();
    let said: string[] = [];
    await eventually(async () => { expect((said = await preview.locator('dt').allInnerTexts())[0]).toBe('2'); });
    await page.reload();
    await page.getByText('Claims', { exact: true }).waitFor();
    await preview.getByText('evidence files').waitFor();
    await tabTo(page, build);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/packs\/[0-9a-f-]{36}$/);
    await page.getByText('Ready', { exact: true }).waitFor({ timeout: 30_000 });
    const id = page.url().split('/').at(-1) ?? '';
    pack = await ada.api.get<Pack>(`/packs/${id}`);
    expect(pack).toMatchObject({ status: 'succeeded', scope: { kind: 'filter', filter: { team: ['Claims'] } }, result: { counts: { workloads: 2 } } });
    expect(said[1]).toBe(String(pack.result?.counts['evidenceFiles']));
    await page.getByRole('cell', { name: 'RETURN-CODES', exact: true }).waitFor();
    await eventually(async () => { expect(await page.getByRole('cell', { name: 'SUPPORT-BOT', exact: true }).count()).toBe(0); });
    await expectAccessible(page, 'pack');
    const download = page.getByRole('link', { name: 'Download the pack' });
    await tabTo(page, download);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toBe(pack.result?.fileName);
    path = join(folder, 'pack.zip');
    await file.saveAs(path);
  }, 60_000);

  it('prints the whole index, however much of it was scrolled to, and says what is missing until then', async () => {
    const page = await ada.page('/packs');
    // One row a page: the index of two workloads has two.
    await page.route(/\/packs\/[0-9a-f-]{36}\/workloads\?/, (route) => route.continue({ url: route.request().url().replace('limit=200', 'limit=1') }));
    await page.goto(new URL(`/packs/${pack.id}`, page.url()).href);
    await page.getByText('1 of 2. The rest is not here yet').waitFor();
    await page.evaluate(() => { window.print = () => { document.body.dataset['printed'] = String(document.querySelectorAll('tbody tr').length); }; });
    await page.getByRole('button', { name: 'Print the index' }).click();
    await page.locator('body[data-printed]').waitFor();
    await eventually(async () => { expect(await page.locator('body').getAttribute('data-printed')).toBe('2'); });
    await page.getByText('2 of 2', { exact: true }).waitFor();
    await page.evaluate(() => { delete document.body.dataset['printed']; });
    await page.getByRole('button', { name: 'Print the index' }).click();
    await page.locator('body[data-printed]').waitFor();
  }, 60_000);

  it('builds what the form says at that moment: an instant kept in the draft is seen, and the last day typed counts', async () => {
    const page = await ada.page('/packs/new');
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const asOf = minute.toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16).replace(' ', 'T');
    await page.getByLabel('As known on').fill(asOf);
    await page.getByLabel('Period to').fill('2026-01-31');
    await page.waitForFunction((text) => Object.values(sessionStorage).some((draft) => String(draft).includes(text)), asOf);
    await page.reload();
    await eventually(async () => { expect(await page.getByLabel('As known on').inputValue()).toBe(asOf); });
    const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/packs'));
    await page.getByLabel('Period to').fill('2026-02-28');
    await page.getByLabel('Period to').press('Enter');
    await eventually(async () => { expect((await asked).postDataJSON()).toEqual({ scope: {}, period: { to: '2026-02-28T23:00:00Z' }, asOf: minute.toISOString().replace('.000', ''), formats: ['csv', 'json'] }); });
    await page.waitForURL(/\/packs\/[0-9a-f-]{36}$/);
  }, 60_000);

  it('checks the pack without an account, sends nothing, and agrees with the command line', async () => {
    const stranger = WebPerson.stranger(browser());
    const page = await stranger.page('/packs/verify');
    await page.getByText('Sixteen checks wait for a file.').waitFor();
    await expectAccessible(page, 'verification, waiting');
    const sent: string[] = [];
    page.on('request', (request) => { if (request.method() !== 'GET' || request.url().includes('/api/')) sent.push(`${request.method()} ${request.url()}`); });
    await drop(page, path);
    await page.locator('[data-verdict="verified"]').waitFor();
    await page.getByText('Nobody has compared the signing key yet').waitFor();
    const report = await commandLine(path);
    expect(report.ok).toBe(true);
    await eventually(async () => { expect(await statusesOf(page)).toEqual(Object.fromEntries(report.checks.map(({ id, status }) => [id, status]))); });
    await eventually(async () => { expect(await page.getByText('Packs Ltd').count()).toBeGreaterThan(0); });
    await expectAccessible(page, 'verification, passed');

    await page.getByLabel('Fingerprint of the key you trust').fill(report.keyFingerprint.toUpperCase());
    await page.getByRole('button', { name: 'Check again with this key' }).click();
    await page.getByText('The signing key is the one you trust.').waitFor();
    await page.getByLabel('Fingerprint of the key you trust').fill('ab'.repeat(32));
    await drop(page, path);
    await page.locator('[data-verdict="refused"]').waitFor();
    await eventually(async () => { expect((await statusesOf(page))['signature.key']).toBe('failed'); });
    expect(await statusesOf(page)).toEqual(Object.fromEntries((await commandLine(path, '--key', 'ab'.repeat(32))).checks.map(({ id, status }) => [id, status])));
    expect(sent).toEqual([]);
    await stranger.leave();
  }, 60_000);

  it('names the file that was changed, word for word like the command line; and refuses what is no pack', async () => {
    const bytes = await readFile(path);
    const at = bytes.indexOf('The switch was pressed');
    expect(at).toBeGreaterThan(0);
    bytes.write('the', at);
    const tampered = join(folder, 'tampered.zip');
    await writeFile(tampered, bytes);
    const stranger = WebPerson.stranger(browser());
    const page = await stranger.page('/packs/verify');
    await drop(page, tampered);
    await page.getByRole('heading', { name: 'Not verified: do not rely on this pack' }).waitFor();
    const report = await commandLine(tampered);
    expect(report.ok).toBe(false);
    await eventually(async () => { expect(await statusesOf(page)).toEqual(Object.fromEntries(report.checks.map(({ id, status }) => [id, status]))); });
    const intact = report.checks.find(({ id }) => id === 'payload.intact');
    expect(intact?.detail).toMatch(/drill\.txt was changed/);
    await eventually(async () => { expect(await page.locator('[data-check="payload.intact"]').innerText()).toContain(intact?.detail); });
    await expectAccessible(page, 'verification, failed');

    const other = join(folder, 'other.zip');
    await writeFile(other, 'This is not an archive at all, and certainly no pack.');
    await drop(page, other);
    await page.getByText('The file is not a ZIP archive').first().waitFor();
    await eventually(async () => { expect((await statusesOf(page))['container.readable']).toBe('failed'); });
    await stranger.leave();
  }, 60_000);

  it('lists packs, narrows them, and opens one by keyboard', async () => {
    const page = await ada.page('/packs');
    const grid = page.getByRole('grid', { name: 'Packs' });
    await grid.getByRole('link', { name: 'Team: Claims' }).waitFor();
    await expectAccessible(page, 'packs');
    await page.getByLabel('State', { exact: true }).selectOption({ label: 'Failed' });
    await page.getByText('No pack matches').waitFor();
    await page.waitForURL('**/packs?status=failed');
    await page.getByLabel('State', { exact: true }).selectOption({ label: 'All states' });
    await grid.getByRole('link', { name: 'Team: Claims' }).waitFor();
    await grid.getByRole('row').filter({ hasText: 'Team: Claims' }).getByRole('gridcell').first().focus();
    await page.keyboard.press('o');
    await page.waitForURL(`**/packs/${pack.id}`);
  }, 60_000);

  it('shows who may not build why not, and keeps the pack of another organization to itself', async () => {
    const viewer = await ada.invite('viewer', 'Vera Viewer');
    const page = await viewer.page('/packs');
    const build = page.getByRole('button', { name: 'Build a pack' }).first();
    await build.waitFor();
    await eventually(async () => { expect(await build.getAttribute('aria-disabled')).toBe('true'); });
    await build.focus();
    await page.getByText('Needs the permission packs:pack:build').waitFor();
    // What is not counted for them does not look as if it were on its way.
    await page.goto(new URL('/packs/new', page.url()).href);
    await page.getByRole('region', { name: 'What it will hold' }).getByText('Needs the permission packs:pack:build').waitFor();
    await viewer.leave();
    const other = await WebPerson.signUp(browser());
    const foreign = await other.page(`/packs/${pack.id}`);
    await foreign.getByText('There is no such pack.').waitFor();
    await other.leave();
  }, 60_000);
});
