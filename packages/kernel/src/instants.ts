/**
 * An instant is a `Date`, always meant in UTC. A local date ("2026-03-29") or time only exists
 * together with an IANA time zone, because a territory may lie in Guadeloupe or in Mayotte.
 */
export type Instant = Date;

/** A calendar date without a time, as `YYYY-MM-DD`. */
export type LocalDate = string;

export const MILLISECONDS_PER_DAY = 86_400_000;

/** The calendar date on the walls of `timeZone` at `instant`. */
export function localDate(instant: Instant, timeZone: string): LocalDate {
  const part = localParts(instant, timeZone);
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The wall-clock time `HH:MM` in `timeZone` at `instant`. */
export function localTime(instant: Instant, timeZone: string): string {
  const part = localParts(instant, timeZone);
  return `${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which the walls of `timeZone` show `date` and `time` (`HH:MM`).
 * An hour that a spring change skips gives the instant just after the jump; an hour that an
 * autumn change repeats gives its first passage.
 */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asIfUtc)) throw new RangeError(`no such local time: ${date} ${time}`);
  // The offset in force a day before and a day after bracket any change of hour.
  const before = offsetMilliseconds(new Date(asIfUtc - MILLISECONDS_PER_DAY), timeZone);
  const after = offsetMilliseconds(new Date(asIfUtc + MILLISECONDS_PER_DAY), timeZone);
  for (const offset of [before, after]) {
    const candidate = new Date(asIfUtc - offset);
    if (offsetMilliseconds(candidate, timeZone) === offset) return candidate;
  }
  return new Date(asIfUtc - before);
}

/** `instant` moved by a whole number of elapsed days (24 h each). For calendar days use {@link plusLocalDays}. */
export function plusDays(instant: Instant, days: number): Instant {
  return new Date(instant.getTime() + days * MILLISECONDS_PER_DAY);
}

/** `date` moved by calendar days. */
export function plusLocalDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** `instant` moved by calendar months in UTC, clamped to the last day of the month (31 January + 1 = 28 February). */
export function plusMonths(instant: Instant, months: number): Instant {
  const moved = new Date(instant);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(instant.getUTCDate(), lastDay));
  return moved;
}

/** Whether the runtime knows `timeZone` as an IANA name. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('fr', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function localParts(instant: Instant, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = formatter(timeZone).formatToParts(instant);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

function offsetMilliseconds(instant: Instant, timeZone: string): number {
  const part = localParts(instant, timeZone);
  const wall = Date.UTC(
    Number(part('year')),
    Number(part('month')) - 1,
    Number(part('day')),
    Number(part('hour')),
    Number(part('minute')),
    Number(part('second'))
  );
  return wall - Math.floor(instant.getTime() / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit'
  });
  formatters.set(timeZone, made);
  return made;
}
