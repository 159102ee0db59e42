import { createRosterClient } from '@roster/api-client';

/** The typed client of the API, on the origin that served the page; the session cookie goes along by itself. */
export const api = createRosterClient({ baseUrl: globalThis.location?.origin ?? '' });
