import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { localDate, localTime } from '@terreau/kernel/instants';
import { holidayOn } from './holidays.ts';
import { openState, parseOpeningHours } from './opening-hours.ts';
import { WEEKDAYS, openingHoursOf, type Span, type Week } from './week.ts';
import { anyWeek } from './week.test-support.ts';

const serverZone = process.env['TZ'];
afterEach(() => {
  if (serverZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = serverZone;
});

const at = (iso: string) => new Date(iso);

describe('open now', () => {
  test('in June, a place open from 9 to 12 in Paris opens at 7 UTC and closes at 10', () => {
    const hours = 'Mo-Fr 09:00-12:00';
    expect(openState(hours, at('2026-06-15T06:59:00Z'), 'Europe/Paris')).toMatchObject({
      state: 'closed',
      opensAt: at('2026-06-15T07:00:00Z')
    });
    expect(openState(hours, at('2026-06-15T07:00:00Z'), 'Europe/Paris')).toMatchObject({
      state: 'open',
      until: at('2026-06-15T10:00:00Z')
    });
    expect(openState(hours, at('2026-06-15T10:00:00Z'), 'Europe/Paris')).toMatchObject({
      state: 'closed',
      opensAt: at('2026-06-16T07:00:00Z')
    });
  });

  test('the same hours in Guadeloupe and in Mayotte are those of their own walls', () => {
    expect(openState('Mo 09:00-12:00', at('2026-06-15T13:30:00Z'), 'America/Guadeloupe').state).toBe('open');
    expect(openState('Mo 09:00-12:00', at('2026-06-15T06:30:00Z'), 'Indian/Mayotte').state).toBe('open');
    expect(openState('Mo 09:00-12:00', at('2026-06-15T13:30:00Z'), 'Indian/Mayotte').state).toBe('closed');
  });

  test('nine in the morning stays nine in the morning across the change of hour', () => {
    expect(openState('Sa,Su 09:00-10:00', at('2026-03-28T09:30:00Z'), 'Europe/Paris').opensAt).toEqual(
      at('2026-03-29T07:00:00Z')
    );
    expect(openState('Sa,Su 09:00-10:00', at('2026-10-24T09:30:00Z'), 'Europe/Paris').opensAt).toEqual(
      at('2026-10-25T08:00:00Z')
    );
  });

  test('a night belongs to the evening on which it began', () => {
    expect(openState('Fr 22:00-02:00', at('2026-06-19T23:30:00Z'), 'Europe/Paris')).toMatchObject({
      state: 'open',
      until: at('2026-06-20T00:00:00Z')
    });
  });

  test('26 December is a holiday in Strasbourg and an ordinary Saturday in Montpellier', () => {
    const hours = 'Mo-Sa 09:00-17:00; PH off';
    expect(openState(hours, at('2026-12-26T10:00:00Z'), 'Europe/Paris', '67').state).toBe('closed');
    expect(openState(hours, at('2026-12-26T10:00:00Z'), 'Europe/Paris', '34').state).toBe('open');
    expect(openState('Mo-Fr,PH 09:00-17:00', at('2026-12-26T10:00:00Z'), 'Europe/Paris', '67').state).toBe('open');
    expect(openState('PH 09:00-17:00', at('2026-05-27T14:00:00Z'), 'America/Guadeloupe', '971').state).toBe('open');
  });

  test('hours on request, unreadable hours and far too long ones are unknown, never closed', () => {
    expect(openState('Mo unknown "sur rendez-vous"', at('2026-06-15T10:00:00Z'), 'Europe/Paris')).toMatchObject({
      state: 'unknown',
      comment: 'sur rendez-vous'
    });
    expect(openState('du lundi au vendredi', at('2026-06-15T10:00:00Z'), 'Europe/Paris').state).toBe('unknown');
    expect(openState('Mo 09:00-12:00;'.repeat(200), at('2026-06-15T10:00:00Z'), 'Europe/Paris').state).toBe('unknown');
  });

  test('the clock of the process is given back as it was', () => {
    const real = globalThis.Date;
    openState('Mo unknown "x"', at('2026-06-15T10:00:00Z'), 'Europe/Paris');
    openState('not hours', at('2026-06-15T10:00:00Z'), 'Europe/Paris');
    expect(globalThis.Date).toBe(real);
    expect(openState('24/7', at('2026-06-15T10:00:00Z'), 'Europe/Paris')).toEqual({
      state: 'open',
      until: null,
      opensAt: null,
      comment: null
    });
    expect(Object.getPrototypeOf(openState('Mo 09:00-12:00', at('2026-06-15T08:00:00Z'), 'Europe/Paris').until)).toBe(
      Date.prototype
    );
  });

  test.each(['UTC', 'America/New_York', 'Asia/Tokyo', 'Pacific/Apia', 'Africa/Cairo', 'America/Havana'])(
    'on a server in %s, any week is open exactly when a reader with a watch says so',
    (zone) => {
      process.env['TZ'] = zone;
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      fc.assert(
        fc.property(anyWeek, anyInstant, anyTerritory, (week, instant, [timeZone, departement]) => {
          const state = openState(openingHoursOf(week) || 'off', instant, timeZone, departement).state;
          expect(state).toBe(readByHand(week, instant, timeZone, departement) ? 'open' : 'closed');
        }),
        { numRuns: 60 }
      );
    }
  );
});

describe('checking hours', () => {
  test('what OSM accepts is accepted, what it does not is refused with a reason', () => {
    expect(parseOpeningHours(' Mo-Fr 09:00-12:00,14:00-17:00; PH off ')).toMatchObject({
      ok: true,
      value: { text: 'Mo-Fr 09:00-12:00,14:00-17:00; PH off' }
    });
    expect(parseOpeningHours('  ')).toMatchObject({ ok: false, code: 'opening-hours-empty' });
    expect(parseOpeningHours('ouvert le lundi')).toMatchObject({ ok: false, code: 'opening-hours-malformed' });
    expect(parseOpeningHours('x'.repeat(1_001))).toMatchObject({
      ok: false,
      code: 'opening-hours-too-long',
      details: { maxCharacters: 1_000 }
    });
  });
});

/** Half of the instants lie near the nights on which some clock changes, where mistakes live. */
const anyInstant = fc.oneof(
  fc.date({ min: at('2025-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true }),
  fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-04-24', '2026-12-26', '2026-05-27'),
      fc.integer({ min: -1_440, max: 1_440 })
    )
    .map(([day, minutes]) => new Date(Date.parse(`${day}T06:00:00Z`) + minutes * 60_000))
);

const anyTerritory = fc.constantFrom(
  ['Europe/Paris', '34'],
  ['Europe/Paris', '67'],
  ['America/Guadeloupe', '971'],
  ['Indian/Reunion', '974'],
  ['Pacific/Noumea', null]
) as fc.Arbitrary<[string, string | null]>;

function readByHand(week: Week, instant: Date, timeZone: string, departement: string | null): boolean {
  const date = localDate(instant, timeZone);
  const time = localTime(instant, timeZone);
  if (week.closedOnHolidays && holidayOn(date, departement)) return false;
  const day = WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;
  return week.days[day].some((span: Span) => span.start <= time && time < span.end);
}
