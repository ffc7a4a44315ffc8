import fc from 'fast-check';
import { WEEKDAYS, type Span, type Week, type Weekday } from './week.ts';

/** Any day that a form can hold: up to three spans, in order, apart from each other. For tests. */
const anyDay: fc.Arbitrary<Span[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.sort((a, b) => a - b).map(clock))
  .map((times) => {
    const spans: Span[] = [];
    for (let index = 0; index + 1 < times.length; index += 2)
      spans.push({ start: times[index]!, end: times[index + 1]! });
    return spans;
  });

export const anyWeek: fc.Arbitrary<Week> = fc
  .tuple(fc.array(anyDay, { minLength: 7, maxLength: 7 }), fc.boolean())
  .map(([days, closedOnHolidays]) => ({
    days: Object.fromEntries(WEEKDAYS.map((day, index) => [day, days[index]!])) as Record<Weekday, Span[]>,
    closedOnHolidays
  }));

function clock(quarters: number): string {
  return `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
}
