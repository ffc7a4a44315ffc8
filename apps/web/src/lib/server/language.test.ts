import { expect, test } from 'vitest';
import { pickLanguage } from './language.ts';

const nothing = { asked: null, remembered: null, acceptLanguage: null };

test('French is spoken to whoever says nothing', () => {
  expect(pickLanguage(nothing)).toBe('fr');
});

test('what is asked in the address wins over what is remembered, and that over the browser', () => {
  expect(pickLanguage({ asked: 'en', remembered: 'fr', acceptLanguage: 'fr' })).toBe('en');
  expect(pickLanguage({ asked: 'xx', remembered: 'en', acceptLanguage: 'fr' })).toBe('en');
});

test('a browser’s wishes are heard in their order of weight', () => {
  expect(pickLanguage({ ...nothing, acceptLanguage: 'ar, en-GB;q=0.8, fr;q=0.3' })).toBe('en');
  expect(pickLanguage({ ...nothing, acceptLanguage: 'en;q=0, de' })).toBe('fr');
});

test('a header of nonsense costs nothing', () => {
  expect(pickLanguage({ ...nothing, acceptLanguage: ',;q=;'.repeat(20_000) })).toBe('fr');
});
