import { expect, test } from 'vitest';
import { formatDate, formatDistance, formatFromNow, formatMoney, formatShortDate, formatTime } from './formats.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const evening = new Date('2026-11-23T21:30:00Z');

test('the same instant is the next morning in Mayotte', () => {
  expect(plain(formatDate(evening, 'Europe/Paris'))).toBe('lundi 23 novembre 2026');
  expect(plain(formatDate(evening, 'Indian/Mayotte'))).toBe('mardi 24 novembre 2026');
  expect(plain(formatTime(evening, 'Indian/Mayotte'))).toBe('0 h 30');
});

test('a whole hour has no minutes, and a line does not part a day from its month', () => {
  expect(formatTime(new Date('2026-11-23T08:00:00Z'), 'Europe/Paris')).toBe('9\u00a0h');
  expect(formatShortDate(new Date('2026-03-01T12:00:00Z'), 'UTC')).toBe('1\u00a0mars 2026');
});

test('days are counted on the walls of the territory, not by 24 hours', () => {
  const before = new Date('2026-11-23T20:30:00Z');
  expect(formatFromNow(before, evening, 'Europe/Paris')).toBe('aujourd’hui');
  expect(formatFromNow(before, evening, 'Indian/Mayotte')).toBe('hier');
  expect(plain(formatFromNow(new Date('2026-08-23T12:00:00Z'), evening, 'Europe/Paris'))).toBe('il y a 3 mois');
});

test('distances are said as people say them', () => {
  expect(plain(formatDistance(432))).toBe('450 m');
  expect(plain(formatDistance(3))).toBe('50 m');
  expect(plain(formatDistance(12_340))).toBe('12,3 km');
});

test('money is written from whole cents', () => {
  expect(plain(formatMoney(125_050))).toBe('1 250,50 €');
});
