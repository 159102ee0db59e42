import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { usingBots, type Listed } from './bots.js';
import { eventually } from './eventually.js';
import { settled } from './settled.js';

const MINUTE = 60_000;
const MIB = 1024 * 1024;

describe('the evidence of a workload', () => {
  const here = usingBots();

  const choose = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option }).first().click();
  };

  /** Drops a file of so many times `x` on a cell, as if it had last been written at the same time. */
  const drop = async (page: Page, cell: Locator, name: string, content: { text: string } | { bytes: number }): Promise<void> => {
    const dataTransfer = await page.evaluateHandle(({ called, said }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['text' in said ? said.text : 'x'.repeat(said.bytes)], called, { type: 'text/plain', lastModified: 1_700_000_000_000 }));
      return transfer;
    }, { called: name, said: content });
    await cell.dispatchEvent('dragenter', { dataTransfer });
    await cell.getByText('Attach here').waitFor();
    await cell.dispatchEvent('drop', { dataTransfer });
  };

  it('is a grid for the keyboard: arrows move, Enter opens, x selects, a attaches', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/evidence');
    // Listened for long before: the browser has to be told to hand the chooser over.
    const chooser = page.waitForEvent('filechooser', { timeout: MINUTE });
    const grid = page.getByRole('grid', { name: 'Criteria by domain' });
    await grid.getByRole('gridcell').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const details = page.getByRole('region', { name: /^PSF-2\.2/ });
    await details.getByText('Nothing was ever submitted for this').waitFor();
    expect(new URL(page.url()).searchParams.get('criterion')).toBe('psf-1.1/PSF-2.2');
    await details.getByRole('button', { name: 'Close details' }).click();
    await grid.getByRole('gridcell').nth(6).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Home');
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    await eventually(async () => { expect(await grid.getByRole('gridcell', { selected: true }).count()).toBe(2); });
    await page.keyboard.press('a');
    await (await chooser).setFiles({ name: 'prompt-review.txt', mimeType: 'text/plain', buffer: Buffer.from('Prompts were reviewed.') });
    const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
    await dialog.getByText('PSF-2.1').first().waitFor();
    await eventually(async () => { expect(await dialog.getByLabel('Title').inputValue()).toBe('prompt-review'); });
    await expectAccessible(page, 'attach evidence');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await here.ada.leave();
  });

  it('takes a dropped file into the cell, counts it once somebody else has accepted it, and links it to others', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/evidence');
    const cell = page.getByRole('gridcell').first();
    await cell.getByText('Missing').waitFor();
    await drop(page, cell, 'input-filter.txt', { text: 'Inputs are sanitised.' });
    const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
    await dialog.getByLabel('Title').fill('Input filter, tested');
    await choose(page, 'Kind', 'Test run');
    await dialog.getByRole('textbox', { name: 'Counts until' }).fill('2031-06-30');
    await dialog.getByRole('button', { name: 'Submit evidence' }).click();
    await cell.getByText('Awaiting decision').waitFor();
    const { items } = await here.ada.api.get<Listed<{ id: string; expiresAt: string | null; latest: { expiresAt: string | null } }>>('/evidence?q=filter');
    expect(items[0]?.latest.expiresAt).toBe('2031-06-30T22:00:00.000Z');
    await here.grace.api.must(200, 'POST', `/evidence/${items[0]?.id}/versions/1/decision`, { decision: 'accept' });
    await page.reload();
    await cell.getByText('Satisfied').waitFor();
    await cell.getByText('1 item').waitFor();

    await settled(page);
    await page.getByRole('gridcell').nth(1).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Link existing evidence to all' }).click();
    const link = page.getByRole('dialog', { name: 'Link existing evidence to 2 criteria' });
    await link.getByLabel('Find evidence').fill('tested');
    await link.getByRole('radio', { name: /Input filter/ }).check();
    await expectAccessible(page, 'link evidence');
    await link.getByRole('button', { name: 'Link it to all' }).click();
    await page.getByRole('gridcell').nth(2).getByText('Awaiting decision').waitFor();
    await page.getByRole('gridcell').nth(1).getByText('Awaiting decision').waitFor();
    await expectAccessible(page, 'evidence tab');
    await here.ada.leave();
  });

  it('goes on with a dropped file that was interrupted, also after a reload, and attaches it', async () => {
    const page = await here.ada.page('/workloads/QUIET-BOT/evidence');
    const offsets: number[] = [];
    let mended = false;
    let broken = 0;
    await page.route('**/api/v1/uploads/*', async (route) => {
      const request = route.request();
      const offset = Number(request.headers()['upload-offset']);
      if (!mended && (broken > 0 || (request.method() === 'PATCH' && offset >= 2 * MIB))) {
        broken += 1;
        return route.abort('connectionreset');
      }
      if (request.method() === 'PATCH') offsets.push(offset);
      return route.continue();
    });
    const cell = page.getByRole('gridcell').nth(2);
    await cell.getByText('Missing').waitFor();
    await drop(page, cell, 'soak.log', { bytes: 5 * MIB });
    const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
    await dialog.getByText('No connection, goes on by itself').waitFor();
    await expectAccessible(page, 'attaching without connection');
    await dialog.getByRole('textbox', { name: 'Title of soak.log' }).fill('Soak test');
    await page.waitForFunction(() => Object.values(sessionStorage).some((value) => String(value).includes('Soak test')));
    await page.reload();
    await cell.getByText('Missing').waitFor();
    mended = true;
    await drop(page, cell, 'soak.log', { bytes: 5 * MIB });
    await dialog.getByText('Arrived whole').waitFor();
    // It went on from where it was: no piece was sent twice.
    expect(offsets).toEqual([0, 2 * MIB, 4 * MIB]);
    await eventually(async () => { expect(await dialog.getByRole('textbox', { name: 'Title of soak.log' }).inputValue()).toBe('Soak test'); });
    // Once more, after it was closed: it is there, and the same file is not taken twice.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await drop(page, cell, 'soak.log', { bytes: 5 * MIB });
    await dialog.getByText('Arrived whole').waitFor();
    await dialog.getByRole('button', { name: 'Submit evidence', exact: true }).click();
    await cell.getByText('Awaiting decision').waitFor();
    const { items } = await here.ada.api.get<Listed<{ title: string; linkCount: number; latest: { sha256: string } }>>('/evidence?q=soak');
    expect(items).toMatchObject([{ title: 'Soak test', linkCount: 1, latest: { sha256: createHash('sha256').update('x'.repeat(5 * MIB)).digest('hex') } }]);
    // The broken line is what this test is about.
    expect(here.ada.complaints.splice(0).filter((complaint) => !complaint.includes('ERR_CONNECTION_RESET'))).toEqual([]);
    await here.ada.leave();
  });

  it('asks for an exception that somebody else decides, and says why not oneself', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/evidence?criterion=psf-1.1%2FPSF-7.2');
    await page.getByRole('button', { name: 'Request an exception' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request an exception' });
    await dialog.getByRole('button', { name: 'Request the exception' }).click();
    await dialog.getByText('Say why.').waitFor();
    await dialog.getByLabel('Why it cannot be met now').fill('The vault arrives in spring');
    await page.reload();
    await page.getByRole('button', { name: 'Request an exception' }).click();
    await eventually(async () => { expect(await dialog.getByLabel('Why it cannot be met now').inputValue()).toBe('The vault arrives in spring'); });
    await dialog.getByLabel('What lowers the risk meanwhile').fill('Keys are rotated weekly');
    await dialog.getByLabel('Ends on').fill('2031-01-31');
    await dialog.getByRole('button', { name: 'Request the exception' }).click();
    const own = page.getByRole('button', { name: 'Approve' });
    await own.waitFor();
    await eventually(async () => { expect(await own.getAttribute('aria-disabled')).toBe('true'); });
    await own.hover();
    await page.getByText('You asked for it; somebody else has to decide.').waitFor();

    const theirs = await here.grace.page('/workloads/SUPPORT-BOT/evidence?criterion=psf-1.1%2FPSF-7.2');
    await theirs.getByRole('button', { name: 'Approve' }).click();
    await theirs.getByRole('dialog').getByRole('button', { name: 'Approve it' }).click();
    await theirs.getByRole('region', { name: /^PSF-7\.2/ }).getByText('Waived by an approved exception').waitFor();
    await theirs.evaluate(() => { scrollTo(0, 0); }); // otherwise the bar of the page covers half of a link
    await theirs.locator('.mantine-Notification-root').getByRole('button', { name: 'Close' }).click(); // it covers what is below it for a while
    await theirs.locator('.mantine-Notification-root').waitFor({ state: 'detached' });
    await expectAccessible(theirs, 'exceptions');

    // Two decide at once: both decisions are shown, and the first one stands.
    const { id } = await here.ada.api.must<{ id: string }>(201, 'POST', '/exceptions', { workload: 'SUPPORT-BOT', criterion: 'psf-1.1/PSF-7.1', reason: 'Later', compensatingControl: 'Watched', expiresAt: '2031-01-01T00:00:00Z' });
    const alan = await here.ada.invite('admin', 'Alan Mathison');
    await theirs.reload();
    await theirs.getByRole('button', { name: 'Decline' }).click();
    await theirs.getByRole('dialog').getByLabel('Why').fill('Not watched at night');
    await alan.api.must(200, 'POST', `/exceptions/${id}/decision`, { decision: 'approve' });
    await theirs.getByRole('dialog').getByRole('button', { name: 'Decline it' }).click();
    const both = theirs.getByRole('dialog', { name: 'Somebody else has decided already' });
    await both.getByRole('row', { name: /Decision Awaiting decision In force Declined/ }).waitFor();
    await expectAccessible(theirs, 'both decisions about an exception');
    await both.getByRole('button', { name: 'Go on' }).click();
    await theirs.getByText('decided by Alan Mathison').waitFor();

    // Two ask at once for the same.
    await page.goto(page.url().replace('PSF-7.2', 'PSF-7.3'));
    await page.getByRole('button', { name: 'Request an exception' }).click();
    await dialog.getByLabel('Why it cannot be met now').fill('Mine');
    await dialog.getByLabel('What lowers the risk meanwhile').fill('Mine too');
    await dialog.getByLabel('Ends on').fill('2031-01-31');
    await here.grace.api.must(201, 'POST', '/exceptions', { workload: 'SUPPORT-BOT', criterion: 'psf-1.1/PSF-7.3', reason: 'Theirs', compensatingControl: 'Theirs too', expiresAt: '2031-01-01T00:00:00Z' });
    await dialog.getByRole('button', { name: 'Request the exception' }).click();
    const asked = page.getByRole('dialog', { name: 'Somebody else has asked for the same' });
    await asked.getByRole('row', { name: /Why it cannot be met now Theirs Mine/ }).waitFor();
    await asked.getByRole('button', { name: 'Drop mine, theirs is enough' }).click();
    await page.getByText('asked by Grace Hopper').waitFor();
    await here.ada.leave();
    await here.grace.leave();
  });

  it('shows other editions, and what was there at another time', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/evidence');
    await page.getByRole('grid').waitFor();
    await choose(page, 'Edition', /Eight production readiness criteria/);
    await page.waitForFunction(() => location.search.includes('edition=psf-definition-2026-04'));
    await page.getByRole('rowheader', { name: /PSF-03/ }).waitFor();
    const before = await here.ada.page('/workloads/SUPPORT-BOT/evidence?asOf=2020-01-01T00:00:00Z');
    await before.getByText('This workload was not known then').waitFor();
    await here.ada.leave();
  });
});
