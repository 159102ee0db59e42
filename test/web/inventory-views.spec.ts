import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { grid, keys, lastRow, rows, usingInventory, visit, type Workload } from './inventory-page.js';
import { WebPerson, webUrl } from './web-person.js';

describe('views of the inventory', () => {
  const here = usingInventory();

  it('keeps views: saved, shared with a colleague, changed with a dot, reset, deleted', async () => {
    const page = await visit(here.ada, '/inventory?filter[team]=Claims&sort=key&columns=key*,name-300,team&density=roomy');
    await rows(page).nth(1).waitFor();
    await eventually(async () => { expect(await grid(page).getByRole('columnheader').count()).toBe(4); });
    await page.getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Claims only');
    await page.getByRole('checkbox', { name: 'Share it with the organization' }).check();
    await page.getByRole('button', { name: 'Save view' }).click();
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('button', { name: /Claims only/ }).and(page.locator('[aria-current]')).waitFor();
    await page.waitForURL(/\/inventory\?view=[0-9a-f-]{36}$/);
    const colleague = await here.ada.invite('viewer');
    const theirs = await visit(colleague, new URL(page.url()).pathname + new URL(page.url()).search);
    await rows(theirs).nth(1).waitFor();
    await eventually(async () => { expect(await keys(theirs)).toEqual(['CLAIMS-TRIAGE', 'LETTER-WRITER']); });
    await eventually(async () => { expect(await grid(theirs).getByRole('columnheader').count()).toBe(4); });
    await colleague.leave();
    await grid(page).getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name', exact: true }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Reset' }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'detached' });
    await grid(page).getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'detached' });
    const saved = async () => (await here.ada.api.get<{ items: { name: string; sort: string; kind: string; query: string }[] }>('/saved-views')).items.find(({ name }) => name === 'Claims only');
    await eventually(async () => { expect(await saved()).toMatchObject({ sort: 'name', kind: 'shared', query: 'filter[team]=Claims' }); });
    await page.getByRole('button', { name: 'This view' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('Everybody in the organization loses this view.').waitFor();
    await page.getByRole('button', { name: 'Delete the view' }).click();
    await views.getByRole('button', { name: /Claims only/ }).waitFor({ state: 'detached' });
    await lastRow(page).waitFor();
  });

  it('renames a view, makes a shared one personal after asking, shares it again, and brings a deleted one back', async () => {
    const grace = await here.ada.invite('risk_owner', 'Grace Hopper');
    const vera = await here.ada.invite('viewer', 'Vera Rubin');
    await here.ada.api.must(201, 'POST', '/saved-views', { name: 'Claims desk', query: 'filter[team]=Claims', sort: 'key', shared: true });
    const seenBy = async (person: WebPerson): Promise<string[]> => (await person.api.get<{ items: { name: string; kind: string }[] }>('/saved-views')).items.filter(({ kind }) => kind !== 'built_in').map(({ name, kind }) => `${kind} ${name}`);
    const menu = async (page: Page): Promise<void> => {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: /Claims desk/ }).click();
      await page.getByRole('button', { name: 'This view' }).click();
    };
    const hers = await visit(vera, '/inventory');
    await menu(hers);
    await hers.getByRole('menuitem', { name: 'Make it personal' }).getByText('Needs the permission inventory:view:share').waitFor();
    await hers.getByRole('menuitem', { name: 'Delete' }).getByText('Needs the permission inventory:view:share').waitFor();
    await expectAccessible(hers, 'menu of a shared view without the permission');
    await vera.leave();
    const graces = await visit(grace, '/inventory');
    await menu(graces);
    await graces.getByRole('menuitem', { name: /Make it personal/ }).getByText(/^Only .+, who made it, can make it personal\.$/).waitFor();
    await grace.leave();

    const page = await visit(here.ada, '/inventory');
    await menu(page);
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Claims desk 2');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByText('The view is called Claims desk 2 now').waitFor();
    await menu(page);
    await page.getByRole('menuitem', { name: 'Make it personal' }).click();
    await page.getByRole('dialog').getByText('Everybody else loses this view').waitFor();
    await expectAccessible(page, 'making a view personal');
    await page.getByRole('dialog').getByRole('button', { name: 'Make it personal' }).click();
    await page.getByText('Claims desk 2 is yours alone now').waitFor();
    await eventually(async () => { expect([await seenBy(here.ada), await seenBy(vera)]).toEqual([['personal Claims desk 2'], []]); });
    await menu(page);
    await page.getByRole('menuitem', { name: 'Share with the organization' }).click();
    await page.getByText('Everybody in the organization sees Claims desk 2 now').waitFor();
    await eventually(async () => { expect(await seenBy(vera)).toEqual(['shared Claims desk 2']); });
    await menu(page);
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the view' }).click();
    await page.getByText('View Claims desk 2 deleted').waitFor();
    await eventually(async () => { expect(await seenBy(here.ada)).toEqual([]); });
    await page.getByRole('alert').filter({ hasText: 'View Claims desk 2 deleted' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('View Claims desk 2 is back').waitFor();
    await eventually(async () => { expect([await seenBy(here.ada), await seenBy(vera)]).toEqual([['shared Claims desk 2'], ['shared Claims desk 2']]); });
    await rows(page).nth(1).waitFor();
    await eventually(async () => { expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'LETTER-WRITER']); });
  });

  it('shows in each built-in view the rows that the API gives for it', async () => {
    const { items: views } = await here.ada.api.get<{ items: { id: string; name: string; query: string; sort: string; owner: unknown }[] }>('/saved-views');
    const builtIn = views.filter(({ owner }) => owner === null);
    expect(builtIn.length).toBe(7);
    const page = await visit(here.ada, '/inventory');
    let filled = 0;
    for (const view of builtIn) {
      const { items } = await here.ada.api.get<{ items: Workload[] }>(`/workloads?${view.query}${view.query === '' ? '' : '&'}sort=${view.sort}`);
      filled += items.length > 0 ? 1 : 0;
      await page.goto(`${webUrl()}/inventory?view=${encodeURIComponent(view.id)}`);
      if (items.length === 0) await page.getByText('No workload matches').waitFor();
      else {
        await rows(page).nth(items.length - 1).waitFor();
        await eventually(async () => { expect([view.id, await keys(page)]).toEqual([view.id, items.map(({ key }) => key)]); });
      }
    }
    expect(filled).toBeGreaterThan(1);
  });
});
