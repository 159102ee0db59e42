import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { usingBots, type Listed } from './bots.js';
import { eventually } from './eventually.js';

describe('the owners of a workload', () => {
  const here = usingBots();

  it('owners are asked, answer for themselves, are relieved, and are missed when they leave', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/owners');
    const onCall = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'On call' }) });
    await onCall.getByText('Nobody answers for this').waitFor();
    await expectAccessible(page, 'owners');
    const leaver = await here.ada.invite('contributor', 'Alan Turing');
    await onCall.getByRole('button', { name: 'Propose an owner' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Member' }).fill('Alan');
    await page.getByRole('option', { name: /Alan Turing/ }).click();
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await onCall.getByText('Asked', { exact: true }).waitFor();
    await eventually(async () => { expect(await onCall.getByRole('button', { name: 'Accept' }).count()).toBe(0); });

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
    const graceId = (await here.grace.api.get<{ member: { id: string } }>('/me')).member.id;
    for (const role of ['data_steward', 'engineering_lead']) await here.ada.api.must(200, 'PUT', `/workloads/SUPPORT-BOT/owners/${role}`, { memberId: graceId });
    const hers = await here.grace.page('/workloads/SUPPORT-BOT/owners');
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
    await here.grace.leave();

    const { items } = await here.ada.api.get<Listed<{ id: string; name: string }>>('/members?q=Turing');
    await here.ada.api.must(204, 'DELETE', `/members/${items[0]?.id}`, undefined, { 'if-match': '*' });
    await page.reload();
    await onCall.getByText('Orphaned').waitFor();
    await onCall.getByText('find a successor').waitFor();
    await expectAccessible(page, 'orphaned owner');
    await here.ada.leave();
  });
});
