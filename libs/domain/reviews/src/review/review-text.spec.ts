import { describe, expect, it } from '@jest/globals';
import { stepText } from './review-text.js';

// 09:00 in Auckland: in UTC it is still the day before.
const subject = { id: 'r', workloadKey: 'CHAT', workloadName: 'Chat', dueAt: new Date('2026-06-29T21:00:00Z'), timeZone: 'Pacific/Auckland' };

describe('what a review is called out with', () => {
  it.each([
    ['reviews.review.reminder', 7, 'Review of CHAT is due in 7 days', 'The post-deploy governance review of Chat (CHAT) is due on 30 June 2026 (Pacific/Auckland).'],
    ['reviews.review.due', 0, 'Review of CHAT is due today', 'The post-deploy governance review of Chat (CHAT) is due by the end of 30 June 2026 (Pacific/Auckland). Start it, name what changed, and submit it.'],
    ['reviews.review.escalated', -1, 'Review of CHAT is overdue by 1 day', 'The post-deploy governance review of Chat (CHAT) was due on 30 June 2026 (Pacific/Auckland) and is not completed. It is reported again until it is.'],
  ] as const)('%s names the day of the organization', (kind, daysToDue, title, body) => expect(stepText(subject, { kind, daysToDue })).toEqual({ title, body }));

  it('shortens a name that is too long', () =>
    expect(stepText({ ...subject, workloadName: 'x'.repeat(200) }, { kind: 'reviews.review.due', daysToDue: 0 }).body).toContain(`${'x'.repeat(119)}… (CHAT)`));
});
