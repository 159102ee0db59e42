import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

/**
 * The five minutes of the README in the browser. `WALK_FILE` names another inventory to import, `WALK_PICTURES` a folder for pictures of each step:
 * docs/guides/browser-walk.md was made this way with the public 2024 inventory of US federal AI use cases.
 */
const PICTURES = process.env.WALK_PICTURES;
/** A small inventory in the shape of the public one: its headings, Windows encoding, blanks, two rows that say the same. */
const SMALL = [
  'Use Case Name,Agency,Bureau,Stage of Development,Is the AI use case rights-impacting?,Does this AI use case involve personally identifiable information (PII) that is maintained by the agency?,What is the intended purpose and expected benefits of the AI?',
  ...Array.from({ length: 24 }, (_row, n) => `Document routing ${n + 1},Department of Examples,Bureau ${n % 3},${n % 2 ? 'Operation and Maintenance' : 'Initiated'},${n % 4 ? 'Neither' : ''},${n % 3 ? 'No' : 'Yes'},"Sorts incoming documents – step ${n + 1}"`),
  'Document routing 1,Department of Examples,Bureau 0,Initiated,,Yes,"Sorts incoming documents – step 1"',
].join('\r\n');
const LATIN: Record<string, number> = { '–': 0x96 };
const windows1252 = (text: string): Buffer => Buffer.from([...text].map((letter) => LATIN[letter] ?? letter.charCodeAt(0)));

describe('the five minutes of the README, in the browser', () => {
  const browser = usingBrowser();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-walk-'));
    if (PICTURES) await mkdir(PICTURES, { recursive: true });
  });
  afterAll(async () => { await rm(folder, { recursive: true, force: true }); });
  let step = 0;
  const picture = async (page: Page, name: string): Promise<void> => {
    await expectAccessible(page, name);
    step += 1;
    if (!PICTURES) return;
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(PICTURES, `${String(step).padStart(2, '0')}-${name}.png`), animations: 'disabled' });
  };
  const figure = async (page: Page, name: string): Promise<number> => Number((await page.locator(`[data-figure="${name}"] dd`).first().innerText()).replace(/\D/g, ''));

  it('goes from signing up to a verified pack', async () => {
    const started = Date.now();
    const inventory = process.env.WALK_FILE ? await readFile(process.env.WALK_FILE) : windows1252(SMALL);
    const newcomer = WebPerson.stranger(browser());
    const page = await newcomer.page('/sign-up', { viewport: { width: 1280, height: 800 } });
    const origin = new URL(page.url()).origin;

    // 1. An organization.
    const email = `ada-${randomUUID().slice(0, 8)}@example.com`;
    await page.getByRole('textbox', { name: 'Name of the organization' }).fill('Federal AI');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Lovelace');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('quiet lamps dancing');
    await picture(page, 'sign-up');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    await picture(page, 'first-steps');

    // 2. The inventory, from a file.
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'us-federal-ai-use-cases-2024.csv', mimeType: 'text/csv', buffer: inventory });
    await page.getByRole('heading', { name: 'What this import will do' }).waitFor({ timeout: 90_000 });
    await picture(page, 'import-checked');
    await page.getByRole('button', { name: /^Import [\d,.\s]+ workloads$/ }).click();
    await page.getByRole('heading', { name: 'What this import did' }).waitFor({ timeout: 120_000 });
    const [created, merged, rejected] = [await figure(page, 'created'), await figure(page, 'merged'), await figure(page, 'rejected')];
    expect({ created, merged, rejected }).toEqual(process.env.WALK_FILE ? { created: 2_130, merged: 3, rejected: 0 } : { created: 24, merged: 1, rejected: 0 });
    const imported = Math.round((Date.now() - started) / 1_000);
    await picture(page, 'import-done');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inventory' }).click();
    await page.getByRole('grid').getByRole('row').nth(10).waitFor();
    await picture(page, 'inventory');

    // 3. One workload of our own, with what is known about it.
    await settled(page);
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Register a workload' }).waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Support bot');
    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Agent' });
    await page.getByRole('textbox', { name: 'Purpose' }).fill('Answers citizens with approved passages');
    await page.locator('form [data-path="team"]').fill('Support');
    await page.keyboard.press('Escape');
    await page.locator('form [data-path="riskOwner"]').fill(email);
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Yes' }).check();
    await page.getByText('What decides the stage and the controls').click();
    await page.getByLabel('Does it handle personal data?').selectOption({ label: 'No' });
    await page.getByLabel('Does it execute tools?').selectOption({ label: 'No' });
    await page.getByLabel('Risk tier', { exact: true }).selectOption({ label: 'Low' });
    await page.getByText('Further owners').click();
    await page.locator('form [data-path="onCall"]').fill(email);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Register the workload' }).click();
    await page.waitForURL('**/workloads/SUPPORT-BOT');
    await page.getByRole('heading', { name: /^To reach Production/ }).waitFor();
    await picture(page, 'what-stands-in-the-way');

    // 4. Somebody answers for it.
    await page.getByRole('link', { name: 'Owners', exact: true }).click();
    for (const role of ['Risk owner', 'On call']) {
      const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name: role }) });
      await card.getByRole('button', { name: 'Accept' }).click();
      await card.getByRole('button', { name: 'Re-affirm' }).waitFor();
    }
    await picture(page, 'owners');

    // 5. Evidence for one criterion of each domain; somebody else accepts it.
    await page.getByRole('link', { name: 'Evidence', exact: true }).last().click();
    const grid = page.getByRole('grid', { name: 'Criteria by domain' });
    await grid.getByRole('row').first().waitFor();
    const domains = await grid.getByRole('rowheader').count();
    for (let row = 0; row < domains; row += 1) {
      await grid.getByRole('row').filter({ has: page.getByRole('rowheader') }).nth(row).getByRole('gridcell').first().focus();
      await page.keyboard.press('x');
    }
    await page.getByText(`${domains} selected`).waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach a file to all' }).click();
    const proof = Buffer.from('The controls of the support bot were tested on 12 May.\n');
    await (await chooser).setFiles({ name: 'control-test.txt', mimeType: 'text/plain', buffer: proof });
    const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
    await dialog.getByLabel('Title').fill('Control test of the support bot');
    await dialog.getByRole('textbox', { name: 'Counts until' }).fill('2031-06-30');
    await dialog.getByRole('button', { name: 'Submit evidence' }).click();
    await grid.getByText('Awaiting decision').first().waitFor();
    await picture(page, 'evidence-submitted');
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === '__Host-roster_session')?.value ?? '';
    const call = (method: string, path: string, body?: unknown): Promise<Response> => fetch(`${origin}/api/v1${path}`, {
      method, headers: { cookie: `__Host-roster_session=${session}`, 'sec-fetch-site': 'same-origin', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { token } = (await (await call('POST', '/invitations', { email: `grace-${randomUUID().slice(0, 8)}@example.com`, role: 'risk_owner' })).json()) as { token: string };
    const second = WebPerson.stranger(browser());
    const theirs = await second.page(`/invitations/${token}`, { viewport: { width: 1280, height: 800 } });
    await theirs.getByRole('textbox', { name: 'Your name' }).fill('Grace Hopper');
    await theirs.getByRole('textbox', { name: 'Choose a password' }).fill('slow rivers humming');
    await theirs.getByRole('button', { name: 'Accept the invitation' }).click();
    await theirs.getByRole('navigation', { name: 'Main' }).waitFor();
    await theirs.goto(`${origin}/evidence/queue`);
    await theirs.getByRole('heading', { name: 'Control test of the support bot' }).waitFor();
    await picture(theirs, 'decision');
    await settled(theirs);
    await theirs.keyboard.press('a');
    await focusInside(theirs.getByRole('dialog', { name: 'Accept version 1' }));
    await Promise.all([theirs.waitForResponse((answer) => answer.url().endsWith('/decision') && answer.ok()), theirs.keyboard.press('Enter')]);
    await theirs.getByText('Nothing waits for your decision').waitFor();
    await second.leave();

    // 6. The kill switch works in time.
    await page.getByRole('link', { name: 'Incidents and drills' }).click();
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.getByRole('timer').getByText(/^00:(?!00)\d\d$/).waitFor();
    await picture(page, 'kill-switch');
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByLabel('How it was done').fill('Feature flag off, traffic checked');
    await page.getByRole('button', { name: 'Record the drill' }).click();
    await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Feature flag off').waitFor();

    // 7. Nobody picked it: the tree says Production, and a review is promised.
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    const { stage, gaps } = (await (await call('GET', '/workloads/SUPPORT-BOT/classification')).json()) as { stage: string; gaps: { message?: string }[] };
    expect({ stage, gaps: stage === 'production' ? [] : gaps }).toEqual({ stage: 'production', gaps: [] });
    await page.locator('main [data-stage="production"]').first().waitFor();
    await page.getByRole('button', { name: /Why$/ }).click();
    await page.getByRole('dialog').getByText('Does it process real user').first().waitFor();
    await picture(page, 'why-production');
    await page.keyboard.press('Escape');
    // Its schedule comes upon its stage.
    await eventually(async () => { expect(await (await call('GET', '/reviews?limit=10')).text()).toContain('SUPPORT-BOT'); });

    // 8. A pack that an auditor checks without us.
    await page.goto(`${origin}/packs/new?workload=SUPPORT-BOT`);
    await page.getByRole('button', { name: 'Build the pack' }).waitFor();
    await page.locator('[aria-busy="false"] dl').waitFor();
    await picture(page, 'pack-preview');
    await page.getByRole('button', { name: 'Build the pack' }).click();
    await page.getByText('Ready', { exact: true }).waitFor({ timeout: 90_000 });
    await picture(page, 'pack');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the pack' }).click()]);
    const file = join(folder, 'pack.zip');
    await download.saveAs(file);
    const auditor = WebPerson.stranger(browser());
    const laptop = await auditor.page('/packs/verify', { viewport: { width: 1280, height: 800 } });
    await laptop.getByLabel('Choose a pack to check').setInputFiles(file);
    await laptop.locator('[data-verdict="verified"]').waitFor({ timeout: 60_000 });
    await picture(laptop, 'verified');
    await auditor.leave();
    await newcomer.leave();
    process.stdout.write(`imported after ${imported} s, verified after ${Math.round((Date.now() - started) / 1_000)} s\n`);
  }, 600_000);
});
