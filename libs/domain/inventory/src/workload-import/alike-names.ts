import { setImmediate } from 'node:timers/promises';
import { nameTrigrams } from '../duplicate/duplicate-score.js';

/** Something with a name. */
export interface Named {
  readonly name: string;
}

/** What one of the fresh is most alike. */
export interface Alike {
  /** Place in the known ones, or in the fresh ones before it. */
  readonly of: 'known' | 'fresh';
  readonly index: number;
  /** 0 to 1, as pg_trgm measures it. */
  readonly similarity: number;
  /** How many more are at least as alike as asked for. */
  readonly others: number;
}

export interface AlikeNames {
  /** By place in the fresh ones; absent where nothing is alike. */
  readonly best: ReadonlyMap<number, Alike>;
  /** How many of the fresh were compared with everything; the others, at the end, with nothing. */
  readonly checked: number;
  /** Comparisons it took. */
  readonly comparisons: number;
}

const PAUSE_MS = 20;

/**
 * Finds for each fresh name the most alike among the known and the fresh before it. Two names can only be alike when they share one of their rarest
 * trigrams, so that a name is compared with a few others and not with all (prefix filter of a similarity join). Lets other work go on meanwhile.
 * @param least similarity from which names are alike, above 0, at most 1
 * @param budget comparisons after which it stops: names that are all alike cannot be told apart by their rare parts
 */
export async function alikeNames(known: readonly Named[], fresh: readonly Named[], least: number, budget: number): Promise<AlikeNames> {
  const all = [...known, ...fresh].map(({ name }) => [...nameTrigrams(name)]);
  const frequency = new Map<string, number>();
  for (const trigrams of all) for (const trigram of trigrams) frequency.set(trigram, (frequency.get(trigram) ?? 0) + 1);
  const rank = new Map([...frequency].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1)).map(([trigram], place) => [trigram, place]));
  const index = new Map<number, number[]>();
  const signatures: Uint32Array[] = [];
  const best = new Map<number, Alike>();
  let comparisons = 0;
  let paused = performance.now();
  const rare = (signature: Uint32Array): Uint32Array => signature.subarray(0, signature.length - Math.ceil(least * signature.length) + 1);
  for (const [place, trigrams] of all.entries()) {
    const own = Uint32Array.from(trigrams, (trigram) => rank.get(trigram) ?? 0).sort();
    signatures.push(own);
    if (place >= known.length && own.length > 0) {
      if (comparisons >= budget) return { best, checked: place - known.length, comparisons };
      const candidates = new Set<number>();
      for (const trigram of rare(own)) for (const other of index.get(trigram) ?? []) candidates.add(other);
      let found: Omit<Alike, 'others'> | null = null;
      let alike = 0;
      for (const other of candidates) {
        const theirs = signatures[other] ?? own;
        if (theirs.length < least * own.length || own.length < least * theirs.length) continue;
        comparisons += 1;
        const similarity = overlapOf(own, theirs);
        if (similarity < least) continue;
        alike += 1;
        if (found === null || similarity > found.similarity) found = other < known.length ? { of: 'known', index: other, similarity } : { of: 'fresh', index: other - known.length, similarity };
      }
      if (found) best.set(place - known.length, { ...found, others: alike - 1 });
      if (performance.now() - paused > PAUSE_MS) {
        await setImmediate();
        paused = performance.now();
      }
    }
    for (const trigram of rare(own)) {
      const places = index.get(trigram);
      if (places) places.push(place);
      else index.set(trigram, [place]);
    }
  }
  return { best, checked: fresh.length, comparisons };
}

/** Shared over all, of two sorted sets. */
function overlapOf(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let left = 0, right = 0; left < a.length && right < b.length;) {
    const [one, two] = [a[left] ?? 0, b[right] ?? 0];
    if (one === two) { shared += 1; left += 1; right += 1; } else if (one < two) left += 1;
    else right += 1;
  }
  return shared / (a.length + b.length - shared);
}
