import { afterEach, beforeAll } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

export interface Workload { readonly key: string; readonly name: string; readonly team: string | null; readonly riskTier: string | null; readonly version: number }

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Workloads' });
export const rows = (page: Page): Locator => grid(page).locator('[data-row]');
/** The last of the six workloads: once it is there, the inventory is shown whole. */
export const lastRow = (page: Page): Locator => rows(page).nth(5);
export const cell = (page: Page, row: string, text: string | RegExp): Locator => rows(page).filter({ hasText: row }).getByRole('gridcell').filter({ hasText: text }).first();
export const keys = async (page: Page): Promise<string[]> => (await grid(page).getByRole('rowheader').allInnerTexts()).map((text) => text.trim());
export const foot = (page: Page, text: string | RegExp): Locator => page.getByText(text).first();
/** The cell that has the focus: its row's key and its own text. */
export const focused = (page: Page): Promise<{ row: string; text: string; role: string | null }> => page.evaluate(() => {
  const cellElement = document.activeElement;
  return { row: cellElement?.parentElement?.querySelector('[role="rowheader"]')?.textContent ?? '', text: cellElement?.textContent ?? '', role: cellElement?.getAttribute('role') ?? null };
});

/** A page which says what it waits for before the test as a whole runs out of time. */
export async function visit(person: WebPerson, path: string): Promise<Page> {
  const page = await person.page(path);
  page.setDefaultTimeout(20_000);
  return page;
}

/** The whole inventory in the order of its keys, once it is shown. */
export async function visitInventory(person: WebPerson): Promise<Page> {
  const page = await visit(person, '/inventory?sort=key');
  await lastRow(page).waitFor();
  return page;
}

/** An organization with six workloads of different teams, kinds and tiers; there while the tests of a suite run. */
export interface Inventory {
  readonly browser: Browser;
  /** Signed up: an admin. */
  readonly ada: WebPerson;
  readonly register: (name: string, more?: object) => Promise<Workload>;
  /** One workload as the API tells it now. */
  readonly read: (key: string) => Promise<Workload>;
}

/** Prepares an inventory for the suite it is called in. After each test Ada's pages are closed, and whatever a page complained about fails it. */
export function usingInventory(): Inventory {
  const browser = usingBrowser();
  let signedUp: WebPerson | null = null;
  const ada = (): WebPerson => {
    if (signedUp === null) throw new Error('The inventory is there once the tests of the suite run');
    return signedUp;
  };
  const register: Inventory['register'] = (name, more = {}) =>
    ada().api.must(201, 'POST', '/workloads', { name, kind: 'agent', purpose: `${name} helps`, team: 'Claims', riskOwner: ada().email, processesRealData: 'unknown', ...more });
  beforeAll(async () => {
    signedUp = await WebPerson.signUp(browser());
    await register('Claims triage', { riskTier: 'high', handlesPii: 'yes' });
    await register('Fraud scoring', { riskTier: 'critical', kind: 'classical_ml', team: 'Fraud' });
    await register('Invoice reader', { riskTier: 'low', kind: 'vision', team: 'Finance' });
    await register('Letter writer', { riskTier: 'low', team: 'Claims' });
    await register('Support bot', { executesTools: 'yes', team: 'Support' });
    await register('Tariff finder', { team: 'Sales' });
  }, 60_000);
  afterEach(async () => { await ada().leave(); });
  return { get browser() { return browser(); }, get ada() { return ada(); }, register, read: (key) => ada().api.get(`/workloads/${key}`) };
}
