import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS, checkPassword } from './password.rules.ts';

const nadia = { name: 'Nadia Belkacem', email: 'nadia.belkacem@example.org', places: ['Valbrune'] };
const codeOf = (password: string) => {
  const verdict = checkPassword(password, nadia);
  return verdict.ok ? 'accepted' : verdict.code;
};

test.each(['clafoutis bleu sous la pluie', 'tulipe-vélo-quatorze-nuage', 'x7#Kq9!vLm2$'])(
  '“%s” is accepted',
  (password) => {
    expect(codeOf(password)).toBe('accepted');
  }
);

test.each([
  'password1234',
  'motdepasse2024',
  '123456789012',
  'azertyuiop12',
  'qwertyuiop123',
  'aaaaaaaaaaaa',
  'iloveyou1234',
  'Valbrune2026!',
  'nadiabelkacem',
  'NadiaBelkacem1',
  'terreau12345',
  'abcdefghijkl',
  'P@ssw0rd1234',
  'nadia2026nadia',
  'Valbrune-34000-Nadia'
])('“%s” is one that a guesser tries early', (password) => {
  expect(codeOf(password)).toBe('password-common');
});

test('eleven characters are too few, 129 too many, and accents count once', () => {
  expect(codeOf('é7#Kq9!vLm2')).toBe('password-too-short');
  expect(codeOf('x7#Kq9!vLm2$'.repeat(11))).toBe('password-too-long');
  expect(codeOf('👩🏽‍🌾7#Kq9')).toBe('password-too-short');
});

test('whatever is typed gets an answer at once', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (password) => {
      const started = performance.now();
      const verdict = checkPassword(password, nadia);
      expect(performance.now() - started).toBeLessThan(2_000);
      if (verdict.ok) {
        expect([...password].length).toBeGreaterThanOrEqual(PASSWORD_MIN_CHARACTERS);
        expect(password.length).toBeLessThanOrEqual(PASSWORD_MAX_CHARACTERS);
      }
    }),
    { numRuns: 100 }
  );
});
