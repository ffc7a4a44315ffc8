import { plusLocalDays } from '@terreau/kernel/instants';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorkingDay, plusWorkingDays, workingDaysBetween } from './working-days.ts';

test('five working days after a Monday are the next Monday', () => {
  expect(plusWorkingDays('2026-11-23', 5)).toBe('2026-11-30');
});

test('a Saturday and a Sunday count from Monday on', () => {
  expect(plusWorkingDays('2026-11-21', 1)).toBe('2026-11-23');
  expect(plusWorkingDays('2026-11-22', 1)).toBe('2026-11-23');
});

test('public holidays are no working days, those of the place included', () => {
  expect(plusWorkingDays('2026-04-30', 1)).toBe('2026-05-04');
  expect(plusWorkingDays('2026-12-24', 1)).toBe('2026-12-28');
  expect(isWorkingDay('2026-04-03')).toBe(true);
  expect(isWorkingDay('2026-04-03', '67')).toBe(false);
});

test('whatever the day, exactly that many working days lie between, the last one included', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => plusLocalDays('2000-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 30 }), (date, count) => {
      const end = plusWorkingDays(date, count);
      expect(workingDaysBetween(date, end)).toBe(count);
      expect(workingDaysBetween(date, plusLocalDays(end, -1))).toBe(count - 1);
      expect(isWorkingDay(end)).toBe(true);
    }),
    { numRuns: 200 }
  );
});
