import { COMMON_PASSWORDS } from './common-passwords.js';

/** Shortest and longest password, in characters (ASVS 5.0 6.2.1 and 6.2.9). There are no composition rules (6.2.5). */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** Why a password is refused. */
export type PasswordRefusal = 'too_short' | 'too_long' | 'common' | 'repeated' | 'contains_identity';

const MESSAGES: Readonly<Record<PasswordRefusal, string>> = {
  too_short: `Expected at least ${PASSWORD_MIN_LENGTH} characters. A few unrelated words make a good password.`,
  too_long: `Expected at most ${PASSWORD_MAX_LENGTH} characters.`,
  common: 'This password is on every attacker\'s list. Choose one that nobody else uses.',
  repeated: 'This password repeats a short pattern. Choose one with more variety.',
  contains_identity: 'This password is made of your own name, address or organization. Choose one that cannot be guessed from them.',
};
export const passwordMessage = (refusal: PasswordRefusal): string => MESSAGES[refusal];

const RUNS = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm'];
const reversed = (text: string): string => [...text].reverse().join('');
/** The word before any digits and signs that people add to satisfy a rule: `password2026!` is `password`. */
const stem = (text: string): string => text.replace(/[\d\W_]+$/u, '').replace(/^[\d\W_]+/u, '');

function shortestUnit(text: string): string {
  for (let size = 1; size <= text.length / 2; size += 1) {
    const unit = text.slice(0, size);
    if (text === unit.repeat(Math.ceil(text.length / size)).slice(0, text.length)) return unit;
  }
  return text;
}

/**
 * Judges a new password (ASVS 5.0 6.2; no composition rules, no expiry). The text is taken as typed, never trimmed or cut.
 * @param password what was typed
 * @param identity words that belong to the person: e-mail address, name, organization
 * @returns why it is refused, or null when it is good
 */
export function refusePassword(password: string, identity: readonly string[] = []): PasswordRefusal | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH) return 'too_short';
  if (length > PASSWORD_MAX_LENGTH) return 'too_long';
  const folded = password.normalize('NFKC').toLowerCase();
  const unit = shortestUnit(folded);
  if ([folded, unit, stem(folded), stem(unit)].some((form) => COMMON_PASSWORDS.has(form))) return 'common';
  if (RUNS.some((run) => run.includes(folded) || reversed(run).includes(folded))) return 'common';
  if ([...unit].length <= 6) return 'repeated';
  const names = identity.flatMap((text) => [text, ...text.split(/[@\s]+/)]).map((text) => text.normalize('NFKC').toLowerCase()).filter((text) => text.length >= 4);
  return names.some((name) => folded === name || stem(folded) === name || unit === name) ? 'contains_identity' : null;
}
