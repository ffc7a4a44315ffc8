import { describe, expect, test } from 'vitest';
import { easterSunday, holidayOn, publicHolidays } from './holidays.ts';

const datesOf = (year: number, departement: string | null = null) =>
  publicHolidays(year, departement).map((day) => day.date);

describe('French public holidays', () => {
  test('Easter falls on the dates that almanacs give, from the earliest to the latest possible', () => {
    const published = [
      '1818-03-22',
      '1943-04-25',
      '1954-04-18',
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25'
    ];
    expect(published.map((date) => easterSunday(Number(date.slice(0, 4))))).toEqual(published);
  });

  test('2026 has eleven holidays everywhere', () => {
    expect(datesOf(2026)).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25'
    ]);
  });

  test('Alsace and Moselle add Good Friday and 26 December, and nobody else does', () => {
    for (const departement of ['57', '67', '68']) {
      expect(datesOf(2026, departement)).toHaveLength(13);
      expect(holidayOn('2026-04-03', departement)?.label).toBe('Vendredi saint');
      expect(holidayOn('2026-12-26', departement)?.label).toBe('Saint-Étienne');
    }
    for (const departement of ['54', '88', '34', '971', null]) expect(holidayOn('2026-12-26', departement)).toBeNull();
  });

  test('each overseas territory keeps its own day of the abolition of slavery', () => {
    const days = { 971: '05-27', 972: '05-22', 973: '06-10', 974: '12-20', 976: '04-27', 977: '10-09', 978: '05-28' };
    for (const [departement, day] of Object.entries(days)) {
      expect(datesOf(2026, departement)).toHaveLength(12);
      expect(holidayOn(`2026-${day}`, departement)?.label).toBe('Abolition de l’esclavage');
      expect(holidayOn(`2026-${day}`, '34')).toBeNull();
    }
  });

  test('when Ascension falls on 1 May, the day is counted once', () => {
    expect(datesOf(2008)).toHaveLength(10);
    expect(holidayOn('2008-05-01')?.label).toBe('Fête du Travail');
  });
});
