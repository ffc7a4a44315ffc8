import { localDate, localTime, plusDays, type Instant } from '@terreau/kernel/instants';

/** What a calendar does with the text: adds or changes an invitation, takes it away, or shows what it subscribed to. */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

export interface CalendarAttendee extends CalendarPerson {
  /** What they said; nothing when they said nothing yet. */
  readonly participation?: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED' | null;
}

export interface CalendarEvent {
  /** The same for as long as it is the same appointment, whatever changes in it. */
  readonly uid: string;
  /** Rises by one with each change; a calendar keeps the highest. */
  readonly sequence: number;
  /** When this text was made. */
  readonly stampedAt: Instant;
  readonly startsAt: Instant;
  readonly minutes: number;
  /** IANA: the hour is shown as it is on the walls there, whatever the summer does. */
  readonly timeZone: string;
  readonly title: string;
  readonly description?: string | null;
  readonly place?: string | null;
  readonly url?: string | null;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly organizer?: CalendarPerson;
  readonly attendees?: readonly CalendarAttendee[];
}

export interface CalendarAbout {
  /** Who wrote the text: `Terreau`. */
  readonly product: string;
  /** What a subscribed calendar is called. */
  readonly name?: string;
}

/**
 * An iCalendar text (RFC 5545, and RFC 5546 for its methods): CRLF, lines of at most 75 octets, each time zone with its
 * changes of hour. `ical-generator` was looked at: it writes a zone's times on the walls of the server, and stamps that
 * are not UTC.
 */
export function calendarText(method: CalendarMethod, events: readonly CalendarEvent[], about: CalendarAbout): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${escaped(about.product)}//${escaped(about.product)}//FR`,
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...(about.name ? [`X-WR-CALNAME:${escaped(about.name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H'] : []),
    ...zonesOf(events).flatMap(({ timeZone, from, to }) => zoneLines(timeZone, from, to)),
    ...events.flatMap(eventLines),
    'END:VCALENDAR'
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  const endsAt = new Date(event.startsAt.getTime() + event.minutes * MILLISECONDS_PER_MINUTE);
  const zone = `;TZID=${event.timeZone}`;
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.stampedAt)}`,
    `DTSTART${zone}:${onWalls(event.startsAt, event.timeZone)}`,
    `DTEND${zone}:${onWalls(endsAt, event.timeZone)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
    ...(event.url ? [`URL:${event.url}`] : []),
    `STATUS:${event.status}`,
    ...(event.organizer ? [`ORGANIZER;CN=${quoted(event.organizer.name)}:mailto:${event.organizer.email}`] : []),
    ...(event.attendees ?? []).map(attendeeLine),
    'END:VEVENT'
  ];
}

/** No reply is asked for by mail: nobody would read it. */
function attendeeLine({ name, email, participation }: CalendarAttendee): string {
  const said = participation ?? 'NEEDS-ACTION';
  return `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=${said};RSVP=FALSE;CN=${quoted(name)}:mailto:${email}`;
}

const MILLISECONDS_PER_MINUTE = 60_000;
const DAYS_AROUND = 370;

interface UsedZone {
  readonly timeZone: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** Each zone once, with a year on both sides of what uses it. */
function zonesOf(events: readonly CalendarEvent[]): UsedZone[] {
  const byZone = Map.groupBy(events, (event) => event.timeZone);
  return [...byZone].map(([timeZone, used]) => {
    const starts = used.map((event) => event.startsAt.getTime());
    const [first, last] = [new Date(Math.min(...starts)), new Date(Math.max(...starts))];
    return { timeZone, from: plusDays(first, -DAYS_AROUND), to: plusDays(last, DAYS_AROUND) };
  });
}

/** The zone as its offset at `from` and each change until `to`, one by one: no rule has to be guessed. */
function zoneLines(timeZone: string, from: Instant, to: Instant): string[] {
  const changes = changesOf(timeZone, from, to);
  const atFirst = offsetMinutes(from, timeZone);
  const lowest = Math.min(atFirst, ...changes.map((change) => change.after));
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...observance('19700101T000000', atFirst, atFirst, lowest),
    ...changes.flatMap(({ at, before, after }) => {
      const walls = new Date(at.getTime() + before * MILLISECONDS_PER_MINUTE);
      return observance(utc(walls).slice(0, -1), before, after, lowest);
    }),
    'END:VTIMEZONE'
  ];
}

function observance(start: string, before: number, after: number, lowest: number): string[] {
  const kind = after > lowest ? 'DAYLIGHT' : 'STANDARD';
  const offsets = [`TZOFFSETFROM:${offsetText(before)}`, `TZOFFSETTO:${offsetText(after)}`];
  return [`BEGIN:${kind}`, `DTSTART:${start}`, ...offsets, `END:${kind}`];
}

interface Change {
  readonly at: Instant;
  readonly before: number;
  readonly after: number;
}

/** Two changes of hour are never closer than this: between two looks there is at most one. */
const LOOK_EVERY_DAYS = 6;

function changesOf(timeZone: string, from: Instant, to: Instant): Change[] {
  const changes: Change[] = [];
  for (let left = from; left < to; left = plusDays(left, LOOK_EVERY_DAYS)) {
    const right = plusDays(left, LOOK_EVERY_DAYS);
    const [before, after] = [offsetMinutes(left, timeZone), offsetMinutes(right, timeZone)];
    if (before !== after) changes.push({ at: changeBetween(left, right, before, timeZone), before, after });
  }
  return changes;
}

/** The first whole minute at which the offset is no longer `before`. */
function changeBetween(left: Instant, right: Instant, before: number, timeZone: string): Instant {
  let [low, high] = [left, right].map((one) => Math.floor(one.getTime() / MILLISECONDS_PER_MINUTE)) as [number, number];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMinutes(new Date(middle * MILLISECONDS_PER_MINUTE), timeZone) === before) low = middle;
    else high = middle;
  }
  return new Date(high * MILLISECONDS_PER_MINUTE);
}

function offsetMinutes(instant: Instant, timeZone: string): number {
  const walls = Date.parse(`${localDate(instant, timeZone)}T${localTime(instant, timeZone)}:00Z`);
  return Math.round(walls / MILLISECONDS_PER_MINUTE) - Math.floor(instant.getTime() / MILLISECONDS_PER_MINUTE);
}

/** `+0200`, `-0330` */
function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(whole / 60))}${two(whole % 60)}`;
}

function onWalls(instant: Instant, timeZone: string): string {
  const date = localDate(instant, timeZone).replaceAll('-', '');
  return `${date}T${localTime(instant, timeZone).replace(':', '')}00`;
}

function utc(instant: Instant): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A text value: what means something to the format is escaped, control characters go. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** A parameter value: quotation marks cannot be escaped in one, and go. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\p{Cc}]/gu, '')}"`;
}

const LINE_MAX_OCTETS = 75;

/** A long line goes on after a space, cut between two characters and never inside one. */
function folded(line: string): string {
  const lines: string[] = [];
  let [current, octets] = ['', 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_MAX_OCTETS) {
      lines.push(current);
      [current, octets] = [' ', 1];
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}
