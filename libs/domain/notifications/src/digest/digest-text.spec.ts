import { describe, expect, it } from '@jest/globals';
import { digestText, mailText } from './digest-text.js';

const item = (title: string) => ({ title, body: 'First line\nSecond line', href: '/reviews/1' });

describe('texts of mails', () => {
  it('carry title, body and an absolute link', () => {
    expect(mailText(item('Review due'), 'https://roster.example.com')).toEqual({
      subject: 'Review due', body: 'First line\nSecond line\n\nhttps://roster.example.com/reviews/1',
    });
  });

  it('put many into one and say what was left out', () => {
    const { subject, body } = digestText([item('One'), item('Two')], 3, 'Acme', 'https://roster.example.com');
    expect(subject).toBe('5 notifications from Acme');
    expect(body.match(/^\* /gm)).toHaveLength(2);
    expect(body).toContain('  Second line');
    expect(body.endsWith('3 more are in your list of notifications: https://roster.example.com/notifications')).toBe(true);
    expect(digestText([item('One')], 0, 'Acme', 'https://roster.example.com').subject).toBe('One');
  });
});
