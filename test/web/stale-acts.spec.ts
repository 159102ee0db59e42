import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@roster/testing';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

interface Recorded { riskTier: string | null; tags: string[]; lifecycle: string }

describe('acts on a workload that somebody else changed meanwhile', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    for (const key of ['TIER-BOT', 'OLD-BOT', 'TWIN-BOT', 'TOOL-BOT', 'STAYS-BOT']) {
      await ada.api.must(201, 'POST', '/workloads', { key, name: `Bot ${key.toLowerCase()}`, kind: 'agent', purpose: 'Answers customers', team: 'Support', processesRealData: 'no', executesTools: 'no', riskOwner: ada.email, riskTier: 'low', riskTierRationale: 'Agreed' });
    }
  });
  afterEach(async () => { await ada.leave(); });
  /** Somebody else, while the dialog is open. */
  const meanwhile = (key: string, change: Record<string, unknown>) => ada.api.must(200, 'PATCH', `/workloads/${key}`, change, { 'if-match': '*' });
  const recorded = (key: string): Promise<Recorded> => ada.api.get<Recorded>(`/workloads/${key}`);
  const openAct = async (key: string, act: string) => {
    const page = await ada.page(`/workloads/${key}`);
    await page.getByRole('button', { name: `More about ${key}` }).click();
    await page.getByRole('menuitem', { name: act }).click();
    return page;
  };

  it('shows both tiers, and never a tier that nobody set', async () => {
    const page = await ada.page('/workloads/TIER-BOT');
    await page.getByRole('button', { name: 'More about TIER-BOT' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).fill('risk tier of TIER');
    await page.getByText('Set the risk tier of TIER-BOT').click();
    const dialog = page.getByRole('dialog', { name: 'Risk tier of TIER-BOT' });
    await dialog.getByRole('radio', { name: 'High' }).check();
    await meanwhile('TIER-BOT', { riskTier: null });
    await dialog.getByRole('button', { name: 'Set risk tier' }).click();
    const row = page.getByRole('table', { name: 'Both versions' }).getByRole('row', { name: /Risk tier/ });
    await row.waitFor();
    await eventually(async () => { expect(await row.getByRole('cell').allInnerTexts()).toEqual([expect.stringContaining('Low'), expect.not.stringContaining('Critical'), expect.stringContaining('High')]); });
    await expectAccessible(page, 'both tiers');
    await row.getByRole('radio', { name: 'Keep yours: Risk tier' }).check();
    await page.getByRole('button', { name: 'Save what I chose' }).click();
    await page.locator('[data-field="riskTier"]').getByText('High').waitFor();
    await waitFor(async () => (await recorded('TIER-BOT')).riskTier === 'high', { timeout: 30_000, what: 'the choice to be saved' });
  });

  it('retires what it is now, once that was seen and confirmed anew', async () => {
    const page = await openAct('OLD-BOT', 'Retire');
    const dialog = page.getByRole('dialog', { name: 'Retire OLD-BOT' });
    await dialog.getByLabel('Why it is retired').fill('Replaced');
    for (const field of ['What was switched off', 'What access was revoked', 'What data was kept or deleted', 'Who did it']) await dialog.getByLabel(field).fill('Done');
    await dialog.getByLabel('Type OLD-BOT to confirm').fill('OLD-BOT');
    await meanwhile('OLD-BOT', { team: 'Claims' });
    await dialog.getByRole('button', { name: 'Retire for good' }).click();
    await dialog.getByRole('alert').getByRole('row', { name: /Support.*Claims/ }).waitFor();
    await expectAccessible(page, 'retire what changed');
    await eventually(async () => { expect([(await recorded('OLD-BOT')).lifecycle, await dialog.getByLabel('What was switched off').inputValue(), await dialog.getByLabel('Type OLD-BOT to confirm').inputValue()]).toEqual([expect.not.stringContaining('retired'), 'Done', '']); });
    await dialog.getByLabel('Type OLD-BOT to confirm').fill('OLD-BOT');
    await dialog.getByRole('button', { name: 'Retire for good' }).click();
    await page.getByText('It keeps its history and is changed no more.').waitFor();
  });

  it('merges what it is now', async () => {
    const page = await openAct('TWIN-BOT', 'Merge into another workload');
    await page.getByLabel('Find the workload that stays').fill('STAYS-BOT');
    await page.getByRole('radio', { name: /STAYS-BOT/ }).check();
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Merge TWIN-BOT into STAYS-BOT' });
    await preview.getByLabel('Why both are the same').fill('Registered twice');
    await meanwhile('TWIN-BOT', { description: 'Said meanwhile' });
    await preview.getByRole('button', { name: 'Merge' }).click();
    await preview.getByRole('alert').getByText('Said meanwhile').waitFor();
    await preview.getByRole('row', { name: /Said meanwhile.*comes along/ }).waitFor();
    await preview.getByRole('button', { name: 'Merge' }).click();
    await page.waitForURL('**/workloads/STAYS-BOT');
    await page.getByText('Said meanwhile').first().waitFor();
  });

  it('grants a tool from the overview beside what somebody else changed', async () => {
    const page = await ada.page('/workloads/TOOL-BOT');
    await page.getByRole('button', { name: 'Grant a tool' }).click();
    await page.getByRole('dialog').getByLabel('Tool').fill('mailbox');
    await meanwhile('TOOL-BOT', { team: 'Claims' });
    await ada.api.must(200, 'PUT', '/workloads/TOOL-BOT/tool-grants', { grants: [{ name: 'calendar', access: 'read', scope: '' }] }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Grant it' }).click();
    const grants = page.getByRole('region', { name: 'Tool grants of this workload' });
    await grants.getByText('mailbox').waitFor();
    await grants.getByText('calendar').waitFor();
  });
});
