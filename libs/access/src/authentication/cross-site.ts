/** What a browser tells about where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly secFetchSite: string | undefined;
  readonly origin: string | undefined;
  readonly host: string | undefined;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that a cookie could have authenticated comes from somewhere else (ASVS 5.0 3.5.1). Browsers set Sec-Fetch-Site and
 * scripts cannot; where it is missing, Origin must be ours. A client that sends neither is no browser, so no one's cookie jar was abused.
 * @param publicOrigin scheme, host and port under which people reach the service
 */
export function isCrossSite(request: RequestOrigin, publicOrigin: string): boolean {
  if (READS.has(request.method)) return false;
  if (request.secFetchSite !== undefined) return request.secFetchSite !== 'same-origin' && request.secFetchSite !== 'none';
  if (request.origin === undefined) return false;
  if (request.origin === publicOrigin) return false;
  return !URL.canParse(request.origin) || request.host === undefined || new URL(request.origin).host !== request.host;
}
