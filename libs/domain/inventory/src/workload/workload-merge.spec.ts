import { describe, expect, it } from '@jest/globals';
import { mergedFields } from './workload-merge.js';

describe('mergedFields', () => {
  it('fills what is open, joins lists, overwrites nothing', () => {
    expect(mergedFields({ name: 'A', team: 'Care', purpose: null, tags: ['x'], environments: ['prod'] }, { name: 'B', team: 'Sales', purpose: 'Answers', tags: ['y', 'x'], environments: ['prod'], lifecycle: 'paused' }))
      .toEqual({ purpose: 'Answers', tags: ['x', 'y'] });
  });
  it('changes nothing when the other says nothing', () => expect(mergedFields({ name: 'A', tags: [] }, { name: 'B', tags: [], purpose: null })).toEqual({}));
});
