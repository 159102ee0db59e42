import { createRosterClient } from '@roster/api-client';
import { learnServiceTime } from '../clock/now.js';
import { holdDuringWrites } from './leaving.js';

/** The typed client of the API, on the origin that served the page; the session cookie goes along by itself. */
export const api = createRosterClient({ baseUrl: globalThis.location?.origin ?? '' });

// Every answer tells the time of the service; what is shown and measured follows it, not the machine's clock.
api.use({ onResponse: ({ response }) => { learnServiceTime(response.headers.get('date')); } });
holdDuringWrites(api);
