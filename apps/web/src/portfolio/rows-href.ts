const ROOMS: readonly (readonly [api: string, page: string])[] = [['/api/v1/workloads', '/inventory'], ['/api/v1/evidence', '/evidence'], ['/api/v1/reviews', '/reviews']];

/** The page that shows the rows which the service names behind a figure: the same query, so that figure and list agree. @param rows address in the API */
export function rowsHref(rows: string | null): string | null {
  if (rows === null) return null;
  const room = ROOMS.find(([api]) => rows === api || rows.startsWith(`${api}?`));
  return room ? `${room[1]}${rows.slice(room[0].length)}` : null;
}
