/** Longest key. Leaves room for a counter behind a long name. */
export const MAX_KEY_LENGTH = 60;
const MAX_BASE_LENGTH = 40;
const ID_SHAPE = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** Letters that Unicode does not decompose. */
const SPELLED: Readonly<Record<string, string>> = { ß: 'SS', æ: 'AE', Æ: 'AE', ø: 'O', Ø: 'O', œ: 'OE', Œ: 'OE', ł: 'L', Ł: 'L', đ: 'D', Đ: 'D', þ: 'TH', Þ: 'TH', '&': ' AND ' };

/**
 * The human key a name suggests: `Support bot (EU)` gives `SUPPORT-BOT-EU`. Cut at a word where it can be.
 * A name without a Latin letter or digit gives `WORKLOAD`.
 */
export function keyFromName(name: string): string {
  const spelled = [...name.normalize('NFKD')].map((letter) => SPELLED[letter] ?? letter).join('').replace(/\p{M}/gu, '');
  const words = spelled.toUpperCase().split(/[^A-Z0-9]+/).filter((word) => word !== '');
  let key = (words[0] ?? 'WORKLOAD').slice(0, MAX_BASE_LENGTH);
  for (const word of words.slice(1)) {
    if (key.length + 1 + word.length > MAX_BASE_LENGTH) break;
    key = `${key}-${word}`;
  }
  return ID_SHAPE.test(key) ? `W-${key}` : key;
}

/**
 * The first of `BASE`, `BASE-2`, `BASE-3` … that is free.
 * @param taken every key that is or was in use and begins like `base`
 */
export function nextFreeKey(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let counter = 2; ; counter += 1) {
    const suffix = `-${counter}`;
    const key = `${base.slice(0, MAX_KEY_LENGTH - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(key)) return key;
  }
}

/** Why a key that somebody chose cannot be used; null when it can. A key never looks like an id, because both address a workload. */
export function refuseKey(key: string): string | null {
  if (key.length > MAX_KEY_LENGTH) return `expected at most ${MAX_KEY_LENGTH} characters`;
  if (!/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(key)) return 'expected capital letters, digits and single hyphens, like SUPPORT-BOT';
  return ID_SHAPE.test(key) ? 'a key may not have the form of an id' : null;
}
