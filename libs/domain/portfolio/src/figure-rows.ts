import type { ConcentrationRow, FunnelRow } from './portfolio.repository.js';

/** Workloads that are not retired, as a filter of their list. */
export const LIVING = 'filter[lifecycle][ne]=retired';
const LIVE = ['filter[stage]=production', 'filter[stage]=scaled', LIVING];

/** A list of the API with its filters. */
export const listOf = (resource: string, ...filters: readonly string[]): string => `/api/v1/${resource}${filters.length > 0 ? `?${filters.join('&')}` : ''}`;

/** The workloads of a step of the funnel. */
export const funnelRows = ({ stage, hardening }: FunnelRow): string =>
  listOf('workloads', stage === null ? 'filter[stage][empty]=yes' : `filter[stage]=${stage}`, ...(stage === 'pilot' ? [`filter[hardening]=${hardening}`] : []), LIVING);

/** The workloads in production (or scaled) that lean on something. */
export function concentrationRows({ dimension, id }: ConcentrationRow): string {
  const value = encodeURIComponent(id);
  switch (dimension) {
    case 'model': case 'component': return listOf('workloads', `filter[component]=${value}`, ...LIVE);
    case 'provider': return listOf('workloads', `filter[provider]=${value}`, ...LIVE);
    case 'risk_owner': return listOf('workloads', `filter[riskOwner]=${value}`, ...LIVE);
    case 'region': return listOf('workloads', `filter[jurisdictions]=${value}`, ...LIVE);
  }
}
