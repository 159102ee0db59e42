import { describe, expect, it } from '@jest/globals';
import { mergeItem, settleItem, withChange } from './list-merge.js';

interface Grant { readonly name: string; readonly scope: string; readonly access: string }
const grant = (name: string, scope = '', access = 'read'): Grant => ({ name, scope, access });
const KEYS = [(one: Grant) => `${one.name} ${one.scope}`, (one: Grant) => one.name];
const [mail, files, refund] = [grant('mail'), grant('files'), grant('refund')];
const merge = (base: readonly Grant[], theirs: readonly Grant[], before: Grant | null, after: Grant | null) => mergeItem(base, theirs, { before, after }, KEYS);

describe('a list that is saved as a whole', () => {
  it('takes a change in its place', () => {
    expect(withChange([mail, files], { before: mail, after: grant('mail', 'sales') })).toEqual([grant('mail', 'sales'), files]);
    expect(withChange([mail, files], { before: mail, after: null })).toEqual([files]);
    expect(withChange([mail], { before: null, after: files })).toEqual([mail, files]);
  });

  it('keeps what somebody else did to other items', () => {
    expect(merge([mail], [mail, files], null, refund)).toEqual({ list: [mail, files, refund] });
    expect(merge([mail, files], [mail, refund], mail, null)).toEqual({ list: [refund] });
    expect(merge([mail, files], [grant('files', '', 'write'), mail], mail, grant('mail', 'sales'))).toEqual({ list: [grant('files', '', 'write'), grant('mail', 'sales')] });
  });

  it('keeps what somebody else did to other fields of the same item', () => {
    expect(merge([mail], [grant('mail', '', 'write')], mail, grant('mail', 'sales'))).toEqual({ list: [grant('mail', 'sales', 'write')] });
    expect(merge([mail], [grant('mail', '', 'write')], mail, grant('mail', '', 'write'))).toEqual({ list: [grant('mail', '', 'write')] });
  });

  it('does the same thing once, when both did it', () => {
    expect(merge([mail], [mail, refund], null, refund)).toEqual({ list: [mail, refund] });
    expect(merge([mail, files], [mail], files, null)).toEqual({ list: [mail] });
  });

  it('asks where both did something else to the same field', () => {
    const clash = { before: mail, theirs: grant('mail', '', 'write'), mine: grant('mail', 'sales', 'read_write'), fields: ['access'] };
    expect(merge([mail], [grant('mail', '', 'write')], mail, clash.mine)).toEqual({ clash });
    expect(settleItem([clash.theirs, files], clash as never, { access: 'mine' })).toEqual([clash.mine, files]);
    expect(settleItem([clash.theirs, files], clash as never, { access: 'theirs' })).toEqual([grant('mail', 'sales', 'write'), files]);
  });

  it('asks where both added the same item with other words', () => {
    expect(merge([], [grant('mail', '', 'write')], null, mail)).toEqual({ clash: { before: null, theirs: grant('mail', '', 'write'), mine: mail, fields: ['access'] } });
    // A second item of that name, beside one that was there before, is another one.
    expect(merge([mail], [mail, files], null, grant('mail', 'sales'))).toEqual({ list: [mail, files, grant('mail', 'sales')] });
  });

  it('asks where one took away what the other changed', () => {
    const changed = grant('mail', '', 'write');
    const gone = { before: mail, theirs: null, mine: changed, fields: [] };
    expect(merge([mail], [], mail, changed)).toEqual({ clash: gone });
    expect([settleItem([], gone, 'mine'), settleItem([], gone, 'theirs')]).toEqual([[changed], []]);
    const taken = { before: mail, theirs: changed, mine: null, fields: [] };
    expect(merge([mail], [changed], mail, null)).toEqual({ clash: taken });
    expect([settleItem([changed], taken, 'mine'), settleItem([changed], taken, 'theirs')]).toEqual([[], [changed]]);
  });
});
