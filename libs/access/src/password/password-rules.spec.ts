import { describe, expect, it } from '@jest/globals';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, passwordMessage, refusePassword } from './password-rules.js';

describe('password rules', () => {
  it.each(['correct donkey battery', 'tr4vel-lamp-quiet', 'ünïcödé påsswörter', '日本語のとても長いパスワード', 'a sentence, with spaces. '])('accepts %s', (password) => {
    expect(refusePassword(password, ['ada@example.org', 'Ada Lovelace'])).toBeNull();
  });

  it('counts characters, not code units, at both ends', () => {
    const varied = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x4e00 + i * 7));
    expect(refusePassword(varied.slice(0, PASSWORD_MIN_LENGTH - 1).join(''))).toBe('too_short');
    expect(refusePassword(varied.slice(0, PASSWORD_MIN_LENGTH).join(''))).toBeNull();
    expect(refusePassword(varied.slice(0, PASSWORD_MAX_LENGTH).join(''))).toBeNull();
    expect(refusePassword(varied.slice(0, PASSWORD_MAX_LENGTH + 1).join(''))).toBe('too_long');
    expect(refusePassword('🙂🙃🙂🙃🙂🙃')).toBe('too_short');
  });

  it.each(['password1234', 'Password2026!!', 'PASSWORDPASSWORD', 'qwertyuiop12', '!!administrator!!', 'abcdefghijklmno', '987654321098', '1qaz2wsx3edc', 'summer2026summer2026', 'correcthorsebatterystaple'])(
    'refuses the common %s', (password) => { expect(refusePassword(password)).toBe('common'); });

  it.each(['xyxyxyxyxyxy', 'zzzzzzzzzzzzzzz', '4821w4821w4821w'])('refuses the pattern %s', (password) => { expect(refusePassword(password)).toBe('repeated'); });

  it.each(['ada.lovelace@example.org', 'ada.lovelace1842!', 'Analytical-1842-'])('refuses %s made of the person', (password) => {
    expect(refusePassword(password, ['ada.lovelace@example.org', 'Ada Lovelace', 'Analytical'])).toBe('contains_identity');
  });

  it('has no composition rules', () => {
    expect(refusePassword('quietlampsdancing')).toBeNull();
    expect(refusePassword('839174620583')).toBeNull();
  });

  it('says what to do for every refusal', () => {
    for (const refusal of ['too_short', 'too_long', 'common', 'repeated', 'contains_identity'] as const) expect(passwordMessage(refusal).length).toBeGreaterThan(20);
  });
});
