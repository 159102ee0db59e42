/** Edits (insert, delete, replace, swap neighbours) from one word to the other, at most `limit + 1`. */
export const editDistance = (one: string, other: string, limit: number): number => {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min((previous[column] as number) + 1, (current[column - 1] as number) + 1, (previous[column - 1] as number) + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] as number) + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[other.length] as number;
};

/** The candidate that was probably meant, or null: a beginning of at least three letters, or at most a third of the letters wrong. */
export const nearestWord = (word: string, candidates: readonly string[]): string | null => {
  const folded = word.toLowerCase().replace(/[\s-]+/g, '_');
  let best: string | null = null;
  let bestDistance = Math.min(3, Math.floor(Math.max(folded.length, 3) / 3)) + 1;
  for (const candidate of candidates) {
    const target = candidate.toLowerCase().replace(/[\s-]+/g, '_');
    const begins = folded.length >= 3 && (target.startsWith(folded) || (target.length >= 3 && folded.startsWith(`${target}_`)));
    const distance = begins ? 1 : editDistance(folded, target, bestDistance - 1);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
};
