import { parseSearch } from '../shell/address.js';

const ROOMS: Readonly<Record<string, string>> = { workloads: '/inventory', reviews: '/reviews', actions: '/actions', evidence: '/evidence', packs: '/packs', 'home/gaps': '/gaps' };

/**
 * The page that shows a list of the API: lists of the pages take the same filters, so that a count leads to its rows.
 * @param rows path of the API, such as `/api/v1/reviews?filter[overdue]=true`
 * @returns null for lists without a page of their own
 */
export function pageOf(rows: string): { to: string; search: Record<string, string | string[]> } | null {
  const [path = '', query = ''] = rows.replace('/api/v1/', '').split('?');
  const to = ROOMS[path];
  if (to === undefined) return null;
  const parameters = new URLSearchParams(query);
  // What a person may decide has a page of its own, made for deciding.
  if (parameters.get('filter[awaiting]') === 'my_decision') return { to: '/evidence/queue', search: {} };
  return { to, search: parseSearch(query) };
}
