import { beforeEach, describe, expect, it } from '@jest/globals';
import { draftKey, dropDraftsOfOthers } from './draft-keys.js';

describe('drafts', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    Object.assign(globalThis, { sessionStorage: {
      get length() { return kept.size; }, key: (index: number) => [...kept.keys()][index] ?? null, getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key),
    } });
  });

  it('stay for the same person and go with every other one; what is no draft stays', () => {
    for (const key of [draftKey('ada', 'register'), draftKey('ada', 'review:1'), draftKey('grace', 'register'), draftKey(null, 'sign-up'), 'roster-reloaded']) kept.set(key, '{}');
    dropDraftsOfOthers('ada');
    expect([...kept.keys()]).toEqual([draftKey('ada', 'register'), draftKey('ada', 'review:1'), 'roster-reloaded']);
  });
});
