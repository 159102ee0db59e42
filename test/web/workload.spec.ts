import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { waitFor } from '@roster/testing';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

/** Seconds on a quiet machine; more where many things run at once. */
const PATIENCE_MS = 90_000;
/** Writes over whatever is there. */
const ANY = { 'if-match': '*' };
interface Named { readonly key: string; readonly version: number }

describe('the workload page', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let memberId: string;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    memberId = (await ada.api.must<{ member: { id: string } }>(200, 'GET', '/me')).member.id;
  });
  afterEach(async () => { await ada.leave(); });

  const register = async (name: string, more: object = {}): Promise<string> => (await ada.api.must<Named>(201, 'POST', '/workloads', {
    name, kind: 'agent', purpose: 'Answers customers', team: 'Care', riskOwner: memberId, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier: 'low', ...more,
  })).key;
  const open = async (key: string, tab = '', options: Parameters<WebPerson['page']>[1] = {}): Promise<Page> => {
    const page = await ada.page(`/workloads/${key}${tab}`, options);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };
  const shift = (page: Page) => page.getByTestId('stage-shift');

  it('says why the stage is what it is in one click, and is walked by keys', async () => {
    const page = await open(await register('Why Bot'));
    await page.getByRole('heading', { name: /To reach Production: \d+ things/ }).waitFor();
    await expectAccessible(page, 'overview');
    const stage = page.getByRole('button', { name: /^Stage: Pilot Why$/ });
    await stage.focus();
    await page.keyboard.press('Enter');
    const tree = page.getByRole('dialog', { name: 'Why this stage: WHY-BOT' });
    const asked = tree.getByRole('list', { name: 'Questions that were asked' });
    await asked.getByText('Named on-call owner, accepted and active').waitFor();
    await eventually(async () => { expect(await asked.getByRole('heading', { level: 3 }).count()).toBe(2); });
    await tree.getByText('Not asked, because the way ended at question 2').waitFor();
    await expectAccessible(page, 'why');
    const first = tree.getByRole('button', { name: /Question 1:/ });
    await first.focus();
    await page.keyboard.press('ArrowDown');
    const second = tree.getByRole('button', { name: /Question 2:/ });
    await eventually(async () => { expect(await second.evaluate((button) => button === document.activeElement)).toBe(true); });
    await eventually(async () => { expect(await second.getAttribute('aria-expanded')).toBe('true'); });
    await page.keyboard.press('Enter');
    await eventually(async () => { expect(await second.getAttribute('aria-expanded')).toBe('false'); });
    await page.keyboard.press('Escape');
    await tree.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Why'));
  }, PATIENCE_MS);

  it('gives each gap its button: states a fact, takes the on-call role, and leads to evidence and drill', async () => {
    const key = await register('Gap Bot', { processesRealData: 'unknown', riskTier: null });
    const page = await open(key);
    await page.getByRole('button', { name: 'State fact' }).first().click();
    const fact = page.getByRole('dialog', { name: 'Processes real user or customer data on request' });
    await fact.getByText('Yes', { exact: true }).click();
    await fact.getByLabel('What it rests on').fill('Interview with the team');
    await expectAccessible(page, 'state a fact');
    await fact.getByRole('button', { name: 'Declare' }).click();
    await page.getByRole('button', { name: /^Stage: Pilot Why$/ }).waitFor();
    const row = page.getByRole('region', { name: 'Facts' }).locator('[data-fact="processesRealData"]');
    await row.getByText('Interview with the team').waitFor();

    const tasks = page.locator('#next-stage');
    await tasks.getByRole('button', { name: 'Assign owner' }).click();
    const owner = page.getByRole('dialog', { name: 'Assign owner: On-call owner' });
    await owner.getByRole('combobox', { name: 'Member' }).click();
    await page.getByRole('option', { name: /Ada Lovelace/ }).click();
    await expectAccessible(page, 'assign an owner');
    await owner.getByRole('button', { name: 'Take the role' }).click();
    await tasks.getByText('Missing: somebody who has accepted to be On-call owner').waitFor({ state: 'detached' });

    const drill = tasks.getByRole('link', { name: 'Record a drill' });
    await eventually(async () => { expect(await drill.getAttribute('href')).toBe(`/workloads/${key}/incidents?drill=kill_switch`); });
    const evidence = await tasks.getByRole('link', { name: 'Attach evidence' }).first().getAttribute('href');
    expect(evidence).toContain(`/evidence/new?workload=${key}&criterion=psf-1.1`);
  }, PATIENCE_MS);

  it('sets the risk tier from the palette, and shows what that does to the stage before it is set', async () => {
    const key = await register('Tier Bot', { riskTier: null });
    const page = await open(key);
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).fill('Set the risk tier');
    await page.getByRole('button', { name: `Set the risk tier of ${key}` }).click();
    const tier = page.getByRole('dialog', { name: `Risk tier of ${key}` });
    await tier.getByRole('radio', { name: 'Low' }).check();
    await shift(page).getByText('Same stage').waitFor();
    await eventually(async () => { expect(await shift(page).textContent()).toMatch(/Missing for Production: 4\d → \d+/); });
    await expectAccessible(page, 'set the tier');
    await tier.getByLabel('Why this tier').fill('A person answers in the end');
    await tier.getByRole('button', { name: 'Set risk tier' }).click();
    await page.locator('[data-field="riskTier"]').getByText('Low').waitFor();
  }, PATIENCE_MS);

  it('edits in place by keys, undoes, lets both changes stand, and shows both versions where they meet', async () => {
    const key = await register('Edit Bot');
    const page = await open(key);
    const team = page.locator('[data-field="team"]');
    await team.getByRole('button', { name: 'Edit Owning team' }).focus();
    await page.keyboard.press('Enter');
    await team.getByRole('textbox', { name: 'Owning team' }).fill('Sales');
    await page.keyboard.press('Escape');
    await team.getByText('Care').waitFor();
    await focusInside(team.getByRole('button', { name: 'Edit Owning team' }));
    await page.keyboard.press('Enter');
    await team.getByRole('textbox', { name: 'Owning team' }).fill('Sales');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Undo' }).click();
    await team.getByText('Care').waitFor();

    // Somebody else changes another field: both stand.
    await team.getByRole('button', { name: 'Edit Owning team' }).click();
    await ada.api.must(200, 'PATCH', `/workloads/${key}`, { businessUnit: 'Retail' }, ANY);
    await team.getByRole('textbox').fill('Support');
    await page.keyboard.press('Enter');
    await team.getByText('Support').waitFor();
    await page.locator('[data-field="businessUnit"]').getByText('Retail').waitFor();

    // Somebody else changes the same field: both versions are shown.
    await team.getByRole('button', { name: 'Edit Owning team' }).click();
    await ada.api.must(200, 'PATCH', `/workloads/${key}`, { team: 'Theirs' }, ANY);
    await team.getByRole('textbox').fill('Mine');
    await page.keyboard.press('Enter');
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
    await conflict.getByText('Theirs', { exact: true }).last().waitFor();
    await eventually(async () => { expect(await conflict.getByRole('button', { name: 'Save what I chose' }).isDisabled()).toBe(true); });
    await expectAccessible(page, 'conflict');
    await conflict.getByRole('radio', { name: 'Keep yours: Owning team' }).check();
    await conflict.getByRole('button', { name: 'Save what I chose' }).click();
    await team.getByText('Mine').waitFor();
    // The field shows it before it is saved.
    await waitFor(async () => (await ada.api.must<{ team: string }>(200, 'GET', `/workloads/${key}`)).team === 'Mine', { timeout: 30_000, what: 'the choice to be saved' });
  }, PATIENCE_MS);

  it('refuses growth of a frozen workload with the gaps, and breaks the glass in two steps', async () => {
    const key = await register('Frozen Bot', { handlesPii: 'yes', exposure: 'internal' });
    const page = await open(key);
    const band = page.getByTestId('freeze-banner').first();
    await band.getByText('Frozen: its scope may not grow').waitFor();
    const exposure = page.locator('[data-field="exposure"]');
    await exposure.getByRole('button', { name: 'Edit Exposure' }).click();
    await exposure.getByRole('combobox', { name: 'Exposure' }).click();
    await page.getByRole('option', { name: 'General' }).click();
    await exposure.getByRole('button', { name: 'Save' }).click();
    await exposure.getByRole('alert').getByText('Frozen: its scope may not grow', { exact: true }).waitFor();
    await exposure.getByRole('button', { name: 'Cancel' }).click();
    await exposure.getByText('Internal').waitFor();

    await band.getByRole('button', { name: 'Ask for a scope change' }).click();
    const ask = page.getByRole('dialog', { name: `Ask for a scope change of ${key}` });
    await ask.getByRole('combobox', { name: 'What grows' }).click();
    await page.getByRole('option', { name: 'More traffic' }).click();
    await ask.getByLabel('What exactly changes').fill('All of Austria');
    await ask.getByRole('button', { name: 'Ask', exact: true }).click();
    await ask.getByRole('alert').getByRole('link', { name: 'Attach evidence' }).first().waitFor();
    await expectAccessible(page, 'refused scope change');
    await page.reload();
    await band.getByRole('button', { name: 'Ask for a scope change' }).click();
    await eventually(async () => { expect(await ask.getByLabel('What exactly changes').inputValue()).toBe('All of Austria'); });
    await page.keyboard.press('Escape');

    // One line where the freeze is not the subject, with the way back to its reasons.
    await page.getByRole('link', { name: 'Owners', exact: true }).click();
    const line = page.getByTestId('freeze-line');
    await line.getByText(/^Frozen: \d+ reasons$/).waitFor();
    await eventually(async () => { expect(await page.getByTestId('freeze-banner').count()).toBe(0); });
    await eventually(async () => { expect((await line.boundingBox())?.height).toBeLessThanOrEqual(40); });
    await expectAccessible(page, 'owners of a frozen workload');
    await line.getByRole('link', { name: 'See why, and what ends it' }).click();

    await band.getByRole('button', { name: 'Break the glass' }).click();
    const glass = page.getByRole('dialog', { name: `Break the glass of ${key}` });
    await glass.getByLabel('Why it cannot wait').fill('Short');
    await glass.getByRole('button', { name: 'Go on' }).click();
    await glass.getByText('Say why it cannot wait, in at least 10 characters').waitFor();
    await glass.getByLabel('Why it cannot wait').fill('The regulator asks for it by Friday');
    await expectAccessible(page, 'break the glass');
    await glass.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('dialog', { name: 'Break the glass?' }).getByRole('button', { name: 'Break the glass' }).click();
    await band.getByText('The freeze is lifted for a limited time').waitFor();
    await band.getByText('“The regulator asks for it by Friday”').waitFor();
    await band.getByRole('button', { name: 'Ask for a scope change' }).click();
    await ask.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('Recorded, because the glass is broken').waitFor();
  }, PATIENCE_MS);

  it('supposes facts in the same drawing, tells the gate signed, and shows what changed between results', async () => {
    const key = await register('Suppose Bot', { processesRealData: 'no' });
    await ada.api.must(200, 'GET', `/workloads/${key}/classification`);
    await ada.api.must(200, 'PUT', `/workloads/${key}/facts/processesRealData`, { value: 'yes' });
    const page = await open(key, '/classification');
    const timeline = page.getByRole('list', { name: 'Classifications, newest first' });
    await timeline.getByText('Processes real user or customer data on request: No → Yes').waitFor();
    await timeline.getByText('The first result.').waitFor();
    await expectAccessible(page, 'classification');

    await page.getByText('What if', { exact: true }).click();
    const tree = page.getByRole('list', { name: 'Questions that were asked' });
    await shift(page).getByText('Same stage').waitFor();
    for (const fact of ['Named on-call owner, accepted and active', 'Production monitoring, with accepted evidence']) await page.getByRole('radiogroup', { name: fact }).getByText('Yes', { exact: true }).click();
    await shift(page).getByText('Rises').waitFor();
    await shift(page).getByText('Pilot (hardening)').waitFor();
    await page.getByTestId('tree-outcome').getByText('was Pilot').waitFor();
    await expectAccessible(page, 'what if');
    await page.getByRole('slider', { name: 'Risk tier' }).focus();
    const before = await shift(page).textContent();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
    await page.getByText('Supposed; it is Low').waitFor();
    await page.waitForFunction((text) => document.querySelector('[data-testid="stage-shift"]')?.textContent !== text, before);
    await page.getByRole('button', { name: 'Take 3 suppositions back' }).click();
    await shift(page).getByText('Same stage').waitFor();
    await eventually(async () => { expect(await tree.getByText('Supposed; it is').count()).toBe(0); });
    // Nothing was stored.
    await eventually(async () => { expect((await ada.api.must<{ items: unknown[] }>(200, 'GET', `/workloads/${key}/classifications`)).items).toHaveLength(2); });

    await page.getByRole('button', { name: 'Get it signed' }).click();
    let payload = '';
    await eventually(async () => { expect([, payload = ''] = (await page.getByLabel('Signed verdict', { exact: true }).textContent() ?? '').split('.')).toHaveLength(3); });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).toMatchObject({ workload: key, for: 'production', verdict: 'fail' });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(download.suggestedFilename()).toBe(`${key}-production.jws`);
    expect(await readFile(await download.path(), 'utf8')).toContain(payload);
    await page.getByRole('button', { name: 'Evaluate now' }).click();
    await page.getByText('Evaluated: the stage is the same as before').waitFor();
    await timeline.getByText('Says the same as the one before.').waitFor();
  }, PATIENCE_MS);

  it('shows the past without any write, and says when it was not known yet', async () => {
    const key = await register('Past Bot', { handlesPii: 'unknown' });
    await ada.api.must(200, 'GET', `/workloads/${key}/classification`);
    // All of that was known by now, however long it took.
    const instant = new Date().toISOString();
    await new Promise((resolve) => { setTimeout(resolve, 1_000); });
    await ada.api.must(200, 'PUT', `/workloads/${key}/facts/handlesPii`, { value: 'no' });
    const page = await open(key, `?asOf=${instant}`);
    await page.locator('li[data-fact="handlesPii"]').getByText('Unknown').waitFor();
    await page.getByTestId('freeze-banner').waitFor();
    await eventually(async () => { expect(await page.getByRole('button', { name: 'Evaluate now' }).getAttribute('aria-disabled')).toBe('true'); });
    await eventually(async () => { expect(await page.getByRole('button', { name: 'Edit Name' }).getAttribute('aria-disabled')).toBe('true'); });
    await expectAccessible(page, 'the past');
    await page.getByRole('link', { name: 'Classification', exact: true }).click();
    await page.waitForURL(`**/workloads/${key}/classification?asOf=*`);
    await eventually(async () => { expect(await page.getByRole('heading', { name: 'Gate' }).count()).toBe(0); });
    await page.getByRole('button', { name: 'Return to now' }).first().click();
    await page.getByRole('heading', { name: 'Gate' }).waitFor();
    await page.getByTestId('freeze-banner').waitFor({ state: 'detached' });
    const before = await ada.page(`/workloads/${key}?asOf=2020-01-01T00:00:00Z`);
    await before.getByText('This workload was not known then').waitFor();
    await expectAccessible(before, 'not known then');
  }, PATIENCE_MS);

  it('grants tools with what they may do and on what', async () => {
    const key = await register('Tool Bot');
    const page = await open(key);
    await page.getByRole('button', { name: 'Grant a tool' }).click();
    const grant = page.getByRole('dialog', { name: 'Grant a tool' });
    await grant.getByLabel('Tool').fill('mailbox');
    await grant.getByLabel('On what').fill('Care inbox');
    await expectAccessible(page, 'grant a tool');
    await grant.getByRole('button', { name: 'Grant it' }).click();
    await page.getByText('Care inbox').waitFor();
  }, PATIENCE_MS);

  it('merges a duplicate after a preview, and leads its key to the one that stays', async () => {
    const kept = await register('Twin Bot', { team: 'Twins' });
    const key = await register('Twin Bots', { team: 'Twins', description: 'Only this one says so' });
    const page = await open(key);
    await page.getByRole('button', { name: 'Merge' }).click();
    const choose = page.getByRole('dialog', { name: `Merge ${key} into` });
    await choose.getByRole('radio', { name: new RegExp(kept) }).check();
    await expectAccessible(page, 'choose what to merge into');
    await choose.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: `Merge ${key} into ${kept}` });
    await preview.getByRole('row', { name: /Description.*Only this one says so.*comes along/ }).waitFor();
    await preview.getByLabel('Why both are the same').fill('Registered twice');
    await expectAccessible(page, 'merge preview');
    await preview.getByRole('button', { name: 'Merge' }).click();
    await page.waitForURL(`**/workloads/${kept}`);
    await page.getByText('Only this one says so').first().waitFor();
    // The key that was merged away leads to the one that stays.
    await page.goto(page.url().replace(kept, key));
    await page.waitForURL(`**/workloads/${kept}`);
  }, PATIENCE_MS);

  it('retires with a record, and changes nothing any more', async () => {
    const kept = await register('Old Bot');
    const page = await open(kept);
    await page.getByRole('button', { name: `More about ${kept}` }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    const retire = page.getByRole('dialog', { name: `Retire ${kept}` });
    await retire.getByLabel('Why it is retired').fill('Replaced');
    for (const field of ['What was switched off', 'What access was revoked', 'What data was kept or deleted', 'Who did it']) await retire.getByLabel(field).fill('Done');
    await retire.getByLabel(`Type ${kept} to confirm`).fill('WRONG');
    await retire.getByRole('button', { name: 'Retire for good' }).click();
    await retire.getByText(`Type ${kept}`, { exact: true }).waitFor();
    await expectAccessible(page, 'retire');
    await retire.getByLabel(`Type ${kept} to confirm`).fill(kept);
    await retire.getByRole('button', { name: 'Retire for good' }).click();
    await page.getByText('It keeps its history and is changed no more.').waitFor();
    await page.getByRole('heading', { name: 'Decommissioned' }).waitFor();
    await expectAccessible(page, 'retired');
  }, PATIENCE_MS);

  it('tells who may not change anything why, and what to ask for', async () => {
    const key = await register('Seen Bot', { handlesPii: 'yes' });
    const grace = await ada.invite('viewer');
    const page = await grace.page(`/workloads/${key}`);
    const glass = page.getByRole('button', { name: 'Break the glass' });
    await glass.waitFor();
    await eventually(async () => { expect(await glass.getAttribute('aria-disabled')).toBe('true'); });
    await glass.focus();
    await page.getByText('Needs the permission classification:freeze:break-glass').waitFor();
    await page.getByRole('button', { name: 'Edit Name' }).click({ force: true });
    await eventually(async () => { expect(await page.getByRole('textbox', { name: 'Name' }).count()).toBe(0); });
    await expectAccessible(page, 'as a viewer');
    await grace.leave();
  }, PATIENCE_MS);

  it('prints what a reviewer needs, whichever tab is open', async () => {
    const key = await register('Paper Bot', { handlesPii: 'yes' });
    const page = await open(key, '/classification');
    await page.emulateMedia({ media: 'print' });
    const sheet = page.getByTestId('print-sheet');
    await sheet.getByRole('cell', { name: 'PSF-1 Input Governance' }).waitFor();
    for (const heading of ['What is missing for the next stage', 'Facts', 'Why this stage', 'Recorded fields']) await sheet.getByRole('heading', { name: heading }).waitFor();
    await eventually(async () => { expect(await sheet.getByRole('cell', { name: 'PSF-1 Input Governance' }).isVisible()).toBe(true); });
    await eventually(async () => { expect(await page.getByRole('navigation', { name: 'Parts of this workload' }).count()).toBe(0); });
    await eventually(async () => { expect(await page.getByRole('heading', { name: 'Gate' }).count()).toBe(0); });
  }, PATIENCE_MS);
});
