import type { Side } from './versions.js';

/** What one person did to one item of a list that is saved as a whole. Nothing before: added; nothing after: taken away. */
export interface ItemChange<Item> {
  readonly before: Item | null;
  readonly after: Item | null;
}

/** Two people did different things to the same item. null: not in the list. */
export interface ItemClash<Item> {
  readonly before: Item | null;
  readonly theirs: Item | null;
  readonly mine: Item | null;
  /** Fields on which both differ; only set where both kept the item. */
  readonly fields: readonly (keyof Item & string)[];
}

export type Merge<Item> = { readonly list: readonly Item[] } | { readonly clash: ItemClash<Item> };

/** By what an item is found again, the surest first. */
export type ItemKeys<Item> = readonly ((item: Item) => string)[];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const fieldsOf = <Item extends object>(item: Item): (keyof Item & string)[] => Object.keys(item) as (keyof Item & string)[];
const sameItem = <Item extends object>(one: Item, other: Item): boolean => fieldsOf({ ...one, ...other }).every((field) => same(one[field], other[field]));

/** The list after a change, where nobody else changed it. */
export function withChange<Item extends object>(list: readonly Item[], { before, after }: ItemChange<Item>): readonly Item[] {
  const at = before === null ? -1 : list.findIndex((one) => sameItem(one, before));
  const rest = list.filter((_one, index) => index !== at);
  return after === null ? rest : at < 0 ? [...rest, after] : [...rest.slice(0, at), after, ...rest.slice(at)];
}

/** Where an item stands in another version of its list; what stands there as it was before is another item. */
function counterpart<Item extends object>(list: readonly Item[], item: Item, others: readonly Item[], keys: ItemKeys<Item>): Item | null {
  const exact = list.find((one) => sameItem(one, item));
  if (exact) return exact;
  for (const key of keys) {
    const found = list.find((one) => key(one) === key(item) && !others.some((other) => sameItem(other, one)));
    if (found) return found;
  }
  return null;
}

/**
 * Puts a change on top of what somebody else saved meanwhile. Other items, and other fields of the same item, keep what both did.
 * @param base the list the change was made on
 * @param theirs the list as it is now
 */
export function mergeItem<Item extends object>(base: readonly Item[], theirs: readonly Item[], change: ItemChange<Item>, keys: ItemKeys<Item>): Merge<Item> {
  const { before, after } = change;
  const mine = before ?? after;
  if (mine === null) return { list: theirs };
  const others = before === null ? base : base.filter((one) => !sameItem(one, before));
  const found = counterpart(theirs, mine, others, keys);
  if (found === null) return before === null || after === null ? { list: withChange(theirs, { before: null, after }) } : { clash: { before, theirs: null, mine: after, fields: [] } };
  if (before !== null && sameItem(found, before)) return { list: withChange(theirs, { before: found, after }) };
  if (after === null) return { clash: { before, theirs: found, mine: null, fields: [] } };
  const fields = fieldsOf(after).filter((field) => !same(found[field], after[field]) && (before === null || (!same(found[field], before[field]) && !same(after[field], before[field]))));
  return fields.length === 0 ? { list: withChange(theirs, { before: found, after: mergedItem({ before, theirs: found, mine: after, fields }, {}) }) } : { clash: { before, theirs: found, mine: after, fields } };
}

/** An item with the changes of both. @param kept what stays of the fields on which both differ */
function mergedItem<Item extends object>({ before, theirs, mine, fields }: ItemClash<Item> & { readonly theirs: Item; readonly mine: Item }, kept: Readonly<Record<string, Side>>): Item {
  const taken = fieldsOf(mine).filter((field) => (fields.includes(field) ? kept[field] === 'mine' : before !== null && !same(mine[field], before[field])));
  return { ...theirs, ...Object.fromEntries(taken.map((field) => [field, mine[field]])) };
}

/**
 * The list once somebody has chosen.
 * @param kept what stays: one side of the whole item, or of each field on which both differ
 */
export function settleItem<Item extends object>(list: readonly Item[], clash: ItemClash<Item>, kept: Side | Readonly<Record<string, Side>>): readonly Item[] {
  const { theirs, mine } = clash;
  if (kept === 'theirs') return list;
  if (kept === 'mine' || theirs === null || mine === null) return withChange(list, { before: theirs, after: mine });
  return withChange(list, { before: theirs, after: mergedItem({ ...clash, theirs, mine }, kept) });
}
