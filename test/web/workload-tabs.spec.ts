import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

jest.setTimeout(180_000);
const MINUTE = 60_000;
const MIB = 1024 * 1024;

interface Listed<Item> { items: Item[] }
interface Drill { kind: string; startedAt: string; endedAt: string; durationSeconds: number; withinLimit: boolean; result: string; participants: string[] }

describe('the tabs of a workload', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let grace: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    grace = await ada.invite('admin', 'Grace Hopper');
    const register = (key: string, name: string, facts = { processesRealData: 'yes', executesTools: 'yes' }) =>
      ada.api.must(201, 'POST', '/workloads', { key, name, kind: 'agent', purpose: 'Answers customers', team: 'Support', riskOwner: ada.email, riskTier: 'medium', riskTierRationale: 'Agreed', ...facts });
    await register('SUPPORT-BOT', 'Support assistant');
    await register('SALES-BOT', 'Sales assistant');
    await register('QUIET-BOT', 'Archive search', { processesRealData: 'no', executesTools: 'no' });
    await ada.api.must(200, 'POST', '/workloads/SUPPORT-BOT/owners/risk_owner/accept', {});
  });

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

  describe('evidence', () => {
    it('is a grid for the keyboard: arrows move, Enter opens, x selects, a attaches', async () => {
      const page = await ada.page('/workloads/SUPPORT-BOT/evidence');
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
      expect(await grid.getByRole('gridcell', { selected: true }).count()).toBe(2);
      await page.keyboard.press('a');
      await (await chooser).setFiles({ name: 'prompt-review.txt', mimeType: 'text/plain', buffer: Buffer.from('Prompts were reviewed.') });
      const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
      await dialog.getByText('PSF-2.1').first().waitFor();
      expect(await dialog.getByLabel('Title').inputValue()).toBe('prompt-review');
      await expectAccessible(page, 'attach evidence');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await ada.leave();
    });

    it('takes a dropped file into the cell, counts it once somebody else has accepted it, and links it to others', async () => {
      const page = await ada.page('/workloads/SUPPORT-BOT/evidence');
      const cell = page.getByRole('gridcell').first();
      await cell.getByText('Missing').waitFor();
      await drop(page, cell, 'input-filter.txt', { text: 'Inputs are sanitised.' });
      const dialog = page.getByRole('dialog', { name: 'Attach evidence' });
      await dialog.getByLabel('Title').fill('Input filter, tested');
      await choose(page, 'Kind', 'Test run');
      await dialog.getByRole('textbox', { name: 'Counts until' }).fill('2031-06-30');
      await dialog.getByRole('button', { name: 'Submit evidence' }).click();
      await cell.getByText('Awaiting decision').waitFor();
      const { items } = await ada.api.get<Listed<{ id: string; expiresAt: string | null; latest: { expiresAt: string | null } }>>('/evidence?q=filter');
      expect(items[0]?.latest.expiresAt).toBe('2031-06-30T22:00:00.000Z');
      await grace.api.must(200, 'POST', `/evidence/${items[0]?.id}/versions/1/decision`, { decision: 'accept' });
      await page.reload();
      await cell.getByText('Satisfied').waitFor();
      await cell.getByText('1 item').waitFor();

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
      await ada.leave();
    });

    it('goes on with a dropped file that was interrupted, also after a reload, and attaches it', async () => {
      const page = await ada.page('/workloads/QUIET-BOT/evidence');
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
      expect(await dialog.getByRole('textbox', { name: 'Title of soak.log' }).inputValue()).toBe('Soak test');
      // Once more, after it was closed: it is there, and the same file is not taken twice.
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await drop(page, cell, 'soak.log', { bytes: 5 * MIB });
      await dialog.getByText('Arrived whole').waitFor();
      await dialog.getByRole('button', { name: 'Submit evidence', exact: true }).click();
      await cell.getByText('Awaiting decision').waitFor();
      const { items } = await ada.api.get<Listed<{ title: string; linkCount: number; latest: { sha256: string } }>>('/evidence?q=soak');
      expect(items).toMatchObject([{ title: 'Soak test', linkCount: 1, latest: { sha256: createHash('sha256').update('x'.repeat(5 * MIB)).digest('hex') } }]);
      // The broken line is what this test is about.
      expect(ada.complaints.splice(0).filter((complaint) => !complaint.includes('ERR_CONNECTION_RESET'))).toEqual([]);
      await ada.leave();
    });

    it('asks for an exception that somebody else decides, and says why not oneself', async () => {
      const page = await ada.page('/workloads/SUPPORT-BOT/evidence?criterion=psf-1.1%2FPSF-7.2');
      await page.getByRole('button', { name: 'Request an exception' }).click();
      const dialog = page.getByRole('dialog', { name: 'Request an exception' });
      await dialog.getByRole('button', { name: 'Request the exception' }).click();
      await dialog.getByText('Say why.').waitFor();
      await dialog.getByLabel('Why it cannot be met now').fill('The vault arrives in spring');
      await page.reload();
      await page.getByRole('button', { name: 'Request an exception' }).click();
      expect(await dialog.getByLabel('Why it cannot be met now').inputValue()).toBe('The vault arrives in spring');
      await dialog.getByLabel('What lowers the risk meanwhile').fill('Keys are rotated weekly');
      await dialog.getByLabel('Ends on').fill('2031-01-31');
      await dialog.getByRole('button', { name: 'Request the exception' }).click();
      const own = page.getByRole('button', { name: 'Approve' });
      await own.waitFor();
      expect(await own.getAttribute('aria-disabled')).toBe('true');
      await own.hover();
      await page.getByText('You asked for it; somebody else has to decide.').waitFor();

      const theirs = await grace.page('/workloads/SUPPORT-BOT/evidence?criterion=psf-1.1%2FPSF-7.2');
      await theirs.getByRole('button', { name: 'Approve' }).click();
      await theirs.getByRole('dialog').getByRole('button', { name: 'Approve it' }).click();
      await theirs.getByRole('region', { name: /^PSF-7\.2/ }).getByText('Waived by an approved exception').waitFor();
      await theirs.evaluate(() => { scrollTo(0, 0); }); // otherwise the bar of the page covers half of a link
      await theirs.locator('.mantine-Notification-root').getByRole('button', { name: 'Close' }).click(); // it covers what is below it for a while
      await theirs.locator('.mantine-Notification-root').waitFor({ state: 'detached' });
      await expectAccessible(theirs, 'exceptions');

      // Two decide at once: both decisions are shown, and the first one stands.
      const { id } = await ada.api.must<{ id: string }>(201, 'POST', '/exceptions', { workload: 'SUPPORT-BOT', criterion: 'psf-1.1/PSF-7.1', reason: 'Later', compensatingControl: 'Watched', expiresAt: '2031-01-01T00:00:00Z' });
      const alan = await ada.invite('admin', 'Alan Mathison');
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
      await grace.api.must(201, 'POST', '/exceptions', { workload: 'SUPPORT-BOT', criterion: 'psf-1.1/PSF-7.3', reason: 'Theirs', compensatingControl: 'Theirs too', expiresAt: '2031-01-01T00:00:00Z' });
      await dialog.getByRole('button', { name: 'Request the exception' }).click();
      const asked = page.getByRole('dialog', { name: 'Somebody else has asked for the same' });
      await asked.getByRole('row', { name: /Why it cannot be met now Theirs Mine/ }).waitFor();
      await asked.getByRole('button', { name: 'Drop mine, theirs is enough' }).click();
      await page.getByText('asked by Grace Hopper').waitFor();
      await ada.leave();
      await grace.leave();
    });

    it('shows other editions, and what was there at another time', async () => {
      const page = await ada.page('/workloads/SUPPORT-BOT/evidence');
      await page.getByRole('grid').waitFor();
      await choose(page, 'Edition', /Eight production readiness criteria/);
      await page.waitForFunction(() => location.search.includes('edition=psf-definition-2026-04'));
      await page.getByRole('rowheader', { name: /PSF-03/ }).waitFor();
      const before = await ada.page('/workloads/SUPPORT-BOT/evidence?asOf=2020-01-01T00:00:00Z');
      await before.getByText('This workload was not known then').waitFor();
      await ada.leave();
    });
  });

  describe('the kill-switch timer', () => {
    /** The machine of the page shows another time than the service, and answers do not correct it. */
    const wrongClock = async (page: Page, at: number): Promise<void> => {
      await page.clock.install({ time: at });
      await page.route(/\/api\/v1\/(?!.*events)/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), date: '' } });
      });
    };

    it('is started and stopped by keyboard, says the minutes, survives a reload, and records what it measured', async () => {
      const page = await ada.page();
      await wrongClock(page, Date.now() - 30 * MINUTE);
      await page.goto(`${new URL(page.url()).origin}/workloads/SUPPORT-BOT/incidents`);
      const timer = page.getByRole('timer');
      await timer.getByText('00:00').waitFor();
      await expectAccessible(page, 'drills');
      await page.getByRole('button', { name: /^Start/ }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: /^Stop/ }).waitFor();
      await page.clock.fastForward(MINUTE + 1_000);
      await page.getByText('1 minute has passed').waitFor({ state: 'attached' });
      await page.reload();
      await timer.getByText(/^01:\d\d$/).waitFor();
      await page.clock.fastForward(MINUTE);
      await timer.getByText(/^0[23]:\d\d$/).waitFor();
      await expectAccessible(page, 'running timer');
      await page.getByRole('button', { name: /^Stop/ }).focus();
      await page.keyboard.press('Enter');
      await timer.getByText('within the limit of').waitFor();
      await page.getByLabel('How it was done').fill('Feature flag off, traffic checked');
      await page.getByRole('combobox', { name: 'Who took part' }).fill('Grace Hopper');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Record the drill' }).click();
      await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Feature flag off').waitFor();
      await timer.getByText('00:00').waitFor();
      const { items: [drill] } = await ada.api.get<Listed<Drill>>('/workloads/SUPPORT-BOT/drills');
      expect(drill).toMatchObject({ kind: 'kill_switch', result: 'passed', withinLimit: true, participants: ['Grace Hopper'] });
      expect(drill?.durationSeconds).toBeGreaterThan(120);
      expect(drill?.durationSeconds).toBeLessThanOrEqual(300);
      await ada.leave();
    });

    it('says when the limit has passed, and proposes that the drill failed', async () => {
      const page = await ada.page();
      await wrongClock(page, Date.now() - 30 * MINUTE);
      await page.goto(`${new URL(page.url()).origin}/workloads/SALES-BOT/incidents`);
      await page.getByRole('button', { name: /^Start/ }).click();
      await page.clock.fastForward(5 * MINUTE + 2_000);
      await page.getByText('The limit of 5 mins has passed').waitFor({ state: 'attached' });
      await page.getByRole('button', { name: /^Stop/ }).click();
      await page.getByText('It took longer than the limit.').waitFor();
      expect(await page.getByRole('combobox', { name: 'Result' }).inputValue()).toBe('Failed');
      await expectAccessible(page, 'over the limit');
      await page.getByRole('button', { name: 'Discard and start anew' }).click();
      await page.getByRole('timer').getByText('00:00').waitFor();
      await ada.leave();
    });

    it('goes by the time of the service, not by the machine', async () => {
      const page = await ada.page();
      await page.clock.install({ time: Date.now() + 60 * MINUTE });
      await page.goto(`${new URL(page.url()).origin}/workloads/SALES-BOT/incidents`);
      await page.getByRole('button', { name: /^Start/ }).click();
      await page.getByRole('timer').getByText('00:01').waitFor();
      await page.getByRole('button', { name: /^Stop/ }).click();
      await page.getByLabel('How it was done').fill('Pulled the plug');
      await page.getByRole('button', { name: 'Record the drill' }).click();
      await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Pulled the plug').waitFor();
      const { items: [drill] } = await ada.api.get<Listed<Drill>>('/workloads/SALES-BOT/drills');
      expect(Math.abs(Date.parse(drill?.endedAt ?? '') - Date.now())).toBeLessThan(MINUTE);
      await ada.leave();
    });

    it('is not needed for other kinds, which have a form', async () => {
      const page = await ada.page('/workloads/SUPPORT-BOT/incidents');
      await page.getByRole('button', { name: 'Rollback' }).click();
      const dialog = page.getByRole('dialog', { name: 'Record a drill: Rollback' });
      await dialog.getByLabel('Started').fill('2026-05-04T10:00:00');
      await dialog.getByLabel('Over').fill('2026-05-04T10:12:00');
      await dialog.getByLabel('How it was done').fill('Redeployed the release before');
      await expectAccessible(page, 'drill form');
      await dialog.getByRole('button', { name: 'Record the drill' }).click();
      await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Redeployed').waitFor();
      const { items } = await ada.api.get<Listed<Drill>>('/workloads/SUPPORT-BOT/drills?filter[kind]=rollback');
      expect(items[0]?.startedAt).toBe('2026-05-04T08:00:00.000Z');
      await ada.leave();
    });
  });

  it('owners are asked, answer for themselves, are relieved, and are missed when they leave', async () => {
    const page = await ada.page('/workloads/SUPPORT-BOT/owners');
    const onCall = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'On call' }) });
    await onCall.getByText('Nobody answers for this').waitFor();
    await expectAccessible(page, 'owners');
    const leaver = await ada.invite('contributor', 'Alan Turing');
    await onCall.getByRole('button', { name: 'Propose an owner' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Member' }).fill('Alan');
    await page.getByRole('option', { name: /Alan Turing/ }).click();
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await onCall.getByText('Asked', { exact: true }).waitFor();
    expect(await onCall.getByRole('button', { name: 'Accept' }).count()).toBe(0);

    const theirs = await leaver.page('/workloads/SUPPORT-BOT/owners');
    await theirs.getByRole('button', { name: 'Accept' }).click();
    await theirs.getByRole('button', { name: 'Re-affirm' }).waitFor();
    await theirs.getByRole('button', { name: 'Propose a successor' }).first().hover();
    await theirs.getByText(/Needs the permission inventory:owner:assign/).waitFor();
    await leaver.leave();

    const domain = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'PSF-3 Data Protection' }) });
    await domain.getByRole('button', { name: 'Add a deputy' }).click();
    await page.getByText('Somebody else, by e-mail').click();
    await page.getByLabel('E-mail address').fill('newcomer@example.com');
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await domain.getByText('Invited, not joined yet').waitFor();
    await domain.getByRole('button', { name: 'End the deputy' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await domain.getByText('Nobody answers for this').waitFor();

    // Grace is asked twice. She says why not on the page of the workload; at home she needs no reason, and says one too.
    const graceId = (await grace.api.get<{ member: { id: string } }>('/me')).member.id;
    for (const role of ['data_steward', 'engineering_lead']) await ada.api.must(200, 'PUT', `/workloads/SUPPORT-BOT/owners/${role}`, { memberId: graceId });
    const hers = await grace.page('/workloads/SUPPORT-BOT/owners');
    const steward = hers.getByRole('article').filter({ has: hers.getByRole('heading', { name: 'Data steward' }) });
    await steward.getByRole('button', { name: 'Decline' }).click();
    const why = hers.getByRole('dialog', { name: 'Decline to answer for SUPPORT-BOT' });
    await why.getByText('Data steward').waitFor();
    await why.getByLabel('Why not?').fill('The data is not mine.');
    await expectAccessible(hers, 'declining an ownership');
    await why.getByRole('button', { name: 'Cancel' }).click();
    await why.waitFor({ state: 'detached' });
    await steward.getByText('Asked', { exact: true }).waitFor();
    await steward.getByRole('button', { name: 'Decline' }).click();
    await why.getByRole('button', { name: 'Decline', exact: true }).click();
    const before = hers.getByRole('table');
    await before.getByRole('row', { name: /Grace Hopper Data steward Declined .* The data is not mine\.$/ }).waitFor();
    await hers.goto(new URL('/', hers.url()).href);
    await hers.getByRole('button', { name: 'Decline for SUPPORT-BOT: Engineering lead' }).click();
    await why.getByLabel('Why not?').fill('I left the team.');
    await why.getByRole('button', { name: 'Decline', exact: true }).click();
    await hers.getByText('Declined. Whoever proposed you is told.').waitFor();
    await hers.getByRole('button', { name: 'Decline for SUPPORT-BOT: Engineering lead' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('row', { name: /Grace Hopper Engineering lead Declined .* I left the team\.$/ }).waitFor();
    await grace.leave();

    const { items } = await ada.api.get<Listed<{ id: string; name: string }>>('/members?q=Turing');
    await ada.api.must(204, 'DELETE', `/members/${items[0]?.id}`, undefined, { 'if-match': '*' });
    await page.reload();
    await onCall.getByText('Orphaned').waitFor();
    await onCall.getByText('find a successor').waitFor();
    await expectAccessible(page, 'orphaned owner');
    await ada.leave();
  });

  it('components are shared, relations are drawn, and a colleague in between is not overwritten', async () => {
    await ada.api.must(200, 'PUT', '/workloads/SALES-BOT/components', { components: [{ type: 'model', provider: 'Acme', name: 'acme-large', version: '2026-04', lockIn: 'high' }] });
    const page = await ada.page('/workloads/SUPPORT-BOT/components');
    await page.getByText('No component is declared').waitFor();
    await page.getByRole('button', { name: 'Declare a component' }).click();
    const dialog = page.getByRole('dialog', { name: 'Declare a component' });
    await dialog.getByLabel('Provider').fill('Acme');
    await dialog.getByLabel('Name').fill('acme-large');
    await dialog.getByLabel('Pinned version').fill('2026-04');
    await expectAccessible(page, 'declare a component');
    await dialog.getByRole('button', { name: 'Declare it' }).click();
    const table = page.getByRole('region', { name: 'Components of this workload' });
    await table.getByRole('link', { name: '1 other workload' }).waitFor();

    await page.getByRole('link', { name: /Support assistant shares a component with Sales assistant/ }).waitFor();
    await page.getByRole('button', { name: 'Relate a workload' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Which workload' }).fill('sales');
    await page.getByRole('option', { name: /SALES-BOT/ }).click();
    await page.getByRole('button', { name: 'Relate', exact: true }).click();
    await page.getByRole('link', { name: /Support assistant calls, shares a component with Sales assistant|Support assistant calls Sales assistant/ }).waitFor();
    await expectAccessible(page, 'components and relations');

    await ada.api.must(200, 'PATCH', '/workloads/SUPPORT-BOT', { description: 'Changed by somebody else' }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Grant a tool' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Tool' }).fill('refund');
    await page.getByRole('button', { name: 'Grant it' }).click();
    // A change of something else is no conflict: the grant is made on top of it.
    await page.getByRole('region', { name: 'Tool grants of this workload' }).getByText('refund').waitFor();
    expect(await page.getByText(/You read version/).count()).toBe(0);

    // The same component in between: what only one changed stays, what both changed is chosen, field by field.
    const component = { type: 'model', provider: 'Acme', name: 'acme-large', version: '2026-04' };
    const declared = async (): Promise<unknown> => (await ada.api.get<Listed<unknown>>('/workloads/SUPPORT-BOT/components')).items;
    const save = (components: unknown[]): Promise<unknown> => ada.api.must(200, 'PUT', '/workloads/SUPPORT-BOT/components', { components }, { 'if-match': '*' });
    const edit = page.getByRole('dialog', { name: 'Change a component' });
    await page.getByRole('button', { name: 'Change acme-large' }).click();
    await edit.getByLabel('Pinned version').fill('2026-06');
    await edit.getByLabel('What this workload uses it for').fill('Answers');
    await save([{ ...component, version: '2026-05', hosting: 'eu-west' }, { type: 'dataset', name: 'tickets' }]);
    await edit.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
    await conflict.getByRole('row', { name: /Pinned version 2026-04.*2026-05.*2026-06/ }).waitFor();
    expect(await conflict.getByRole('rowheader').count()).toBe(1);
    await expectAccessible(page, 'both versions of a component');
    await conflict.getByRole('radio', { name: 'Keep yours: Pinned version' }).check();
    await conflict.getByRole('button', { name: 'Save what I chose' }).click();
    await table.getByText('2026-06').waitFor();
    expect(await declared()).toMatchObject([{ name: 'tickets' }, { name: 'acme-large', version: '2026-06', hosting: 'eu-west', usage: 'Answers' }]);

    // Changed by one, taken away by the other: the whole of it is shown.
    await page.getByRole('button', { name: 'Change acme-large' }).click();
    await edit.getByLabel('Pinned version').fill('2026-07');
    await save([{ type: 'dataset', name: 'tickets' }]);
    await edit.getByRole('button', { name: 'Save' }).click();
    await conflict.getByText('Somebody else took it away while you were changing it.', { exact: false }).waitFor();
    await expectAccessible(page, 'a component that was taken away');
    await conflict.getByRole('button', { name: 'Drop my change' }).click();
    await table.getByText('acme-large').waitFor({ state: 'detached' });
    expect(await declared()).toMatchObject([{ name: 'tickets' }]);
    await ada.leave();
  });

  it('history tells what changed field by field, and leads to the past, where nothing can be changed', async () => {
    await ada.api.must(200, 'PATCH', '/workloads/SALES-BOT', { purpose: 'Sells more', handlesPii: 'yes' }, { 'if-match': '*' });
    const page = await ada.page('/workloads/SALES-BOT/history');
    const row = page.getByRole('row', { name: /Purpose.*Answers customers.*Sells more/ });
    await row.waitFor();
    expect([await row.locator('del').innerText(), await row.locator('ins').innerText()]).toEqual(['Answers customers', 'Sells more']);
    await expectAccessible(page, 'history');
    await page.getByRole('article').last().getByRole('button', { name: 'Look at this moment' }).click();
    await page.getByText(/later changes were not known then/).waitFor();
    expect(await page.getByRole('row', { name: /Sells more/ }).count()).toBe(0);
    await page.getByRole('navigation', { name: 'Parts of this workload' }).getByRole('link', { name: 'Components' }).click();
    const declare = page.getByRole('button', { name: 'Declare a component' });
    await declare.waitFor();
    expect(await declare.getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(page, 'components of the past');
    await ada.leave();
  });

  it('trail entries prove themselves in the browser, and a forged one does not', async () => {
    const page = await ada.page('/workloads/SALES-BOT/trail');
    const entry = page.getByRole('button', { name: /inventory\.workload\.registered/ });
    await entry.getByText(/^#\d+$/).waitFor();
    await entry.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Proven in this browser').waitFor();
    expect(await page.getByRole('region', { name: 'Proof' }).getByText('passed').count()).toBe(6);
    await page.getByText('Signed checkpoint').waitFor();
    await expectAccessible(page, 'trail');

    await page.route('**/proof', async (route) => {
      const response = await route.fetch();
      const proof = await response.json() as { entry: string };
      await route.fulfill({ response, json: { ...proof, entry: proof.entry.replace('registered', 'withdrawn0') } });
    });
    await page.reload();
    await entry.click();
    await page.getByText('The proof does not hold').waitFor();
    expect(await page.getByRole('region', { name: 'Proof' }).getByText('failed').count()).toBeGreaterThanOrEqual(2);
    await ada.leave();
  });

  it('a review is asked for out of cycle, once', async () => {
    const page = await ada.page('/workloads/QUIET-BOT/reviews');
    await page.getByRole('button', { name: 'Ask for a review now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for a review out of cycle' });
    await dialog.getByLabel('Why now').fill('The vendor changed its terms');
    await expectAccessible(page, 'ask for a review');
    await dialog.getByRole('button', { name: 'Ask for the review' }).click();
    await page.getByRole('grid', { name: 'Reviews of this workload' }).getByText('The vendor changed its terms').waitFor();
    expect(await page.getByRole('button', { name: 'Ask for a review now' }).getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(page, 'reviews');
    await ada.leave();
  });
});
