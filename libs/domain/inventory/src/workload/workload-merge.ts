import { WORKLOAD_FIELDS } from './workload-field.js';
import type { FieldValues } from './workload.repository.js';

/** Never taken over: the name and life of the workload that stays are its own. */
const OWN: ReadonlySet<string> = new Set(['name', 'lifecycle']);

/**
 * What a merge writes into the workload that stays: fields it leaves open, and lists with what the other adds. Nothing that is said is
 * overwritten.
 * @returns only the fields that change
 */
export function mergedFields(into: FieldValues, source: FieldValues): FieldValues {
  const changed: FieldValues = {};
  for (const [field, , type] of WORKLOAD_FIELDS) {
    const mine = into[field] ?? null;
    const theirs = source[field] ?? null;
    if (OWN.has(field) || theirs === null) continue;
    if (type === 'list' && Array.isArray(theirs)) {
      const list = Array.isArray(mine) ? mine.map(String) : [];
      const added = theirs.map(String).filter((value) => !list.includes(value));
      if (added.length > 0) changed[field] = [...list, ...added];
    } else if (mine === null) changed[field] = theirs;
  }
  return changed;
}
