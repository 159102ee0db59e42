import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { startOfDay } from '../clock/calendar.js';

export type Portfolio = Schemas['PortfolioDto'];
export type Heatmap = Schemas['HeatmapDto'];
export type Decay = Schemas['DecayDto'];
export type Fall = Schemas['ForecastDto'];
/** Weeks of the trends and days of the forecast that the page shows. */
export const TREND_WEEKS = 26;
export const DECAY_DAYS = 90;
export const PUNCTUALITY_MONTHS = 12;
/** How many falls of a week are listed one by one; the rest is behind a link. */
export const LISTED = 200;

export const summaryQuery = queryOptions({ queryKey: ['portfolio', 'summary'], queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/portfolio', { signal })) });
export const trendQuery = queryOptions({ queryKey: ['portfolio', 'trend', TREND_WEEKS], queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/portfolio/trend', { params: { query: { weeks: String(TREND_WEEKS) } }, signal })) });
export const decayQuery = queryOptions({ queryKey: ['portfolio', 'decay', DECAY_DAYS], queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/portfolio/decay', { params: { query: { days: String(DECAY_DAYS) } }, signal })) });

/** Days of the organization's time zone: the first included, the last not. */
export interface Days { readonly from: string; readonly until: string }
const instantsOf = async ({ from, until }: Days, timeZone: string): Promise<Days> => ({ from: await startOfDay(from, timeZone) ?? '', until: await startOfDay(until, timeZone) ?? '' });

/** What expires on some of the days ahead, however late they are: the service is asked for these days, nothing is picked out of what was read before. */
export const decayOfQuery = (days: Days, timeZone: string) => queryOptions({
  queryKey: ['portfolio', 'decay', DECAY_DAYS, days, timeZone],
  queryFn: async ({ signal }) => bodyOf(api.GET('/api/v1/portfolio/decay', { params: { query: { days: String(DECAY_DAYS), ...await instantsOf(days, timeZone) } }, signal })),
});

/** The first falls of the days ahead, or of some of them. @param days null for all of them */
export const fallsQuery = (days: Days | null, timeZone: string) => queryOptions({
  queryKey: ['portfolio', 'falls', DECAY_DAYS, days, timeZone],
  queryFn: async ({ signal }) => {
    const part = days === null ? null : await instantsOf(days, timeZone);
    return bodyOf(api.GET('/api/v1/forecast', { params: { query: { 'filter[withinDays]': [String(DECAY_DAYS)], limit: LISTED, ...(part === null ? {} : { 'filter[fallsAt][gte]': part.from, 'filter[fallsAt][lt]': part.until }) } }, signal }));
  },
});
export const punctualityQuery = queryOptions({
  queryKey: ['portfolio', 'punctuality', PUNCTUALITY_MONTHS],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/reviews/punctuality/trend', { params: { query: { months: PUNCTUALITY_MONTHS } }, signal })),
});

/** One page of the heatmap. @param query filters, search and order as in the address of the inventory */
export function fetchHeatmap(query: string, asOf: string | null, cursor: string | undefined, signal: AbortSignal): Promise<Heatmap> {
  const text = new URLSearchParams(query);
  text.set('limit', '50');
  if (asOf !== null) text.set('asOf', asOf);
  if (cursor === undefined) text.set('count', 'true');
  else text.set('cursor', cursor);
  return bodyOf(api.GET('/api/v1/portfolio/heatmap', { querySerializer: () => text.toString(), signal }));
}

/** One page of the changes of stage behind the movement of the funnel. @param from stage before, `none` for first classifications */
export const fetchMovements = (from: string, to: string, cursor: string | undefined, signal: AbortSignal) =>
  bodyOf(api.GET('/api/v1/portfolio/movements', { params: { query: { 'filter[from]': [from], 'filter[to]': [to], limit: 50, ...(cursor === undefined ? {} : { cursor }) } }, signal }));
