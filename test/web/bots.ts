import { beforeAll } from '@jest/globals';
import { colleagues, type Colleagues } from './colleagues.js';

/** A page of a list of the API. */
export interface Listed<Item> { items: Item[] }

/**
 * Two admins and three workloads for the suite it is called in: SUPPORT-BOT and SALES-BOT, which work on real data and execute tools, and
 * QUIET-BOT, which does neither. SUPPORT-BOT has a risk owner who has accepted: Ada.
 */
export function usingBots(): Colleagues {
  const here = colleagues('admin');
  beforeAll(async () => {
    const register = (key: string, name: string, facts = { processesRealData: 'yes', executesTools: 'yes' }) =>
      here.ada.api.must(201, 'POST', '/workloads', { key, name, kind: 'agent', purpose: 'Answers customers', team: 'Support', riskOwner: here.ada.email, riskTier: 'medium', riskTierRationale: 'Agreed', ...facts });
    await register('SUPPORT-BOT', 'Support assistant');
    await register('SALES-BOT', 'Sales assistant');
    await register('QUIET-BOT', 'Archive search', { processesRealData: 'no', executesTools: 'no' });
    await here.ada.api.must(200, 'POST', '/workloads/SUPPORT-BOT/owners/risk_owner/accept', {});
  }, 60_000);
  return here;
}
