/** Least and most characters of a password; the service has the same rule, and refuses common ones besides. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export type PasswordStrength = 'empty' | 'short' | 'personal' | 'repeated' | 'long' | 'enough' | 'strong';

const letters = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');

/**
 * What can be said about a password while it is typed: its length counts, not which signs it has (OWASP ASVS 5, 6.2). Whether it is a common one is for the
 * service to say.
 * @param identity words of the person and the organization, which anybody would try first
 */
export function passwordStrength(password: string, identity: readonly string[] = []): PasswordStrength {
  const characters = [...password];
  if (characters.length === 0) return 'empty';
  if (characters.length > PASSWORD_MAX) return 'long';
  if (characters.length < PASSWORD_MIN) return 'short';
  if (new Set(characters.map((character) => character.toLowerCase())).size < 5) return 'repeated';
  const folded = letters(password);
  // What is left of the password without the words of the person has to stand on its own.
  const rest = identity.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).map(letters).filter((word) => word.length >= 4).reduce((left, word) => left.replaceAll(word, ''), folded);
  if (rest.length < folded.length && rest.length < 8) return 'personal';
  return characters.length >= 18 ? 'strong' : 'enough';
}
