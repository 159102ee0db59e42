import { describe, expect, it } from '@jest/globals';
import { moveColumn, orderedIds, pinColumn, presetLayout, sameLayout, showColumn, sizeColumn, stepColumn, visibleIds } from './column-layout.js';

const COLUMNS = [{ id: 'key', hideable: false }, { id: 'name' }, { id: 'stage', minWidth: 100 }, { id: 'team', hiddenAtFirst: true }, { id: 'tags' }];
const PRESET = presetLayout(COLUMNS);

describe('a column layout', () => {
  it('shows what the columns ask for, the first one pinned', () => {
    expect(visibleIds(COLUMNS, PRESET)).toEqual({ ids: ['key', 'name', 'stage', 'tags'], pinned: ['key'] });
  });

  it('puts columns that are new where they are defined, and forgets those that are gone', () => {
    expect(orderedIds(COLUMNS, ['tags', 'gone', 'key', 'tags'])).toEqual(['tags', 'key', 'name', 'stage', 'team']);
    expect(orderedIds(COLUMNS, [])).toEqual(['key', 'name', 'stage', 'team', 'tags']);
  });

  it('moves a column beside another, taking over its pinning', () => {
    expect(visibleIds(COLUMNS, moveColumn(COLUMNS, PRESET, 'tags', 'name', 'before')).ids).toEqual(['key', 'tags', 'name', 'stage']);
    expect(visibleIds(COLUMNS, moveColumn(COLUMNS, PRESET, 'tags', 'key', 'after'))).toEqual({ ids: ['key', 'tags', 'name', 'stage'], pinned: ['key', 'tags'] });
    expect(visibleIds(COLUMNS, moveColumn(COLUMNS, pinColumn(COLUMNS, PRESET, 'name', true), 'name', 'tags', 'after'))).toEqual({ ids: ['key', 'stage', 'tags', 'name'], pinned: ['key'] });
    expect(moveColumn(COLUMNS, PRESET, 'name', 'name', 'after')).toBe(PRESET);
    expect(moveColumn(COLUMNS, PRESET, 'name', 'gone', 'after')).toBe(PRESET);
  });

  it('steps over hidden columns, and not past the edge', () => {
    expect(visibleIds(COLUMNS, stepColumn(COLUMNS, PRESET, 'stage', 1)).ids).toEqual(['key', 'name', 'tags', 'stage']);
    expect(stepColumn(COLUMNS, PRESET, 'tags', 1)).toBe(PRESET);
  });

  it('hides and shows, but never what a list cannot do without', () => {
    const hidden = showColumn(COLUMNS, PRESET, 'name', false);
    expect(visibleIds(COLUMNS, hidden).ids).toEqual(['key', 'stage', 'tags']);
    expect(visibleIds(COLUMNS, showColumn(COLUMNS, hidden, 'name', true)).ids).toEqual(['key', 'name', 'stage', 'tags']);
    expect(showColumn(COLUMNS, PRESET, 'key', false)).toBe(PRESET);
    expect(visibleIds(COLUMNS, { ...PRESET, hidden: ['key', 'name', 'stage', 'team', 'tags'] }).ids).toEqual(['key']);
  });

  it('keeps the first column pinned whatever is unpinned', () => {
    expect(visibleIds(COLUMNS, pinColumn(COLUMNS, PRESET, 'key', false)).pinned).toEqual(['key']);
  });

  it('holds widths between the least and the greatest', () => {
    expect(sizeColumn(COLUMNS, PRESET, 'stage', 20).widths).toEqual({ stage: 100 });
    expect(sizeColumn(COLUMNS, PRESET, 'name', 5_000).widths).toEqual({ name: 960 });
    expect(sizeColumn(COLUMNS, PRESET, 'name', 120.6).widths).toEqual({ name: 121 });
  });

  it('tells layouts that look the same from those that do not', () => {
    expect(sameLayout(COLUMNS, PRESET, { ...PRESET, order: [], hidden: ['team', 'gone'] })).toBe(true);
    expect(sameLayout(COLUMNS, PRESET, sizeColumn(COLUMNS, PRESET, 'name', 161))).toBe(false);
  });
});
