import { instantAt, localDate, localTime } from '@terreau/kernel/instants';
import fc from 'fast-check';
import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { calendarText, type CalendarEvent } from './invitations.ts';

const about = { product: 'Terreau' };
const PARIS = 'Europe/Paris';

function event(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: '01a2-3b4c@terreau.example',
    sequence: 0,
    stampedAt: new Date('2026-03-01T10:20:30Z'),
    startsAt: instantAt('2026-03-24', '09:00', PARIS),
    minutes: 60,
    timeZone: PARIS,
    title: 'Rendez-vous',
    status: 'CONFIRMED',
    organizer: { name: 'L’équipe de Valbrune', email: 'ne-pas-repondre@terreau.example' },
    attendees: [{ name: 'Léïla "la présidente"', email: 'leila@example.org' }],
    ...changes
  };
}

/** The one event in `text`, as a calendar understands it. */
function read(text: string): VEvent {
  const found = Object.values(ical.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT');
  expect(found).toHaveLength(1);
  return found[0] as VEvent;
}

/** Lines as they were before they were folded. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const valueOf = (text: string, name: string) =>
  unfolded(text)
    .find((line) => line.startsWith(name))
    ?.replace(/^[^:]*:/, '');

test('an invitation is read as it was meant: when, how long, where, from whom', () => {
  const text = calendarText('REQUEST', [event({ place: 'Maison de l’accompagnement, 3 rue des Lilas' })], about);
  const found = read(text);
  expect(found.start.toISOString()).toBe('2026-03-24T08:00:00.000Z');
  expect(found.end?.toISOString()).toBe('2026-03-24T09:00:00.000Z');
  expect(found).toMatchObject({
    uid: '01a2-3b4c@terreau.example',
    summary: 'Rendez-vous',
    location: 'Maison de l’accompagnement, 3 rue des Lilas',
    status: 'CONFIRMED',
    method: 'REQUEST'
  });
  expect(valueOf(text, 'METHOD')).toBe('REQUEST');
  expect(unfolded(text).find((line) => line.startsWith('ORGANIZER'))).toBe(
    'ORGANIZER;CN="L’équipe de Valbrune":mailto:ne-pas-repondre@terreau.example'
  );
  expect(unfolded(text).find((line) => line.startsWith('ATTENDEE'))).toMatch(/;CN="Léïla la présidente":mailto:leila/);
});

test('whoever is invited reads in their calendar what they said, and what they did not say is not guessed', () => {
  const said = (participation?: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED' | null) => {
    const attendee = {
      name: 'Léïla',
      email: 'leila@example.org',
      ...(participation !== undefined && { participation })
    };
    const text = calendarText('REQUEST', [event({ attendees: [attendee] })], about);
    return (read(text).attendee as { params: Record<string, string> }).params['PARTSTAT'];
  };
  expect([said(), said(null), said('ACCEPTED'), said('TENTATIVE'), said('DECLINED')]).toEqual([
    'NEEDS-ACTION',
    'NEEDS-ACTION',
    'ACCEPTED',
    'TENTATIVE',
    'DECLINED'
  ]);
});

test('a change keeps the identity and raises the number; a cancellation says so twice', () => {
  const first = calendarText('REQUEST', [event()], about);
  const changed = calendarText(
    'REQUEST',
    [event({ sequence: 1, startsAt: instantAt('2026-03-25', '14:30', PARIS) })],
    about
  );
  const cancelled = calendarText('CANCEL', [event({ sequence: 2, status: 'CANCELLED' })], about);
  expect([first, changed, cancelled].map((text) => valueOf(text, 'UID'))).toEqual(
    Array(3).fill('01a2-3b4c@terreau.example')
  );
  expect([first, changed, cancelled].map((text) => valueOf(text, 'SEQUENCE'))).toEqual(['0', '1', '2']);
  expect(valueOf(cancelled, 'METHOD')).toBe('CANCEL');
  expect(valueOf(cancelled, 'STATUS')).toBe('CANCELLED');
});

test('nine in the morning stays nine in the morning across both changes of hour', () => {
  const days = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'];
  for (const timeZone of [PARIS, 'America/Martinique', 'Indian/Reunion', 'Pacific/Noumea', 'America/Miquelon']) {
    for (const day of days) {
      const text = calendarText('REQUEST', [event({ timeZone, startsAt: instantAt(day, '09:00', timeZone) })], about);
      expect(unfolded(text)).toContain(`DTSTART;TZID=${timeZone}:${day.replaceAll('-', '')}T090000`);
      const { start } = read(text);
      expect({ timeZone, day: localDate(start, timeZone), time: localTime(start, timeZone) }).toEqual({
        timeZone,
        day,
        time: '09:00'
      });
    }
  }
});

test('a zone comes with its changes of hour, from which any time can be worked out without knowing the zone', () => {
  const text = calendarText('REQUEST', [event()], about);
  const observances = text
    .split(/BEGIN:(?=STANDARD|DAYLIGHT)/)
    .slice(1)
    .map((part) => ({
      kind: /^\w+/.exec(part)![0],
      start: /DTSTART:(\S+)/.exec(part)![1]!,
      to: /TZOFFSETTO:(\S+)/.exec(part)![1]!,
      from: /TZOFFSETFROM:(\S+)/.exec(part)![1]!
    }));
  expect(observances).toContainEqual({ kind: 'DAYLIGHT', start: '20260329T020000', from: '+0100', to: '+0200' });
  expect(observances).toContainEqual({ kind: 'STANDARD', start: '20261025T030000', from: '+0200', to: '+0100' });
  // The rule of the standard: the last observance that began, on the walls, says the offset.
  for (const day of ['2026-01-15', '2026-03-30', '2026-07-14', '2026-10-26', '2026-12-25']) {
    const walls = `${day.replaceAll('-', '')}T090000`;
    const { to } = observances.filter(({ start }) => start <= walls).at(-1)!;
    const instant = new Date(`${day}T09:00:00${to.slice(0, 3)}:${to.slice(3)}`);
    expect(instant).toEqual(instantAt(day, '09:00', PARIS));
  }
  expect(calendarText('REQUEST', [event({ timeZone: 'Indian/Reunion' })], about)).not.toContain('BEGIN:DAYLIGHT');
});

test('whatever is written in it, lines end by CRLF, hold 75 octets at most, and nothing is lost', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => `a${text.trim()}`);
  fc.assert(
    fc.property(words, words, (title, place) => {
      const text = calendarText('REQUEST', [event({ title, place, description: `${title}\r\n${place}` })], about);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(Buffer.from(text).toString()).toBe(text);
      const back = (name: string) =>
        valueOf(text, name)!.replaceAll(/\\([\\;,n])/g, (_, one: string) => (one === 'n' ? '\n' : one));
      const kept = (said: string) => said.replaceAll(/\r\n|\r|\n/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, '');
      expect(back('SUMMARY')).toBe(kept(title));
      expect(back('LOCATION')).toBe(kept(place));
      expect(back('DESCRIPTION')).toBe(kept(`${title}\n${place}`));
    }),
    { numRuns: 200 }
  );
});

test('an empty calendar is still one, and a stamp is always UTC', () => {
  expect(calendarText('PUBLISH', [], { ...about, name: 'Mes rendez-vous' })).toContain(
    'X-WR-CALNAME:Mes rendez-vous\r\n'
  );
  expect(valueOf(calendarText('PUBLISH', [event()], about), 'DTSTAMP')).toBe('20260301T102030Z');
});
