import { describe, expect, it } from '@jest/globals';
import { passwordStrength } from './password-strength.js';

describe('what can be said about a password while it is typed', () => {
  it.each([
    ['', 'empty'], ['quiet lamps', 'short'], ['quiet lamps!', 'enough'], ['839174620583', 'enough'], ['quiet lamps dancing', 'strong'], ['aaaaaaaaaaaaa', 'repeated'], ['AbAbAbAbAbAb', 'repeated'],
    ['x'.repeat(129), 'long'], ['日本語のとても長いパスワード', 'enough'], ['🙂🙃🙂🙃🙂🙃', 'short'],
  ])('%j is %s', (password, strength) => expect(passwordStrength(password)).toBe(strength));

  it('does not count the words of the person', () => {
    const who = ['ada.lovelace@example.org', 'Ada Lovelace', 'Northwind'];
    expect(passwordStrength('Lovelace-1842', who)).toBe('personal');
    expect(passwordStrength('northwind2026', who)).toBe('personal');
    expect(passwordStrength('lovelace rides bicycles', who)).toBe('strong');
  });
});
