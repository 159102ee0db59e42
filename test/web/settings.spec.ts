import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@roster/testing';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson, webUrl } from './web-person.js';

describe('the settings', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let grace: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    grace = await ada.invite('viewer', 'Grace Hopper');
  }, 120_000);
  afterEach(async () => { await ada.leave(); await grace.leave(); });

  it('keep a draft over a reload, say what would change, and save it', async () => {
    const page = await ada.page('/settings');
    await page.waitForURL('**/settings/organization');
    await page.getByRole('textbox', { name: 'Name' }).fill('Northwind Re');
    await page.getByText('1 unsaved change').waitFor();
    await expectAccessible(page, 'organization with an unsaved change');
    await page.waitForFunction(() => Object.entries(sessionStorage).some(([name, value]) => name.endsWith(':settings:organization') && String(value).includes('Northwind Re')));
    await page.reload();
    await page.getByText('kept from before the page was loaded').waitFor();
    await eventually(async () => { expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Northwind Re'); });
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('The settings are saved.').waitFor();
    await eventually(async () => { expect(await ada.api.must(200, 'GET', '/organization')).toMatchObject({ name: 'Northwind Re', version: 2 }); });
  }, 120_000);

  it('show both versions when somebody else saved meanwhile, and overwrite nothing unseen', async () => {
    const page = await ada.page('/settings/policies');
    // A label leads to its field, and what stands under it is read with it.
    const longest = page.getByLabel('Longest break-glass');
    await page.getByText('Longest break-glass', { exact: true }).click();
    expect(await longest.evaluate((field) => [field === document.activeElement, document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent])).toEqual([true, 'At most 14 days.']);
    await page.getByLabel('Escalation of overdue reviews').fill('5');
    await page.getByText('3 days → 5 days').waitFor();
    await ada.api.must(200, 'PATCH', '/organization', { reviewPolicy: { escalateEveryDays: 9 }, thresholds: { ownerReaffirmDays: 90 } }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByRole('dialog', { name: 'Save policies' }).getByRole('button', { name: 'Save policies' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed the settings meanwhile' });
    await dialog.getByRole('cell', { name: '5 days' }).waitFor();
    await dialog.getByRole('cell', { name: '3 days' }).waitFor();
    await dialog.getByRole('cell', { name: '9 days' }).waitFor();
    await expectAccessible(page, 'conflict of settings');
    await dialog.getByRole('button', { name: 'Save mine on top' }).click();
    await page.getByText('The policies are saved.').waitFor();
    const { reviewPolicy, thresholds } = await ada.api.must<{ reviewPolicy: { escalateEveryDays: number }; thresholds: { ownerReaffirmDays: number } }>(200, 'GET', '/organization');
    expect([reviewPolicy.escalateEveryDays, thresholds.ownerReaffirmDays]).toEqual([5, 90]);
  }, 120_000);

  it('compute what changed policies do before they are saved, open the rows of each figure, and repeat the figures when saving', async () => {
    const policies = await WebPerson.signUp(browser());
    await policies.api.must(201, 'POST', '/workloads', { key: 'CLAIMS-BOT', name: 'Claims bot', kind: 'agent', purpose: 'x', team: 'T', riskOwner: policies.email, processesRealData: 'yes', handlesPii: 'yes', riskTier: 'low', riskTierRationale: 'Drafts only' });
    // Its review schedule comes with its classification.
    expect(await policies.api.must(200, 'GET', '/workloads/CLAIMS-BOT/classification')).toMatchObject({ stage: 'pilot' });
    await waitFor(async () => (await policies.api.must<{ items: unknown[] }>(200, 'GET', '/reviews')).items.length === 1, { timeout: 30_000, what: 'the review of the pilot' });
    const page = await policies.page('/settings/policies');
    await page.getByRole('combobox', { name: 'Pilots with PII or tools' }).click();
    await page.getByRole('option', { name: 'monthly', exact: true }).click();
    const panel = page.getByRole('region', { name: 'What this changes' });
    await panel.getByText(/^Computed for 1 /).waitFor();
    await panel.getByText('No next review comes later').waitFor();
    await panel.getByRole('button', { name: '1 review schedule changes its rhythm' }).click();
    const row = panel.getByRole('row').filter({ hasText: 'CLAIMS-BOT' });
    await eventually(async () => { expect(await row.getByRole('cell').allInnerTexts()).toEqual(['quarterly', 'monthly']); });
    // The save bar stays in view; in a window that holds the whole page it covers nothing.
    await page.setViewportSize({ width: 1440, height: 4000 });
    await expectAccessible(page, 'impact of policies');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('combobox', { name: 'Low: criteria per domain' }).click();
    await page.getByRole('option', { name: 'every criterion' }).click();
    await panel.getByRole('button', { name: /^1 workload: \d+ criteria newly missing/ }).click();
    await row.getByText('PSF-3 Data Protection').waitFor();
    await page.getByRole('button', { name: 'Save policies' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save policies' });
    await dialog.getByText('1 review schedule changes its rhythm').waitFor();
    await dialog.getByText('1 next review comes sooner').waitFor();
    await dialog.getByText(/criteria newly missing/).waitFor();
    await expectAccessible(page, 'confirming policies');
    await dialog.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('The policies are saved.').waitFor();
    await panel.waitFor({ state: 'detached' });
    await policies.leave();
  }, 120_000);

  it('invite by keyboard, hand over the link, show what a role gains, and count what follows from deactivating', async () => {
    const page = await ada.page('/settings/members');
    await page.getByRole('rowheader', { name: 'Grace Hopper' }).waitFor();
    await expectAccessible(page, 'members');
    await page.setViewportSize({ width: 390, height: 844 });
    await eventually(async () => { expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0); });
    await page.setViewportSize({ width: 1440, height: 900 });
    await settled(page);
    await page.keyboard.press('n');
    const invite = page.getByRole('dialog', { name: 'Invite a member' });
    await invite.getByLabel('E-mail').fill('kit@example.com');
    await invite.getByText('Change workloads, components and relations').waitFor();
    await expectAccessible(page, 'invitation');
    await page.keyboard.press('Enter');
    const made = page.getByRole('dialog', { name: 'Invitation for kit@example.com' });
    const link = await made.locator('code').innerText();
    expect(link).toMatch(/\/invitations\/\S{20,}$/);
    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('rowheader', { name: 'kit@example.com' }).waitFor();
    await page.getByRole('button', { name: 'Revoke the invitation of kit@example.com' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByText('Nobody is invited').waitFor();

    await page.getByRole('button', { name: 'Change role of Grace Hopper' }).click();
    const role = page.getByRole('dialog', { name: 'Role of Grace Hopper' });
    await role.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Risk owner' }).click();
    await role.getByText(/permissions are added, 0 are taken away/).waitFor();
    await role.getByRole('button', { name: 'Change role' }).click();
    await page.getByText('Grace Hopper is now Risk owner.').waitFor();
    await page.getByRole('button', { name: 'Deactivate Grace Hopper' }).click();
    await page.getByText('They own or are asked to own 0 workloads.').waitFor();
    await expectAccessible(page, 'deactivation');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  }, 120_000);

  it('show a key once, and revoke it', async () => {
    const page = await ada.page('/settings/api-keys');
    await page.getByText('No keys yet').waitFor();
    await expectAccessible(page, 'no keys');
    await page.getByRole('button', { name: 'Create a key' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Create an API key' });
    await dialog.getByLabel('Name').fill('release pipeline');
    await dialog.getByLabel('Read workloads, owners, components and history').check();
    await eventually(async () => { expect(await dialog.getByLabel('Invite, change and deactivate members').isDisabled()).toBe(true); });
    await expectAccessible(page, 'permissions of a key');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const made = page.getByRole('dialog', { name: 'Key release pipeline' });
    await eventually(async () => { expect(await made.locator('code').first().innerText()).toMatch(/^roster_/); });
    await made.getByRole('button', { name: 'I have stored the key' }).click();
    await page.getByRole('rowheader', { name: 'release pipeline' }).waitFor();
    expect(await page.content()).not.toMatch(/roster_[A-Za-z0-9]{8,}_/);
    await page.getByRole('button', { name: 'Revoke release pipeline' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
  }, 120_000);

  it('browse an edition, preview what another one would change, and adopt it only then', async () => {
    await ada.api.must(201, 'POST', '/workloads', { name: 'Bot', kind: 'agent', purpose: 'x', team: 'T', riskOwner: ada.email, processesRealData: 'yes' });
    const page = await ada.page('/settings/editions');
    await page.getByRole('button', { name: /PSF-3 Data Protection/ }).click();
    await page.getByText('wording not verified').first().waitFor();
    await expectAccessible(page, 'edition');
    await page.getByRole('combobox', { name: 'Compare with' }).click();
    await page.getByRole('option').first().click();
    await page.getByRole('region', { name: 'Crosswalk' }).last().waitFor();
    await page.goto(`${webUrl()}/settings/editions?edition=psf-definition-2026-04`);
    await page.getByRole('button', { name: 'Switch to this edition' }).click();
    await page.getByText(/workloads were evaluated/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Adopt this edition' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Adopt edition' }).click();
    await page.getByText('Your organization is measured against it').waitFor();
    await eventually(async () => { expect((await ada.api.must<{ edition: string }>(200, 'GET', '/organization')).edition).not.toBe('psf-1.1'); });
  }, 180_000);

  it('define a custom field whose key follows its label, and archive it', async () => {
    const page = await ada.page('/settings/custom-fields');
    await page.getByText('No fields of your own yet').waitFor();
    await page.getByRole('button', { name: 'Define a field' }).first().click();
    await page.getByLabel('Label').fill('Cost centre');
    await eventually(async () => { expect(await page.getByLabel('Key').inputValue()).toBe('costCentre'); });
    await expectAccessible(page, 'custom field');
    await page.getByRole('button', { name: 'Define field', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Cost centre' }).waitFor();
    await page.getByRole('button', { name: 'Archive Cost centre' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive field' }).click();
    await page.getByText('No fields of your own yet').waitFor();
  }, 120_000);

  it('list the trail by filters in the address, and prove an entry in the browser', async () => {
    const filter = 'filter[action]=access.organization.changed';
    await waitFor(async () => (await ada.api.get<{ items: { leafIndex: number | null }[] }>(`/trail?${filter}`)).items.every(({ leafIndex }) => leafIndex !== null), { timeout: 30_000, what: 'a place in the tree for every change' });
    const page = await ada.page(`/settings/trail?${filter}`);
    const entry = page.getByRole('listitem').filter({ hasText: 'access.organization.changed' }).first();
    await entry.getByRole('button').first().click();
    await page.getByText('Proven in this browser').waitFor();
    await expectAccessible(page, 'trail');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForFunction(() => !location.search.includes('filter'));
  }, 120_000);

  it('explain to a viewer what they may not do, and let them keep their own things', async () => {
    const page = await grace.page('/settings/profile');
    await page.getByLabel('Once a day, all in one mail').click();
    await page.getByRole('button', { name: 'one week' }).click();
    await page.getByRole('button', { name: 'Send mail again' }).waitFor();
    await page.getByLabel('Single-key shortcuts').click();
    await expectAccessible(page, 'profile');
    // What is chosen is shown before it is saved.
    await eventually(async () => { expect(await grace.api.must(200, 'GET', '/notification-preference')).toMatchObject({ mailMode: 'daily' }); });
  }, 120_000);
});
