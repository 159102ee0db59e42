import type { Ids, RouteCases, World } from '../route-case.js';

const LEAVES_NO_TRAIL = 'what a member sees on the first page is their own, and says nothing about the organization';

/** There is one set of sample data at a time; without a worker it stays in the state of being added. */
const asked = async (world: World): Promise<Ids> => {
  const { status } = await world.admin.client.post('/onboarding/sample-data', {});
  if (status !== 202 && status !== 409) throw new Error(`Asking for sample data answered ${status}`);
  return {};
};

/** Routes of `libs/domain/onboarding`. */
export const cases: RouteCases = {
  'GET /onboarding': { call: () => ({ path: '/onboarding' }) },
  'PUT /onboarding/dismissal': { leavesNoTrail: LEAVES_NO_TRAIL, call: () => ({ path: '/onboarding/dismissal' }) },
  'DELETE /onboarding/dismissal': { leavesNoTrail: LEAVES_NO_TRAIL, call: () => ({ path: '/onboarding/dismissal' }) },
  'POST /onboarding/sample-data': { rightful: 409, ids: asked, call: () => ({ path: '/onboarding/sample-data', body: {} }) },
  'GET /onboarding/sample-data': { ids: asked, call: () => ({ path: '/onboarding/sample-data' }) },
  'GET /onboarding/sample-data/events': { noRightfulCall: 'the stream ends with its operation, which waits for a worker', ids: asked, call: () => ({ path: '/onboarding/sample-data/events' }) },
  'DELETE /onboarding/sample-data': { rightful: 409, ids: asked, call: () => ({ path: '/onboarding/sample-data?changed=keep' }) },
};
