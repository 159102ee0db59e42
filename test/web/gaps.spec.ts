import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '@roster/testing';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

/** Every kind of gap has its act: a dialog in place, or the page where it is done with its form open. */
describe('gaps of all workloads', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let auditor: WebPerson;
  const workload = async (key: string, more: object): Promise<void> => {
    await ada.api.must(201, 'POST', '/workloads', { key, name: `The ${key}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: ada.email, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier: 'low', riskTierRationale: 'Small', ...more });
    await ada.api.must(201, 'POST', `/workloads/${key}/classification`);
  };
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    auditor = await ada.invite('auditor');
    await workload('ACT-ON', { processesRealData: 'unknown', riskTier: undefined, riskTierRationale: undefined });
    await workload('DRILLED', { riskTier: 'high' });
  }, 60_000);

  const gaps = async (kind: string, workloadKey: string): Promise<{ page: Page; main: Locator }> => {
    const page = await ada.page(`/gaps?filter[kind]=${kind}&filter[workload]=${workloadKey}`);
    await page.getByRole('link', { name: new RegExp(`^${workloadKey}`) }).waitFor();
    return { page, main: page.getByRole('main') };
  };

  it('states a fact and sets a risk tier in place', async () => {
    const { page, main } = await gaps('state_fact', 'ACT-ON');
    await main.getByRole('button', { name: 'State fact' }).first().click();
    const fact = page.getByRole('dialog', { name: 'Processes real user or customer data on request' });
    await focusInside(fact);
    await fact.getByText('Yes', { exact: true }).click();
    await fact.getByRole('button', { name: 'Declare' }).click();
    await fact.waitFor({ state: 'detached' });
    const tier = await gaps('set_risk_tier', 'ACT-ON');
    await tier.main.getByRole('button', { name: 'Set risk tier' }).first().click();
    const dialog = tier.page.getByRole('dialog', { name: 'Risk tier of ACT-ON' });
    await focusInside(dialog);
    await dialog.getByRole('radio', { name: 'Low' }).check();
    await dialog.getByRole('textbox', { name: 'Why this tier' }).fill('Small');
    await dialog.getByRole('button', { name: /^(Save|Set)/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await tier.page.getByText('No gap of this kind').waitFor();
    await ada.leave();
  }, 60_000);

  it('tells who may not why, instead of opening a dialog', async () => {
    const page = await auditor.page('/gaps?filter[kind]=assign_owner&filter[workload]=DRILLED');
    const button = page.getByRole('button', { name: 'Assign owner' }).first();
    await button.hover();
    await page.getByText(/Needs the permission inventory:owner:assign/).waitFor();
    await button.click({ force: true });
    await eventually(async () => { expect(await page.getByRole('dialog').count()).toBe(0); });
    await auditor.leave();
  }, 60_000);

  it('assigns an owner in place, and the gap goes away', async () => {
    const { page, main } = await gaps('assign_owner', 'DRILLED');
    await main.getByText(/somebody who has accepted to be On-call owner/).waitFor();
    const buttons = main.getByRole('button', { name: 'Assign owner' });
    const before = await buttons.count();
    await main.getByRole('listitem').filter({ hasText: /^Missing: somebody who has accepted to be On-call owner/ }).getByRole('button', { name: 'Assign owner' }).click();
    const dialog = page.getByRole('dialog', { name: 'Assign owner: On-call owner' });
    await focusInside(dialog);
    await dialog.getByRole('combobox', { name: 'Member' }).click();
    await page.getByRole('option', { name: /Ada Lovelace/ }).click();
    await expectAccessible(page, 'assign an owner on the page of gaps');
    await dialog.getByRole('button', { name: 'Take the role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await main.getByText(/somebody who has accepted to be On-call owner/).waitFor({ state: 'detached' });
    await waitFor(async () => (await buttons.count()) < before, { timeout: 30_000, what: 'one task less' });
    expect(new URL(page.url()).pathname).toBe('/gaps');
  }, 60_000);

  it('leads to evidence and drills with their forms open and filled', async () => {
    const { page, main } = await gaps('submit_evidence', 'DRILLED');
    await main.getByRole('link', { name: 'Attach evidence' }).first().click();
    await page.waitForURL((url) => url.pathname === '/evidence/new' && url.searchParams.get('workload') === 'DRILLED' && url.searchParams.has('criterion'));
    await page.getByText('DRILLED').first().waitFor();
    const drill = await gaps('record_drill', 'DRILLED');
    await drill.main.getByRole('link', { name: 'Record a drill' }).first().click();
    await drill.page.waitForURL((url) => url.pathname === '/workloads/DRILLED/incidents' && url.searchParams.get('drill') === 'kill_switch');
    await drill.page.getByRole('button', { name: /Start/ }).first().waitFor();
    await ada.leave();
  }, 60_000);

  it('leads to the decision, once evidence waits for one', async () => {
    const { items: [gap] } = await ada.api.get<{ items: { gaps: { requirement: string | null }[] }[] }>('/home/gaps?filter[workload]=DRILLED&filter[kind]=submit_evidence');
    const requirement = gap?.gaps.map((one) => one.requirement).find((key) => key !== null) ?? '';
    const { id } = await ada.api.must<{ id: string }>(201, 'POST', '/evidence', { kind: 'link', title: 'Runbook', url: 'https://example.test/runbook' });
    await ada.api.must(201, 'POST', `/evidence/${id}/links`, { links: [{ workload: 'DRILLED', criterion: requirement }] });
    await ada.api.must(201, 'POST', '/workloads/DRILLED/classification');
    const { page, main } = await gaps('decide_evidence', 'DRILLED');
    await main.getByRole('link', { name: 'Decide evidence' }).first().click();
    await page.waitForURL((url) => url.pathname === '/evidence/queue' && url.searchParams.get('workload') === 'DRILLED');
    await ada.leave();
  }, 60_000);

  it('leads to declaring a component and into the review, which only the way to Scaled asks for', async () => {
    // Scaled is beyond Production, and the workloads of this page are before it: the service is made to ask for it here.
    const scaled = async (kind: string): Promise<Page> => {
      const page = await ada.page('/');
      await page.route('**/api/v1/home/gaps**', async (route) => {
        const { items, ...rest } = await (await route.fetch()).json() as { items: { gaps: { action: object }[] }[] };
        await route.fulfill({ json: { ...rest, items: items.map((item) => ({ ...item, gaps: item.gaps.slice(0, 1).map((gap) => ({ ...gap, domain: null, requirement: null, requirements: [], action: { ...gap.action, kind, subject: null } })) })) } });
      });
      await page.goto(new URL('/gaps?filter[workload]=DRILLED', page.url()).href);
      return page;
    };
    const components = await scaled('link_workload');
    await components.getByRole('link', { name: 'Link components' }).click();
    await components.waitForURL((url) => url.pathname === '/workloads/DRILLED/components' && url.searchParams.get('act') === 'declare');
    const declare = components.getByRole('dialog', { name: 'Declare a component' });
    await focusInside(declare);
    await components.keyboard.press('Escape');
    await declare.waitFor({ state: 'detached' });
    await components.waitForURL((url) => !url.searchParams.has('act'));
    // Without an open review it is asked for; with one, that is where it leads.
    const none = await scaled('conduct_review');
    await none.getByRole('button', { name: 'Conduct review' }).click();
    await none.waitForURL((url) => url.pathname === '/workloads/DRILLED/reviews' && url.searchParams.get('act') === 'ask');
    await focusInside(none.getByRole('dialog'));
    const review = await ada.api.must<{ id: string }>(201, 'POST', '/reviews', { workload: 'DRILLED', reason: 'The vendor changed its terms' });
    const open = await scaled('conduct_review');
    await open.getByRole('button', { name: 'Conduct review' }).click();
    await open.waitForURL((url) => url.pathname === `/reviews/${review.id}`);
    await ada.leave();
  }, 60_000);
});
