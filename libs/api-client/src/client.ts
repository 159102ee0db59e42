import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/openapi.js';
import { RosterProblem, RosterUnreachable } from './roster-problem.js';

/** Types of the API by name, such as `Schemas['WorkloadDto']`. */
export type Schemas = components['schemas'];
export type RosterClient = Client<paths>;

/** How to prove who calls: an API key, or the cookie of a session. */
export type Credential = { readonly apiKey: string } | { readonly cookie: string };

export interface RosterClientOptions {
  /** Scheme, host and port, such as https://roster.example.com. */
  readonly baseUrl: string;
  readonly credential?: Credential;
  /** Told to the service, such as `roster-cli/0.1.0`. */
  readonly userAgent?: string;
}

/**
 * A typed client of the API. Its methods reject with RosterProblem when the service refuses and with RosterUnreachable when nobody answers,
 * so what they return is the success.
 */
export function createRosterClient({ baseUrl, credential, userAgent }: RosterClientOptions): RosterClient {
  const url = baseUrl.replace(/\/+$/, '');
  const client = createClient<paths>({
    baseUrl: url,
    // Repeated members for lists and `filter[name]=value` for filters, as docs/reference/openapi.json says.
    querySerializer: (query) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
        for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined && item !== null) parameters.append(name, String(item));
      }
      return parameters.toString();
    },
    headers: {
      ...(userAgent ? { 'user-agent': userAgent } : {}),
      ...(credential === undefined ? {} : 'apiKey' in credential ? { authorization: `Bearer ${credential.apiKey}` } : { cookie: credential.cookie }),
    },
  });
  client.use({
    onResponse: async ({ response }) => {
      if (!response.ok) throw await RosterProblem.fromResponse(response);
    },
    onError: ({ error }) => (error instanceof RosterProblem ? error : new RosterUnreachable(url, error)),
  });
  return client;
}

/** The body of a successful answer. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await answer;
  if (data === undefined || data === null) throw new TypeError('The service answered without the body its contract promises');
  return data;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | null;
}

/** All items of a list, page by page, in its order. @param fetchPage asked with the cursor of each page, undefined for the first */
export async function* eachItem<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
