import { describe, expect, it } from '@jest/globals';
import { readEventId, toEventId } from './live-cursor.js';

const place = { createdAt: new Date('2026-05-01T12:00:00.120Z'), id: '0196f0e4-8d2a-7c11-9a51-6f0a3b5c7d9e' };

describe('the id of a live event', () => {
  it('leads back to where it was', () => {
    expect(readEventId(toEventId(place))).toEqual(place);
  });

  it.each(['', '_', 'yesterday_0196f0e4-8d2a-7c11-9a51-6f0a3b5c7d9e', '2026-05-01T12:00:00.120Z', '2026-05-01T12:00:00.120Z_1', '2026-05-01_0196f0e4-8d2a-7c11-9a51-6f0a3b5c7d9e'])('is not %p', (text) => {
    expect(readEventId(text)).toBeNull();
  });
});
