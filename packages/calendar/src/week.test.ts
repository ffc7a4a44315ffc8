import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOpeningHours } from './opening-hours.ts';
import { faultyDays, openingHoursOf, weekOf, WEEKDAYS } from './week.ts';
import { anyWeek } from './week.test-support.ts';

describe('the form of a week', () => {
  test('days with the same hours are written together', () => {
    const span = { start: '09:00', end: '12:00' };
    const days = {
      Mo: [span],
      Tu: [span],
      We: [span],
      Th: [],
      Fr: [span],
      Sa: [{ start: '10:00', end: '11:00' }],
      Su: []
    };
    expect(openingHoursOf({ days, closedOnHolidays: true })).toBe('Mo-We,Fr 09:00-12:00; Sa 10:00-11:00; PH off');
  });

  test('any week is written in syntax that OSM reads, and comes back the same', () => {
    fc.assert(
      fc.property(anyWeek, (week) => {
        const text = openingHoursOf(week);
        const always = WEEKDAYS.every((day) => week.days[day].length === 0);
        if (!always) expect(parseOpeningHours(text).ok).toBe(true);
        expect(weekOf(text)).toEqual(always ? { ...week, closedOnHolidays: false } : week);
        expect(faultyDays(week)).toEqual([]);
      })
    );
  });

  test('what a form cannot hold is left to whoever wrote it', () => {
    for (const text of [
      'Apr-Sep Mo 09:00-12:00',
      'Mo 09:00+',
      'Sa[1] 10:00-12:00',
      'We unknown "sur rendez-vous"',
      '24/7',
      'Fr 22:00-02:00'
    ])
      expect(weekOf(text)).toBeNull();
  });

  test('a later rule replaces an earlier one, and Sunday joins Monday', () => {
    expect(weekOf('Mo-Fr 9:00-12:00; Tu off; Sa-Mo 10:00-11:00')?.days).toMatchObject({
      Mo: [{ start: '10:00', end: '11:00' }],
      Tu: [],
      We: [{ start: '09:00', end: '12:00' }],
      Su: [{ start: '10:00', end: '11:00' }]
    });
  });

  test('a day whose spans are reversed or overlap is shown as faulty', () => {
    const days = {
      Mo: [{ start: '12:00', end: '09:00' }],
      Tu: [
        { start: '09:00', end: '12:00' },
        { start: '11:00', end: '13:00' }
      ],
      We: [],
      Th: [],
      Fr: [],
      Sa: [],
      Su: []
    };
    expect(faultyDays({ days, closedOnHolidays: false })).toEqual(['Mo', 'Tu']);
  });
});
