/** Filters of the trail, as they stand in the address. */
export const TRAIL_FILTERS = ['action', 'actor', 'objectType', 'workload', 'since', 'until'] as const;
export type TrailFilter = (typeof TRAIL_FILTERS)[number];
export type TrailFilters = Readonly<Partial<Record<TrailFilter, string>>>;

/** Reads them from the address; everything else in it is left alone. */
export function readTrailFilters(search: Readonly<Record<string, unknown>>): TrailFilters {
  return Object.fromEntries(TRAIL_FILTERS.flatMap((name) => {
    const value = search[`filter[${name}]`];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  }));
}

/** An instant that a day in a field stands for: its begin, or its end. */
const instantOf = (day: string, end: boolean): string => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T${end ? '23:59:59.999' : '00:00:00.000'}Z` : day);

/** What the API is asked. */
export const trailParameters = (filters: TrailFilters): Record<string, string[] | undefined> => Object.fromEntries(TRAIL_FILTERS.flatMap((name) => {
  const value = filters[name];
  return value === undefined ? [] : [[`filter[${name}]`, [name === 'since' ? instantOf(value, false) : name === 'until' ? instantOf(value, true) : value]]];
}));
