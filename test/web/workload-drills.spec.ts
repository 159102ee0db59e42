import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { usingBots, type Listed } from './bots.js';
import { eventually } from './eventually.js';

const MINUTE = 60_000;

interface Drill { kind: string; startedAt: string; endedAt: string; durationSeconds: number; withinLimit: boolean; result: string; participants: string[] }

describe('the kill-switch timer', () => {
  const here = usingBots();

  /** The machine of the page shows another time than the service, and answers do not correct it. */
  const wrongClock = async (page: Page, at: number): Promise<void> => {
    await page.clock.install({ time: at });
    await page.route(/\/api\/v1\/(?!.*events)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), date: '' } });
    });
  };

  it('is started and stopped by keyboard, says the minutes, survives a reload, and records what it measured', async () => {
    const page = await here.ada.page();
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
    const { items: [drill] } = await here.ada.api.get<Listed<Drill>>('/workloads/SUPPORT-BOT/drills');
    expect(drill).toMatchObject({ kind: 'kill_switch', result: 'passed', withinLimit: true, participants: ['Grace Hopper'] });
    expect(drill?.durationSeconds).toBeGreaterThan(120);
    expect(drill?.durationSeconds).toBeLessThanOrEqual(300);
    await here.ada.leave();
  });

  it('says when the limit has passed, and proposes that the drill failed', async () => {
    const page = await here.ada.page();
    await wrongClock(page, Date.now() - 30 * MINUTE);
    await page.goto(`${new URL(page.url()).origin}/workloads/SALES-BOT/incidents`);
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.clock.fastForward(5 * MINUTE + 2_000);
    await page.getByText('The limit of 5 mins has passed').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByText('It took longer than the limit.').waitFor();
    await eventually(async () => { expect(await page.getByRole('combobox', { name: 'Result' }).inputValue()).toBe('Failed'); });
    await expectAccessible(page, 'over the limit');
    await page.getByRole('button', { name: 'Discard and start anew' }).click();
    await page.getByRole('timer').getByText('00:00').waitFor();
    await here.ada.leave();
  });

  it('goes by the time of the service, not by the machine', async () => {
    const page = await here.ada.page();
    await page.clock.install({ time: Date.now() + 60 * MINUTE });
    await page.goto(`${new URL(page.url()).origin}/workloads/SALES-BOT/incidents`);
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.getByRole('timer').getByText(/^00:(?!00)\d\d$/).waitFor();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByLabel('How it was done').fill('Pulled the plug');
    await page.getByRole('button', { name: 'Record the drill' }).click();
    await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Pulled the plug').waitFor();
    const { items: [drill] } = await here.ada.api.get<Listed<Drill>>('/workloads/SALES-BOT/drills');
    expect(Math.abs(Date.parse(drill?.endedAt ?? '') - Date.now())).toBeLessThan(MINUTE);
    await here.ada.leave();
  });

  it('is not needed for other kinds, which have a form', async () => {
    const page = await here.ada.page('/workloads/SUPPORT-BOT/incidents');
    await page.getByRole('button', { name: 'Rollback' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record a drill: Rollback' });
    await dialog.getByLabel('Started').fill('2026-05-04T10:00:00');
    await dialog.getByLabel('Over').fill('2026-05-04T10:12:00');
    await dialog.getByLabel('How it was done').fill('Redeployed the release before');
    await expectAccessible(page, 'drill form');
    await dialog.getByRole('button', { name: 'Record the drill' }).click();
    await page.getByRole('grid', { name: 'Drills of this workload' }).getByText('Redeployed').waitFor();
    const { items } = await here.ada.api.get<Listed<Drill>>('/workloads/SUPPORT-BOT/drills?filter[kind]=rollback');
    expect(items[0]?.startedAt).toBe('2026-05-04T08:00:00.000Z');
    await here.ada.leave();
  });
});
