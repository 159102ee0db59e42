import type { RouteCases } from '../route-case.js';

const OWN_MATTER = 'reading one\'s own notifications and choosing when mail goes out changes nothing of the organization';

/** Routes of `libs/domain/notifications`. */
export const cases: RouteCases = {
  'GET /notifications': { call: () => ({ path: '/notifications?limit=200' }) },
  'GET /notifications/events': { noRightfulCall: 'the stream stays open for as long as the session', call: () => ({ path: '/notifications/events' }) },
  'POST /notifications/:id/read': { leavesNoTrail: OWN_MATTER, ids: ({ notification }) => ({ notification: notification.id }), call: ({ notification }) => ({ path: `/notifications/${notification}/read` }) },
  'POST /notifications/read-all': { leavesNoTrail: OWN_MATTER, call: () => ({ path: '/notifications/read-all' }) },
  'GET /notification-preference': { call: () => ({ path: '/notification-preference' }) },
  'PATCH /notification-preference': { leavesNoTrail: OWN_MATTER, call: () => ({ path: '/notification-preference', headers: { 'if-match': '*' }, body: { mailMode: 'daily' } }) },
  'GET /mail-messages': { call: () => ({ path: '/mail-messages?limit=200' }) },
  'GET /mail-messages/:id': { ids: ({ mail }) => ({ mail: mail.id }), call: ({ mail }) => ({ path: `/mail-messages/${mail}` }) },
};
