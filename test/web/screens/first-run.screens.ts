import type { Person } from '../../e2e/person.js';
import type { Screen } from '../screen.js';

const ROWS = 'Name,Team,Risk tier,Handles PII,Owner email\nSupport bot,Support,hihg,yes,ada@northwind.example\nQuiz writer,Marketing,low,no,not an address\nPrice labels,Logistics,low,no,\n';

/** An import of the demo organization that stays a dry run: nothing of it is written. */
async function checked(api: Person): Promise<string> {
  const form = new FormData();
  form.append('options', JSON.stringify({ dryRun: true, mapping: { 'Risk tier': 'riskTier', 'Owner email': 'riskOwner' } }));
  form.append('file', new Blob([ROWS], { type: 'text/csv' }), 'screen.csv');
  const { id } = await api.must<{ id: string }>(202, 'POST', '/workload-imports', form);
  await api.finished(`/workload-imports/${id}`);
  return `/inventory/imports/${id}`;
}

export const screens: readonly Screen[] = [
  { name: 'sign-up', path: '/sign-up', who: 'stranger', mirrored: true, ready: (page) => page.getByRole('button', { name: 'Create organization' }).waitFor() },
  { name: 'sign-in', path: '/sign-in', who: 'stranger', ready: (page) => page.getByRole('button', { name: 'Sign in' }).waitFor() },
  { name: 'invitation-gone', path: '/invitations/ri_gone', who: 'stranger', mask: ['[role=alert] code'], ready: (page) => page.getByRole('heading', { name: 'This invitation is not valid any more' }).waitFor() },
  { name: 'home-first-steps', path: '/', who: 'newcomer', ready: (page) => page.getByRole('heading', { name: 'First steps' }).waitFor() },
  { name: 'import-start', path: '/inventory/import', mirrored: true, ready: (page) => page.getByRole('button', { name: 'Choose a file' }).waitFor() },
  { name: 'import-checked', path: { route: '/inventory/imports/$id', find: checked }, mirrored: true, mask: ['time', '[data-volatile]'], ready: (page) => page.getByRole('heading', { name: 'Where each column goes' }).waitFor() },
  { name: 'imports', path: '/inventory/imports', mask: ['time'], pictures: false, ready: (page) => page.getByRole('grid', { name: 'Imports' }).getByRole('row').nth(1).waitFor() },
  { name: 'imports-empty', path: '/inventory/imports', who: 'newcomer', ready: (page) => page.getByText('Nothing was imported yet').waitFor() },
];
