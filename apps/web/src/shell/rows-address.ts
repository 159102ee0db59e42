import { linkTo } from './address.js';

const ROOMS: Readonly<Record<string, string>> = { workloads: '/inventory', reviews: '/reviews', actions: '/actions', evidence: '/evidence', packs: '/packs', 'home/gaps': '/gaps' };
const LIST = /^\/api\/v1\/(?<list>[^?]+)(?<query>\?.*)?$/;

/**
 * The page that shows the rows which the service names behind a figure: the same query, so that figure and list agree.
 * @param rows address in the API, such as `/api/v1/reviews?filter[overdue]=true`; null where the service names none
 * @returns null for lists without a page of their own
 */
export function rowsHref(rows: string | null): string | null {
  const { list = '', query = '' } = LIST.exec(rows ?? '')?.groups ?? {};
  const room = ROOMS[list];
  if (room === undefined) return null;
  // What a person may decide has a page of its own, made for deciding.
  return list === 'evidence' && new URLSearchParams(query).get('filter[awaiting]') === 'my_decision' ? '/evidence/queue' : `${room}${query}`;
}

/** The same as a link takes it. */
export function pageOf(rows: string | null): ReturnType<typeof linkTo> | null {
  const href = rowsHref(rows);
  return href === null ? null : linkTo(href);
}
