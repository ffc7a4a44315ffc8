import { expect, test } from 'vitest';
import { formatDate, formatDistance, formatFromNow, formatMoney, formatTime } from './formats.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const evening = new Date('2026-11-23T21:30:00Z');

test('the same instant is the next morning in Mayotte', () => {
  expect(formatDate(evening, 'Europe/Paris')).toBe('lundi 23 novembre 2026');
  expect(formatDate(evening, 'Indian/Mayotte')).toBe('mardi 24 novembre 2026');
  expect(formatTime(evening, 'Indian/Mayotte')).toBe('00:30');
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
