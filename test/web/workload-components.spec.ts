import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { usingBots, type Listed } from './bots.js';
import { eventually } from './eventually.js';

describe('the components of a workload', () => {
  const here = usingBots();

  it('components are shared, relations are drawn, and a colleague in between is not overwritten', async () => {
    await here.ada.api.must(200, 'PUT', '/workloads/SALES-BOT/components', { components: [{ type: 'model', provider: 'Acme', name: 'acme-large', version: '2026-04', lockIn: 'high' }] });
    const page = await here.ada.page('/workloads/SUPPORT-BOT/components');
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

    await here.ada.api.must(200, 'PATCH', '/workloads/SUPPORT-BOT', { description: 'Changed by somebody else' }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Grant a tool' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Tool' }).fill('refund');
    await page.getByRole('button', { name: 'Grant it' }).click();
    // A change of something else is no conflict: the grant is made on top of it.
    await page.getByRole('region', { name: 'Tool grants of this workload' }).getByText('refund').waitFor();
    await eventually(async () => { expect(await page.getByText(/You read version/).count()).toBe(0); });

    // The same component in between: what only one changed stays, what both changed is chosen, field by field.
    const component = { type: 'model', provider: 'Acme', name: 'acme-large', version: '2026-04' };
    const declared = async (): Promise<unknown> => (await here.ada.api.get<Listed<unknown>>('/workloads/SUPPORT-BOT/components')).items;
    const save = (components: unknown[]): Promise<unknown> => here.ada.api.must(200, 'PUT', '/workloads/SUPPORT-BOT/components', { components }, { 'if-match': '*' });
    const edit = page.getByRole('dialog', { name: 'Change a component' });
    await page.getByRole('button', { name: 'Change acme-large' }).click();
    await edit.getByLabel('Pinned version').fill('2026-06');
    await edit.getByLabel('What this workload uses it for').fill('Answers');
    await save([{ ...component, version: '2026-05', hosting: 'eu-west' }, { type: 'dataset', name: 'tickets' }]);
    await edit.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
    await conflict.getByRole('row', { name: /Pinned version 2026-04.*2026-05.*2026-06/ }).waitFor();
    await eventually(async () => { expect(await conflict.getByRole('rowheader').count()).toBe(1); });
    await expectAccessible(page, 'both versions of a component');
    await conflict.getByRole('radio', { name: 'Keep yours: Pinned version' }).check();
    await conflict.getByRole('button', { name: 'Save what I chose' }).click();
    await table.getByText('2026-06').waitFor();
    await eventually(async () => { expect(await declared()).toMatchObject([{ name: 'tickets' }, { name: 'acme-large', version: '2026-06', hosting: 'eu-west', usage: 'Answers' }]); });

    // Changed by one, taken away by the other: the whole of it is shown.
    await page.getByRole('button', { name: 'Change acme-large' }).click();
    await edit.getByLabel('Pinned version').fill('2026-07');
    await save([{ type: 'dataset', name: 'tickets' }]);
    await edit.getByRole('button', { name: 'Save' }).click();
    await conflict.getByText('Somebody else took it away while you were changing it.', { exact: false }).waitFor();
    await expectAccessible(page, 'a component that was taken away');
    await conflict.getByRole('button', { name: 'Drop my change' }).click();
    await table.getByText('acme-large').waitFor({ state: 'detached' });
    await eventually(async () => { expect(await declared()).toMatchObject([{ name: 'tickets' }]); });
    await here.ada.leave();
  });
});
