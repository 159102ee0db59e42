import type { RouteCases, World } from '../route-case.js';

const STAR = { 'if-match': '*' };
const someone = (world: World): string => `${Math.random().toString(36).slice(2, 10)}@${world.text('').trim().toLowerCase()}.test`;
const invitation = async (world: World): Promise<{ id: string; token: string }> => {
  const { body } = await world.admin.client.post<{ id: string; token: string }>('/invitations', { email: someone(world), role: 'viewer' });
  return body;
};

/** Routes of `libs/access`. */
export const cases: RouteCases = {
  'POST /sign-up': { call: (_ids, world) => ({ path: '/sign-up', body: { organization: { name: world.text('organization') }, user: { name: 'New', email: someone(world), password: 'quiet lamps dancing' } } }) },
  'POST /sessions': { call: (_ids, world) => ({ path: '/sessions', body: { email: world.second.email, password: world.second.password } }) },
  'DELETE /sessions/current': {
    noRightfulCall: 'it would sign the person out whose session the other routes use; sign-in.medium-spec.ts signs out and checks the trail',
    call: () => ({ path: '/sessions/current' }),
  },
  'GET /me': { call: () => ({ path: '/me' }) },
  'POST /me/password': {
    noRightfulCall: 'it would end the sessions the other routes use; sign-in.medium-spec.ts changes passwords and checks the trail',
    call: (_ids, world) => ({ path: '/me/password', body: { currentPassword: world.admin.password, newPassword: 'slow rivers humming' } }),
  },
  'GET /members': { call: () => ({ path: '/members?count=true&limit=200' }) },
  'GET /members/:id': { ids: (world) => ({ member: world.member.memberId }), call: ({ member }) => ({ path: `/members/${member}` }) },
  'PATCH /members/:id': { ids: (world) => ({ member: world.member.memberId }), call: ({ member }, world) => ({ path: `/members/${member}`, headers: STAR, body: { name: world.text('renamed') } }) },
  'DELETE /members/:id': {
    ids: async (world) => ({ member: (await world.admin.client.invite('viewer', { name: world.text('leaver') })).memberId }),
    call: ({ member }) => ({ path: `/members/${member}`, headers: STAR }),
  },
  'GET /invitations': { call: () => ({ path: '/invitations?count=true&limit=200' }) },
  'POST /invitations': { call: (_ids, world) => ({ path: '/invitations', body: { email: someone(world), role: 'viewer' } }) },
  'DELETE /invitations/:id': { ids: async (world) => ({ invitation: (await invitation(world)).id }), call: ({ invitation: id }) => ({ path: `/invitations/${id}` }) },
  'GET /invitations/:token': {
    ids: async (world) => ({ token: (await invitation(world)).token }),
    // Whoever holds the token is the one invited: it shows what its own mail said.
    shownToWhoeverHolds: 'token',
    call: ({ token }) => ({ path: `/invitations/${token}` }),
  },
  'DELETE /sessions': { noRightfulCall: 'it would end the sessions the other routes use; sign-in.medium-spec.ts signs out everywhere', call: () => ({ path: '/sessions' }) },
  'POST /invitations/:token/accept': {
    ids: async (world) => ({ token: (await invitation(world)).token }),
    // Whoever holds the token is the one invited: it opens the organization that made it, and nothing else.
    foreign: { token: [201] },
    call: ({ token }, world) => ({ path: `/invitations/${token}/accept`, body: { name: world.text('guest'), password: 'quiet lamps dancing' } }),
  },
  'GET /api-keys': { call: () => ({ path: '/api-keys?count=true&limit=200' }) },
  'POST /api-keys': { call: (_ids, world) => ({ path: '/api-keys', body: { name: world.text('key'), permissions: ['inventory:workload:read'] } }) },
  'DELETE /api-keys/:id': { ids: async (world) => ({ key: (await world.admin.client.createKey(['access:member:read'])).id }), call: ({ key }) => ({ path: `/api-keys/${key}` }) },
  'GET /roles': { call: () => ({ path: '/roles' }) },
  'GET /organization': { call: () => ({ path: '/organization' }) },
  'PATCH /organization': { call: (_ids, world) => ({ path: '/organization', headers: STAR, body: { name: world.text('organization again'), thresholds: { decayHorizonDays: 31 } } }) },
};
